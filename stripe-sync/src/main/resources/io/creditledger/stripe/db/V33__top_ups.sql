-- Credits that the ledger asked to be bought, one row for each request.
create table top_up (
  customer     text        not null,
  request      text        not null,
  unit         text        not null,
  credits      bigint      not null,
  requested_at timestamptz not null,
  state        text        not null
    check (state in ('open', 'processing', 'failing', 'paid', 'failed')),
  invoice      text,
  item         text,
  reason       text        not null default '',
  primary key (customer, request)
);
create unique index top_up_invoice on top_up (invoice) where invoice is not null;

comment on column top_up.credits is 'In millionths.';

-- Requests that the ledger waits for no longer, whoever answered them.
create table top_up_answered (
  customer text not null,
  request  text not null,
  primary key (customer, request)
);
