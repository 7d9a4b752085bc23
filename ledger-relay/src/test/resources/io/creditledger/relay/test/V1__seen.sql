create table seen (value text not null);
