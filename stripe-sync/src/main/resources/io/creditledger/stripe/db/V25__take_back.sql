-- Money that went back, or was never there: a part of a payment, by what says so.
create table claim (
  id              text        primary key,
  payment         text        not null,
  payment_intent  text        not null,
  amount          bigint,
  standing        boolean     not null,
  reason          text        not null,
  cause           text        not null,
  changed_at      timestamptz not null
);

comment on column claim.id is 'Stripe''s charge, dispute or credit note, or its invoice and what befell it.';
comment on column claim.payment is 'Empty where only the payment intent is known.';
comment on column claim.amount is 'In the currency''s smallest unit; null: all that was paid.';
comment on column claim.standing is 'Whether the money is gone now: a dispute that is won stands no longer.';
comment on column claim.cause is 'Stripe''s event that told of it last.';

create index claim_on_payment on claim (payment) where payment <> '';
create index claim_on_intent on claim (payment_intent) where payment_intent <> '';

-- How many credits of a grant are to be gone by its payment's claims.
alter table payment_grant
  add column asked_back   bigint not null default 0,
  add column corrections  int    not null default 0,
  add column expired      bigint,
  add column role         text   not null default 'PERIOD' check (role in ('PERIOD', 'ROLLOVER'));

comment on column payment_grant.asked_back is 'In millionths; what standing claims come to.';
comment on column payment_grant.expired is 'In millionths; what was left when it expired, once the ledger has said.';

-- What was asked of the ledger for that, and what it did.
create table correction (
  customer     text        not null,
  event_id     text        not null,
  grant_id     text        not null,
  asked        bigint      not null,
  done         bigint,
  grant_state  text        not null,
  reason       text        not null,
  made_at      timestamptz not null,
  primary key (customer, event_id)
);

comment on column correction.asked is 'In millionths; above zero to be taken, below zero to be given back.';
comment on column correction.done is 'In millionths; what the ledger took or gave, once it has said.';
comment on column correction.grant_state is 'The grant''s after it, as the ledger says.';

create index correction_of_grant on correction (customer, grant_id);

-- From when on grants of a subscription's plan are no longer to be used.
create table plan_end (
  subscription  text        not null,
  plan          text        not null,
  ended_at      timestamptz not null,
  reason        text        not null,
  cause         text        not null,
  primary key (subscription, plan, ended_at)
);

-- What of a plan's grant goes over into the next period, once it has expired.
create table carry_over (
  customer    text        not null,
  from_grant  text        not null,
  cap         bigint,
  fraction    numeric,
  event       bytea       not null,
  cause       text        not null,
  primary key (customer, from_grant)
);

comment on column carry_over.cap is 'In millionths.';
comment on column carry_over.event is 'The grant that is to be made, but for its amount.';
