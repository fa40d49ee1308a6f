-- Certified copies of entries in a part of an archive, for whoever has a post for it alone; numbers run through the archive.
create policy by_part on access.certificate to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and holdings.in_part(unit_id))
  with check (holdings.in_part(unit_id));
create policy of_place on access.certificate_counter to lantai_app
  using (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]))
  with check (archive_id = any ((select lantai.reach('exists', 'places'))::uuid[]));
