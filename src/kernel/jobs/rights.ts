import { type Database, sql } from '../db.ts';

/**
 * Lets the application's transactions put jobs into the queues, and nothing else: what waits there they can not read,
 * change or take away. Changes nothing where it is so already; several processes may start at once.
 */
export async function letEnqueue(db: Database): Promise<void> {
  await db.system((tx) =>
    sql`do $$
      declare kept text;
      begin
        perform pg_advisory_xact_lock(hashtextextended('rights on the queues', 0));
        if not has_schema_privilege('lantai_app', 'pgboss', 'usage') then
          grant usage on schema pgboss to lantai_app;
        end if;
        -- Earlier versions gave everything.
        if exists (select from pg_class where relnamespace = 'pgboss'::regnamespace and relkind in ('r', 'p')
            and has_table_privilege('lantai_app', oid, 'update, delete')) then
          revoke all on all tables in schema pgboss from lantai_app;
        end if;
        if not has_table_privilege('lantai_app', 'pgboss.queue', 'select') then
          grant select on pgboss.queue to lantai_app;
        end if;
        for kept in select distinct table_name from pgboss.queue loop
          if not has_table_privilege('lantai_app', format('pgboss.%I', kept), 'insert') then
            execute format('grant insert, select (id) on pgboss.%I to lantai_app', kept);
          end if;
        end loop;
      end $$`.execute(tx),
  );
}
