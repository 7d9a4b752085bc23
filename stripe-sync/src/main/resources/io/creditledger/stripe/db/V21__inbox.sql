-- Every event that Stripe has told, with the bytes it came as, and what became of it.
create table stripe_event (
  id              text        primary key,
  seq             bigint      generated always as identity,
  style           text        not null check (style in ('snapshot', 'thin', 'unreadable')),
  type            text        not null,
  object_id       text        not null,
  api_version     text        not null,
  created_at      timestamptz not null,
  received_at     timestamptz not null,
  origin          text        not null check (origin in ('webhook', 'catch_up')),
  body            bytea       not null,
  state           text        not null check (state in ('waiting', 'done', 'ignored', 'parked')),
  attempts        int         not null,
  next_attempt_at timestamptz not null,
  note            text        not null,
  ended_at        timestamptz
);

comment on column stripe_event.created_at is 'When it happened, in Stripe''s time.';
comment on column stripe_event.attempts is 'How often it was tried and could not be finished.';
comment on column stripe_event.note is 'What became of it, or why it waits or was parked, in words.';

create index stripe_event_waiting on stripe_event (next_attempt_at, seq) where state = 'waiting';
create index stripe_event_parked on stripe_event (seq) where state = 'parked';
create index stripe_event_ended on stripe_event (ended_at) where state in ('done', 'ignored');

-- How far Stripe's lists of events have been read, in Stripe's time.
create table catch_up (
  list        text        primary key,
  read_until  timestamptz not null
);
