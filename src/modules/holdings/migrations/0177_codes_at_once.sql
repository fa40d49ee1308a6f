-- What is put in where a code is taken already is passed over ("on conflict"), and PostgreSQL does that by an index that is compared
-- at once. Entries that exchange their codes let go of them first.
alter table holdings.unit drop constraint unit_reference_code;
create unique index unit_reference_code on holdings.unit (archive_id, reference_code);
