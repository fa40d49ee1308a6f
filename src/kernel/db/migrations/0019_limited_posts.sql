-- Whoever has a post for a part of an archive alone may have work done there; its list of work is the archive's.
create policy job_of_place on lantai.job for insert to lantai_app
  with check (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
