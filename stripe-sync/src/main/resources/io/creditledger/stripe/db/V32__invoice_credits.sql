-- Draft invoices whose usage credits may pay for.
create table invoice_draft (
  invoice         text        primary key,
  customer        text        not null,
  stripe_customer text        not null,
  period_end      timestamptz not null,
  deadline        timestamptz,
  state           text        not null check (state in ('waiting', 'planned', 'applied', 'checked')),
  finalized       boolean     not null default false,
  voided          boolean     not null default false
);

comment on column invoice_draft.deadline is 'From when on usage still on its way is no longer waited for.';

-- What credits pay of one meter's usage on one invoice. Money in the currency's smallest unit,
-- credits in millionths.
create table invoice_credit (
  invoice      text        not null references invoice_draft,
  meter        text        not null,
  subscription text,
  customer     text        not null,
  mode         text        not null,
  currency     text        not null,
  used         bigint      not null,
  unit         text        not null,
  price        numeric     not null,
  occurred_at  timestamptz not null,
  asked        bigint      not null,
  times_asked  int         not null,
  debit        text        not null unique,
  taken        bigint      not null default 0,
  give_back    bigint      not null default 0,
  applied      bigint      not null default 0,
  stripe_id    text,
  state        text        not null,
  note         text        not null default '',
  primary key (invoice, meter)
);

comment on column invoice_credit.meter is 'The ledger''s; empty for usage of a meter it does not know.';
comment on column invoice_credit.price is 'Of one credit, in the currency''s major unit.';
comment on column invoice_credit.debit is 'The id of the ledger''s event that takes the credits.';
comment on column invoice_credit.taken is 'Credits the ledger took, what no grant covered among them.';
comment on column invoice_credit.give_back is 'The part no grant covered, where Stripe bills it instead.';
