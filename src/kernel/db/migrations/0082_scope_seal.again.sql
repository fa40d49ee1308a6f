-- Whose rows exist for a transaction: settings that count only where their seal fits (db/seal.ts).
--
-- PL/pgSQL throughout: the planner does not look into it, so the many sub-queries of the policies cost nothing until they are
-- asked, and it keeps its plans. One expression each, since every one is prepared anew in each transaction.

-- The blocks of the key. Said to be immutable, so that they are read once for a plan and not at every question; who changes the
-- key has the plans made anew (db/seal.ts). For the owner's functions alone.
create or replace function lantai.seal_block(outwards boolean) returns bytea language plpgsql immutable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return (select case when outwards then outer_block else inner_block end from lantai.seal_key);
end $$;

-- Whether what this transaction is told of the asker was told by the program: for this backend (or the one a parallel worker works
-- for), about now. Whoever may become the owner of the tables needs no seal: migrations, jobs, `set local role lantai_app` on the
-- owner's connection. Inside, the current user is that owner, so the session's is asked; it also is the application's login
-- inside other functions of the owner's. The fields are told apart by line ends, of which the program puts none into them;
-- whatever else is set has either as many and is the same, or another sum.
create or replace function lantai.seal_fits(process int default null) returns boolean language plpgsql stable parallel safe
  security definer set search_path = pg_catalog, pg_temp as $$
begin
  return session_user = current_user
    or coalesce(case when split_part(current_setting('lantai.seal', true), '.', 2)
      = encode(sha256(lantai.seal_block(true) || sha256(lantai.seal_block(false) || convert_to(
          split_part(current_setting('lantai.seal', true), '.', 1) || E'\n' || coalesce(process, pg_backend_pid())
          || E'\n' || current_setting('lantai.scope', true) || E'\n' || current_setting('lantai.archives', true)
          || E'\n' || current_setting('lantai.reach', true) || E'\n' || current_setting('lantai.today', true)
          || E'\n' || current_setting('lantai.timezone', true), 'UTF8'))), 'hex')
      then abs(extract(epoch from transaction_timestamp()) - split_part(current_setting('lantai.seal', true), '.', 1)::bigint) <= 60
    end, false)
    or pg_has_role(session_user, current_user, 'member');
end $$;

-- The backend a parallel worker works for; null in any other. Runs as the asker, who may know of its own processes.
create or replace function lantai.leader() returns int language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as $$
begin
  return (select a.leader_pid from pg_stat_get_activity(pg_backend_pid()) a);
end $$;

-- What claims nothing needs no proof, which also is quicker. Unproved claims count as none, as for the public.
create or replace function lantai.sees_all() returns boolean language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(current_setting('lantai.scope', true), '') = 'all' and (lantai.seal_fits() or lantai.seal_fits(lantai.leader()));
end $$;

create or replace function lantai.scope_archives() returns uuid[] language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return case when coalesce(current_setting('lantai.archives', true), '') not in ('', '{}')
      and (lantai.seal_fits() or lantai.seal_fits(lantai.leader()))
    then current_setting('lantai.archives', true) else '{}' end;
end $$;

-- From an object of objects of lists, each as PostgreSQL writes an array.
create or replace function lantai.reach(part text, list text) returns text[] language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
declare said constant text := nullif(current_setting('lantai.reach', true), '')::jsonb -> part ->> list;
begin
  return case when said <> '{}' and (lantai.seal_fits() or lantai.seal_fits(lantai.leader())) then said else '{}' end;
end $$;

-- The day that counts for openings, embargoes and leave, by the archives' own clock (LANTAI_TIMEZONE). Where nobody vouches for it,
-- the day of where it begins last, so that nothing is open too early.
create or replace function lantai.today() returns date language plpgsql stable parallel safe
  set search_path = pg_catalog, pg_temp as $$
begin
  return case when not (lantai.seal_fits() or lantai.seal_fits(lantai.leader())) then (now() at time zone 'Etc/GMT+12')::date
    else coalesce(nullif(current_setting('lantai.today', true), '')::date,
      (now() at time zone coalesce(nullif(current_setting('lantai.timezone', true), ''), 'Asia/Shanghai'))::date) end;
end $$;

revoke execute on function lantai.seal_block(boolean), lantai.seal_fits(int), lantai.leader() from public;
grant execute on function lantai.seal_fits(int), lantai.leader() to lantai_app;
