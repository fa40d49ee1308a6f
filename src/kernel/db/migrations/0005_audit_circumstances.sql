-- The circumstances of an act: why, from where, how it ended, under which rule. Absent in entries written before this,
-- and not part of their bytes, so that their leaf hashes hold.
alter table audit.entry
  add column purpose text,
  add column address text,
  add column result text check (result in ('done', 'refused', 'failed')),
  add column rule jsonb;

-- That a person's reading of a thing is written already for this part of the day: paging through an item is one entry.
create table audit.read_mark (
  person_id uuid not null,
  part text not null,
  act text not null,
  target_type text not null,
  target_id text not null,
  primary key (part, person_id, target_type, target_id, act)
);
