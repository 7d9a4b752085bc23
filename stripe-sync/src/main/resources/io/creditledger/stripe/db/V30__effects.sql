-- What is to be brought about outside, one row for each thing it is about. A row says that something
-- is to be looked at, not what is to be done: that is planned from the thing's own rows when its turn
-- comes, so that asking twice does nothing twice.
create table effect (
  kind            text        not null,
  customer        text        not null,
  key             text        not null,
  state           text        not null check (state in ('due', 'held', 'parked', 'done')),
  asked           bigint      not null,
  attempts        int         not null,
  generation      int         not null,
  next_attempt_at timestamptz not null,
  note            text        not null,
  created_at      timestamptz not null,
  changed_at      timestamptz not null,
  primary key (kind, customer, key)
);

comment on column effect.asked is 'How often it was asked for; if it was while it ran, it runs again.';
comment on column effect.attempts is 'Tries begun since the last one that got somewhere.';
comment on column effect.generation is 'Part of the idempotency key: Stripe answers a failure again to the same key.';
comment on column effect.note is 'How it stands, in words: what was done, why it waits, why it was parked.';

create index effect_due on effect (next_attempt_at) where state in ('due', 'held');
