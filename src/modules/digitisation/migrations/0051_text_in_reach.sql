-- Text is read by those who may look into the unit; written by those who work in the archive.
drop policy scope on digitisation.page_text;
drop policy of_open_units on digitisation.page_text;
create policy reading on digitisation.page_text for select to lantai_app using (holdings.content_in_reach(unit_id));
create policy adding on digitisation.page_text for insert to lantai_app
  with check ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy changing on digitisation.page_text for update to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
create policy removing on digitisation.page_text for delete to lantai_app
  using ((select lantai.sees_all()) or archive_id = any ((select lantai.scope_archives())::uuid[]));
