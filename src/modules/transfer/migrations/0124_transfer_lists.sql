-- The list of all files whose digest both sides sign, a line of canonical JSON each, some thousand lines a row: byte for byte what
-- was digested, kept when what it speaks of has gone from quarantine.
create table transfer.listed (
  batch_id uuid not null references transfer.batch on delete cascade,
  part int not null,
  lines text not null,
  primary key (batch_id, part)
);
alter table transfer.listed enable row level security;
create policy reach on transfer.listed using ((select lantai.sees_all())
  or exists (select from transfer.batch b where b.id = batch_id));
grant select on transfer.listed to lantai_app;
