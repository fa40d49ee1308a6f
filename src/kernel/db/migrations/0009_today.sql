-- The day that counts begins by the archives' own clock, which the kernel tells of for one transaction (LANTAI_TIMEZONE).
create or replace function lantai.today() returns date language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('lantai.today', true), '')::date,
       (now() at time zone coalesce(nullif(current_setting('lantai.timezone', true), ''), 'Asia/Shanghai'))::date) $$;
