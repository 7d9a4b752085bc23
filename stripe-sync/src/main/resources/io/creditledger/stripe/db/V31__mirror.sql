-- The ledger's grants as the journal has them, in millionths of a credit.
create table ledger_grant (
  customer     text        not null,
  grant_id     text        not null,
  unit         text        not null,
  amount       bigint      not null,
  category     text        not null,
  priority     int         not null,
  effective_at timestamptz not null,
  expires_at   timestamptz,
  scope_meters text[]      not null,
  scope_subscriptions text[] not null,
  name         text        not null,
  from_stripe  text,
  state        text        not null,
  made_at      timestamptz not null,
  adjusted     bigint      not null default 0,
  unheld       bigint      not null,
  held         bigint      not null default 0,
  consumed     bigint      not null default 0,
  expired      bigint      not null default 0,
  voided       bigint      not null default 0,
  primary key (customer, grant_id)
);

comment on column ledger_grant.from_stripe is 'The credit grant of Stripe''s that it was made of.';

-- What of them stands in Stripe.
create table grant_mirror (
  customer          text   not null,
  grant_id          text   not null,
  stripe_id         text   not null unique,
  stripe_customer   text   not null,
  value             bigint not null,
  currency          text   not null,
  granted           bigint not null,
  expires_at        timestamptz,
  ended             text,
  lost              text   not null,
  primary key (customer, grant_id)
);

comment on column grant_mirror.granted is 'What the ledger had granted, net of voids, when it was mirrored.';
comment on column grant_mirror.ended is 'voided or expired, where it was ended from here.';
comment on column grant_mirror.lost is 'The part of its worth that Stripe cannot count, in the major unit.';

-- When units were first mirrored: what was granted before is mirrored at what was left of it.
create table mirror_since (
  unit  text        primary key,
  since timestamptz not null
);

-- Records of the ledger's topics that this version cannot read.
create table unread_record (
  topic         text   not null,
  partition     int    not null,
  record_offset bigint not null,
  why           text   not null,
  primary key (topic, partition, record_offset)
);
