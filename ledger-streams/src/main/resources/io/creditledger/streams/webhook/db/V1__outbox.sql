-- One row for each alert and each endpoint that wants it. The body is kept as it was first made, so
-- that every attempt sends the same bytes.
create table webhook_delivery (
  id           bigint generated always as identity primary key,
  endpoint     text        not null,
  alert        text        not null,
  webhook_id   text        not null,
  type         text        not null,
  customer     text        not null,
  body         text        not null,
  state        text        not null default 'pending'
               check (state in ('pending', 'delivered', 'dead')),
  attempts     int         not null default 0,
  created_at   timestamptz not null,
  due_first    timestamptz not null,
  attempted_at timestamptz,
  ended_at     timestamptz,
  status       int,
  detail       text,
  unique (endpoint, alert)
);

create index webhook_delivery_pending on webhook_delivery (endpoint, customer, id)
  include (created_at) where state = 'pending';
create index webhook_delivery_dead on webhook_delivery (endpoint, id) where state = 'dead';
create index webhook_delivery_delivered on webhook_delivery (ended_at)
  include (endpoint) where state = 'delivered';
create index webhook_delivery_customer on webhook_delivery (customer, id);

-- One row for each endpoint and customer with something pending: when the oldest of it may be tried,
-- and until when somebody is trying. It is what keeps one customer's alerts in order, and what two
-- instances lock, so that they do not send the same thing twice.
create table webhook_queue (
  endpoint   text        not null,
  customer   text        not null,
  due_at     timestamptz not null,
  failures   int         not null default 0,
  held_until timestamptz not null default '-infinity',
  claim      bigint      not null default 0,
  primary key (endpoint, customer)
);

create index webhook_queue_due on webhook_queue (endpoint, due_at);

-- Records of the alerts' topic that are no alerts of this version.
create table webhook_unreadable (
  topic         text        not null,
  partition     int         not null,
  record_offset bigint      not null,
  value         bytea,
  why           text        not null,
  found_at      timestamptz not null,
  primary key (topic, partition, record_offset)
);
