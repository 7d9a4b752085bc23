-- Whose an id is, for whoever knows nothing else of a usage. Only ever asked for whole ids.
create index entry_id on entry using hash (id);
