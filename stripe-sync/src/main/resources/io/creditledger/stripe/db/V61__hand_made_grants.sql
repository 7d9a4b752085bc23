-- Credit grants that were made in Stripe, and what the ledger was told of them.
create table hand_made_grant (
  stripe_id   text        primary key,
  customer    text        not null,
  grant_id    text        not null,
  expires_at  timestamptz,
  ended       boolean     not null,
  changes     int         not null
);

comment on column hand_made_grant.expires_at is 'The end that the ledger was told last.';
comment on column hand_made_grant.changes is 'How often the ledger was told of a change.';
