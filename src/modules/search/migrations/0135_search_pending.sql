-- Entries that were made while the index could not be written: they are found once that is made good.
create table search.pending (
  unit_id uuid primary key,
  since timestamptz not null default now()
);
-- Who makes an entry notes it here; read and cleared as the owner.
alter table search.pending enable row level security;
create policy noted on search.pending for insert with check (true);
grant insert on search.pending to lantai_app;
