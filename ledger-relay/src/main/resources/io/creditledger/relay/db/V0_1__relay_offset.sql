-- Up to where each relay has carried each partition. A relay writes its rows and moves its offset
-- in one transaction, and only from where it read it: whoever was overtaken changes nothing.
create table relay_offset (
  relay       text   not null,
  topic       text   not null,
  partition   int    not null,
  next_offset bigint not null,
  primary key (relay, topic, partition)
);
