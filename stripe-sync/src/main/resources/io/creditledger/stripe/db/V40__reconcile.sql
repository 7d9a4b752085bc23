-- What Stripe was found to lack of what it had been sent, and was sent once more: a revision of the
-- window with that value. What was sent before and is lost counts no more.
create table meter_repair (
  customer     text        not null,
  event_name   text        not null,
  window_start timestamptz not null,
  window_end   timestamptz not null,
  revision     int         not null,
  value        numeric     not null,
  created_at   timestamptz not null,
  primary key (customer, event_name, window_start, window_end, revision)
);

-- Comparisons of the books, the newest of which is shown.
create table reconcile_run (
  id          bigint      generated always as identity primary key,
  trigger     text        not null check (trigger in ('schedule', 'operator')),
  started_at  timestamptz not null,
  finished_at timestamptz,
  -- What it found, in JSON, without its lines; null where it has not ended or has failed.
  summary     text,
  -- Why it failed.
  failure     text
);

create index reconcile_run_started on reconcile_run (started_at);
