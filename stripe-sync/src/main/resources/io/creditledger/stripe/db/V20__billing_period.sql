-- The periods of Stripe's subscriptions; usage between two boundaries belongs on one invoice.
create table billing_period (
  customer      text        not null,
  subscription  text        not null,
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  -- When the invoice with this period's usage was final, so that more usage comes too late.
  finalized_at  timestamptz,
  primary key (subscription, starts_at),
  check (starts_at < ends_at)
);

create index billing_period_of_customer on billing_period (customer, ends_at);
