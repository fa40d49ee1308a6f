-- The history of a unit, for whoever has a post for a part of an archive that the unit is in: the entries about that unit and
-- no others. What is open, or seen by leave, is not in a part. The first condition spares everybody else a look at the unit.
create policy of_units_in_part on audit.entry for select to lantai_app
  using (cardinality((select lantai.reach('exists', 'parts'))) > 0 and target_type = 'unit'
    and case when target_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then holdings.in_part(target_id::uuid) else false end);
