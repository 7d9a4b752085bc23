-- Which payment paid for which grant, so that money given back takes credits back.
create table payment (
  id               text        primary key,
  customer         text        not null,
  payment_intent   text        not null,
  currency         text        not null,
  total            bigint      not null,
  paid_at          timestamptz not null
);

comment on column payment.id is 'Stripe''s invoice, or its checkout session where there is no invoice.';
comment on column payment.payment_intent is 'Empty where it is not known.';
comment on column payment.total is 'What all that was bought cost, in the currency''s smallest unit.';

create index payment_by_intent on payment (payment_intent) where payment_intent <> '';

create table payment_grant (
  customer      text        not null,
  grant_id      text        not null,
  payment       text        not null references payment,
  subscription  text        not null,
  plan          text        not null,
  place         int         not null,
  series        text        not null,
  since         timestamptz not null,
  unit          text        not null,
  amount        bigint      not null,
  effective_at  timestamptz not null,
  expires_at    timestamptz,
  primary key (customer, grant_id)
);

comment on column payment_grant.subscription is 'Stripe''s; empty of what was bought once.';
comment on column payment_grant.plan is 'The catalog''s; empty of what was bought once.';
comment on column payment_grant.place is 'Which of the plan''s grants it is, from 0; -1 of none.';
comment on column payment_grant.series is 'The first grant of its series; itself where it does not recur.';
comment on column payment_grant.since is 'When the first grant of its series became effective.';
comment on column payment_grant.amount is 'In millionths of a credit.';

create index payment_grant_of_payment on payment_grant (payment);
create index payment_grant_of_subscription on payment_grant (subscription) where subscription <> '';
