import { type Database, sql } from '../db.ts';

/**
 * Jobs that wait or run, for a backup: as JSON, a line each, so that a queue of another version takes what it knows of
 * them. JSON has no control characters, so that nothing is quoted.
 *
 * @param without kinds that are left out
 */
export const copyOfWaiting = (without: readonly string[]): string =>
  `copy (select to_jsonb(j) from pgboss.job j
    where j.state < 'completed' and j.name <> all ('{${without.map((k) => `"${k}"`).join(',')}}')
    order by j.name collate "C", j.id) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`;

/** Whether there is a queue yet. */
export const QUEUE_THERE = `to_regclass('pgboss.job') is not null`;

/**
 * Takes jobs of a backup up again: those that ran wait once more. A job of a kind this version does not have is left.
 * Given twice they are there once.
 *
 * @param lines as `copyOfWaiting` writes them, some at a time
 * @returns how many wait now
 */
export async function takeUpJobs(db: Database, lines: readonly string[]): Promise<number> {
  if (lines.length === 0) return 0;
  return db.system(async (tx) => {
    const given = new Set(Object.keys(JSON.parse(lines[0]!) as object));
    const columns = await sql<{ name: string }>`select attname as name from pg_attribute
      where attrelid = 'pgboss.job'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(
      tx,
    );
    const kept = columns.rows.map((c) => c.name).filter((name) => given.has(name));
    const list = sql.join(kept.map((name) => sql.ref(name)));
    const anew = `{"state": "created", "started_on": null, "heartbeat_on": null}`;
    const r = await sql`insert into pgboss.job (${list})
      select ${list} from jsonb_populate_recordset(null::pgboss.job,
        (select jsonb_agg(case when line::jsonb ->> 'state' = 'active' then line::jsonb || ${anew}::jsonb else line::jsonb end)
         from unnest(${[...lines]}::text[]) as l (line)))
      where name in (select q.name from pgboss.queue q)
      on conflict do nothing`.execute(tx);
    return Number(r.numAffectedRows ?? 0);
  });
}

/** Ends what people follow and nothing works on any more: its job was not in the backup. */
export async function endOrphans(db: Database, why: string): Promise<number> {
  const r = await sql`update lantai.job o set state = 'failed', finished_at = now(), error = ${why}
    where o.state in ('queued', 'running')
      and not exists (select from pgboss.job j where j.data ->> 'jobId' = o.id::text and j.state < 'completed')`.execute(
    db.owner,
  );
  return Number(r.numAffectedRows ?? 0);
}
