-- One usage that is sent: what a reversal needs to find its window and its share of it.
create table usage_line (
  customer     text        not null,
  usage        text        not null,
  event_name   text        not null,
  window_start timestamptz not null,
  window_end   timestamptz not null,
  occurred_at  timestamptz not null,
  -- By which rule it was counted, whatever the rules say by now.
  basis        text        not null,
  quantity     numeric,
  -- In millionths.
  credits      bigint      not null,
  overage      bigint      not null,
  reversed     bigint      not null,
  cancelled    bigint      not null,
  recorded_at  timestamptz not null,
  primary key (customer, usage)
);
create index usage_line_window on usage_line (customer, event_name, window_start);
create index usage_line_recorded on usage_line using brin (recorded_at);

-- What usage of one customer, Stripe meter and window comes to, and how much of that was cut into
-- events so far.
create table usage_window (
  customer     text        not null,
  event_name   text        not null,
  window_start timestamptz not null,
  window_end   timestamptz not null,
  aggregation  text        not null,
  total        numeric     not null,
  cut          numeric     not null default 0,
  revision     int         not null default 0,
  -- When to look at it next; null: there is nothing to do.
  due_at       timestamptz,
  urgent       boolean     not null default false,
  primary key (customer, event_name, window_start, window_end)
);
create index usage_window_due on usage_window (due_at) where due_at is not null;
create index usage_window_end on usage_window (window_end);

-- Usage that should have been counted and could not be: in quantity, and it was reported in credits.
create table usage_skipped (
  customer    text        not null,
  sequence    bigint      not null,
  usage       text        not null,
  occurred_at timestamptz not null,
  primary key (customer, sequence)
);

-- The outbox of meter events. An event's identifier never changes, so sending it again is safe for
-- as long as Stripe remembers identifiers.
create table meter_event (
  id              bigint      generated always as identity primary key,
  identifier      text        not null unique,
  customer        text        not null,
  event_name      text        not null,
  window_start    timestamptz not null,
  window_end      timestamptz not null,
  revision        int         not null,
  part            int         not null,
  aggregation     text        not null,
  value           numeric     not null,
  state           text        not null,
  lane            smallint    not null,
  urgent          boolean     not null,
  attempts        int         not null default 0,
  next_attempt_at timestamptz not null,
  -- Since when Stripe may have it; null: it certainly has not.
  attempted_at    timestamptz,
  delivered_at    timestamptz,
  reason          text        not null default '',
  detail          text        not null default '',
  created_at      timestamptz not null
);
create index meter_event_ready on meter_event (urgent desc, next_attempt_at)
  where state = 'pending';
create index meter_event_window on meter_event (customer, event_name, window_start);
create index meter_event_stuck on meter_event (state) where state in ('parked', 'unknown');
create index meter_event_created on meter_event using brin (created_at);

-- Events to be taken back, by Stripe's adjustments.
create table meter_cancel (
  event           bigint      primary key references meter_event (id) on delete cascade,
  state           text        not null,
  lane            smallint    not null,
  attempts        int         not null default 0,
  next_attempt_at timestamptz not null,
  reason          text        not null default '',
  detail          text        not null default '',
  created_at      timestamptz not null
);
create index meter_cancel_ready on meter_cancel (next_attempt_at) where state = 'pending';

-- What Stripe reported afterwards about events it had accepted.
create table meter_error_report (
  event_id    text        not null,
  code        text        not null,
  type        text        not null,
  meter       text        not null,
  error_count int         not null,
  -- Of those errors, how many were told by identifier, and how many of these are rows here.
  sampled     int         not null,
  matched     int         not null,
  message     text        not null,
  reported_at timestamptz not null,
  primary key (event_id, code)
);
