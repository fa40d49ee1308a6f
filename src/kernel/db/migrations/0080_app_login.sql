-- The application's transactions are a login's of their own and can not become the owner for a step. What they did in
-- that way they are given here: reading and adding keys of personal data, which are closed with a key that is kept
-- outside the database; also for whoever works in a part of an archive alone. Replacing and deleting keys stays the system's.
alter table lantai.data_key enable row level security;
create policy reading on lantai.data_key for select to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
    or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
create policy adding on lantai.data_key for insert to lantai_app
  with check (retired_at is null
    and ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[])
      or archive_id = any ((select lantai.reach('exists', 'places'))::uuid[])));
grant select, insert on lantai.data_key to lantai_app;
