-- The application's role. It owns nothing and can not bypass row-level security.
do $$ begin
  create role lantai_app nologin nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant lantai_app to %I', current_user);
exception when others then null; -- a superuser needs no membership
end $$;

create schema if not exists lantai;
grant usage on schema lantai to lantai_app;

-- Who asks: set for one transaction by the kernel (db/index.ts).
create function lantai.sees_all() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('lantai.scope', true), '') = 'all' $$;
create function lantai.scope_archives() returns uuid[] language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('lantai.archives', true), ''), '{}')::uuid[] $$;
grant execute on all functions in schema lantai to lantai_app;
