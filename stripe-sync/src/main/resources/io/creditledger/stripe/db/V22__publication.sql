-- What is to be told to the ledger because of something that Stripe told. Content is decided once,
-- with the row, so that publishing it again is a duplicate to the ledger.
create table publication (
  seq           bigint      generated always as identity primary key,
  customer      text        not null,
  event_id      text        not null,
  topic         text        not null check (topic in ('event', 'alert')),
  type          text        not null,
  body          bytea       not null,
  cause         text        not null,
  state         text        not null
    check (state in ('waiting', 'published', 'accepted', 'refused', 'moot')),
  created_at    timestamptz not null,
  published_at  timestamptz,
  sequence      bigint,
  note          text        not null,
  unique (customer, event_id)
);

comment on column publication.cause is 'Stripe''s event, or the ledger''s entry, that it follows from.';
comment on column publication.state is 'moot: refused, because there was nothing left to take or to give to.';
comment on column publication.sequence is 'The entry it became in the customer''s journal.';

create index publication_waiting on publication (seq) where state = 'waiting';
create index publication_unanswered on publication (published_at) where state = 'published';
create index publication_refused on publication (seq) where state = 'refused';
