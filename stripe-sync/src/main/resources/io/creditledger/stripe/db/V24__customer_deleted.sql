-- A customer that was deleted in Stripe stays known: what was bought is still to be refunded.
alter table stripe_customer add column deleted_at timestamptz;
