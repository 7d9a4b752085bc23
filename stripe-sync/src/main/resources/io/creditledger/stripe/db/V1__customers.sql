-- The ledger's customers whose id is another one in Stripe.
create table stripe_customer (
  customer   text        primary key,
  stripe_id  text        not null unique,
  linked_at  timestamptz not null default now()
);
