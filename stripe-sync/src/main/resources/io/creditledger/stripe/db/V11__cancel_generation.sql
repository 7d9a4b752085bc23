-- How often Stripe failed at a cancellation: part of its idempotency key.
alter table meter_cancel add column generation int not null default 0;
