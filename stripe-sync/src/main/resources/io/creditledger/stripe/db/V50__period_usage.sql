-- What was done about a period's usage; anew when the period moves.
alter table billing_period
  -- Whether windows that reach over its boundaries were cut there.
  add column windows_cut boolean not null default false,
  -- Whether its usage was hurried on its way when it had ended.
  add column flushed     boolean not null default false;

create index billing_period_uncut on billing_period (starts_at) where not windows_cut;
create index billing_period_unflushed on billing_period (ends_at) where not flushed;
