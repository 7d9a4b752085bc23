-- The journal, one row for each entry. A record of the journal is known by its place in the topic;
-- recorded_at, which is the same each time a record is read, stands in the key because it chooses
-- the partition. Rows are only ever added, in the transaction that moves the relay's offset.
create table entry (
  recorded_at   timestamptz not null,
  partition     int         not null,
  record_offset bigint      not null,
  customer      text        not null collate "C",
  sequence      bigint      not null,
  type          text        not null,
  id            text        not null,
  -- The usage or reservation that it is about: its own id, or that of what it settles or undoes.
  usage         text        collate "C",
  unit          text,
  meter         text,
  subscription  text,
  occurred_at   timestamptz not null,
  quantity      numeric,
  -- What usage cost; null where the entry is none.
  credits       numeric,
  -- How much the entry was about where it is not usage: granted, held, expired, reversed …
  amount        numeric,
  -- Beyond all grants. Negative where a reversal cancels it.
  overage       numeric,
  overdraft     numeric,
  forgiven      numeric,
  -- Overdraft that grants repaid; negative where a reversal takes it back.
  repaid        numeric,
  -- The balance in the unit after it.
  settled       numeric,
  held          numeric,
  catalog       text        not null,
  properties    jsonb,
  -- The journal's bytes, which are UTF-8.
  body          text        not null,
  primary key (partition, record_offset, recorded_at)
) partition by range (recorded_at);

create index entry_customer on entry (customer, sequence);
create index entry_usage on entry (customer, usage) where usage is not null;
create index entry_reversal on entry (customer, usage) where type = 'reverse';
create index entry_occurred on entry (customer, occurred_at) where credits is not null;

-- What an entry did to grants: one row for each posting, one for each grant it makes, and one with
-- no amount for a grant that it changes otherwise.
create table movement (
  recorded_at   timestamptz not null,
  partition     int         not null,
  record_offset bigint      not null,
  ordinal       int         not null,
  customer      text        not null collate "C",
  sequence      bigint      not null,
  grant_id      text        not null collate "C",
  move          text        not null,
  amount        numeric     not null,
  -- What the grant has left and unheld after it; null where nothing moved.
  remaining     numeric
) partition by range (recorded_at);

create index movement_grant on movement (customer, grant_id, sequence);

-- Every grant, as it is by now.
create table grants (
  customer      text        not null collate "C",
  grant_id      text        not null collate "C",
  unit          text        not null,
  amount        numeric     not null,
  category      text        not null,
  priority      int         not null,
  effective_at  timestamptz not null,
  expires_at    timestamptz,
  name          text,
  cost_amount   numeric,
  cost_currency text,
  metadata      jsonb       not null,
  -- The grant whose rest was carried over into this one.
  rolled_from   text        collate "C",
  sequence      bigint      not null,
  made_at       timestamptz not null,
  -- From when it counts in finance's views: when it was made, or confirmed if it had to be.
  counted_at    timestamptz,
  primary key (customer, grant_id)
);

-- Records of the journal's topic that are no entries of this version.
create table unreadable (
  topic         text        not null,
  partition     int         not null,
  record_offset bigint      not null,
  value         bytea,
  why           text        not null,
  primary key (topic, partition, record_offset)
);
