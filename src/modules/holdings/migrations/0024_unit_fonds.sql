-- A unit stands in a fonds of its own archive: one key says both, and says it for half the price while millions are taken in.
alter table holdings.fonds add unique (id, archive_id);
alter table holdings.unit
  add foreign key (fonds_id, archive_id) references holdings.fonds (id, archive_id),
  drop constraint unit_fonds_id_fkey,
  drop constraint unit_archive_id_fkey;
