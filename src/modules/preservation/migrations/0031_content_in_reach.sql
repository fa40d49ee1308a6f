-- Pages are looked into by those who may look into the unit; written by those who work in the archive.
do $$
declare t text;
begin
  foreach t in array array['content', 'page'] loop
    execute format('drop policy scope on preservation.%I', t);
    execute format('drop policy of_open_units on preservation.%I', t);
    execute format('create policy reading on preservation.%I for select to lantai_app using (holdings.content_in_reach(unit_id))', t);
  end loop;
end $$;
