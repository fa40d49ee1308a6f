-- The rule of visibility behind the code: what the kernel tells of the asker for one transaction, as lists.
create function lantai.reach(part text, list text) returns text[] language sql stable parallel safe as
  $$ select coalesce((select array_agg(x) from jsonb_array_elements_text(
       nullif(current_setting('lantai.reach', true), '')::jsonb -> part -> list) as t (x)), '{}') $$;
-- The day that counts for openings, embargoes and leave.
create function lantai.today() returns date language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('lantai.today', true), '')::date, (now() at time zone 'Asia/Shanghai')::date) $$;
grant execute on function lantai.reach(text, text), lantai.today() to lantai_app;
