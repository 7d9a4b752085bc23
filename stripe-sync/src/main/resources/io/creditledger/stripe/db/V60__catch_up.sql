-- No list has been read before this version.
alter table catch_up
  add column begun_at   timestamptz not null,
  add column looked_at  timestamptz not null;

comment on column catch_up.read_until is 'The newest event there was when it was read last, in Stripe''s time.';
comment on column catch_up.begun_at is 'The newest event there was when it was first read: nothing of before is taken.';
comment on column catch_up.looked_at is 'By the machine''s clock.';

create index stripe_event_received on stripe_event (received_at);
