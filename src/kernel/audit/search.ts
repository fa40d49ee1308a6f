import { type RawBuilder, sql, type Tx } from '../db.ts';
import type { AuditEntry, AuditResult } from './entry.ts';
import { type EntryRow, entryColumns, entryOf } from './row.ts';

/** What of the trail is asked for. Everything that is given must fit. */
export interface EntryFilter {
  /** Archives whose entries the asker may read. */
  archives: readonly string[];
  /** Also entries of the installation itself. */
  installation: boolean;
  /** Who: by id, or by the name as it was then. */
  personId?: string | undefined;
  personName?: string | undefined;
  act?: string | undefined;
  /** Which thing, by its id. */
  thing?: string | undefined;
  from?: Date | undefined;
  /** Before this moment. */
  to?: Date | undefined;
  result?: AuditResult | undefined;
}

/** Where a page begins: after this entry. */
export interface EntryPlace {
  at: Date;
  id: string;
}

/**
 * Entries, newest first. Each archive's are read from their own index and merged, so that one archive among many, and a
 * rare act among many, cost no more than a page.
 */
export async function searchEntries(
  tx: Tx,
  filter: EntryFilter,
  o: { after?: EntryPlace | undefined; limit: number },
): Promise<AuditEntry[]> {
  const r = await entryQuery(filter, o).execute(tx);
  return r.rows.map(entryOf);
}

/** The statement of a search: apart, so that its plan can be looked at. */
export function entryQuery(
  filter: EntryFilter,
  o: { after?: EntryPlace | undefined; limit: number },
): RawBuilder<EntryRow> {
  const conditions = conditionsOf(filter, o.after);
  const newest = sql`order by e.at desc, e.id desc limit ${o.limit}`;
  const ofArchives = sql`select x.* from unnest(${[...filter.archives]}::uuid[]) as a (id) cross join lateral (
      select ${entryColumns} from audit.entry e where e.archive_id = a.id ${conditions} ${newest}) x`;
  const ofInstallation = sql`(select ${entryColumns} from audit.entry e
      where e.archive_id is null ${conditions} ${newest})`;
  const both = filter.installation ? sql`${ofArchives} union all ${ofInstallation}` : ofArchives;
  return sql<EntryRow>`select * from (${both}) y order by y.at desc, y.id desc limit ${o.limit}`;
}

function conditionsOf(f: EntryFilter, after: EntryPlace | undefined): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [];
  if (f.personId !== undefined) all.push(sql`and e.actor_id = ${f.personId}::uuid`);
  if (f.personName !== undefined) all.push(sql`and e.actor_name = ${f.personName}`);
  if (f.act !== undefined) all.push(sql`and e.act = ${f.act}`);
  if (f.thing !== undefined) all.push(sql`and e.target_id = ${f.thing}`);
  if (f.from) all.push(sql`and e.at >= ${f.from}`);
  if (f.to) all.push(sql`and e.at < ${f.to}`);
  if (f.result === 'done') all.push(sql`and (e.result is null or e.result = 'done')`);
  // The second half lets the partial index be used, whatever value is sent.
  else if (f.result)
    all.push(sql`and e.result = ${f.result} and e.result is not null and e.result <> 'done'`);
  if (after) all.push(sql`and (e.at, e.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return all.length === 0 ? sql`` : sql.join(all, sql` `);
}

/** Acts that occur in these archives, for choosing. One index probe per act and archive. */
export async function actsSeen(
  tx: Tx,
  filter: Pick<EntryFilter, 'archives' | 'installation'>,
): Promise<string[]> {
  const next = (archive: RawBuilder<unknown>) => sql`with recursive seen as (
      (select act from audit.entry where archive_id ${archive} order by act limit 1)
      union all
      select (select e.act from audit.entry e where e.archive_id ${archive} and e.act > seen.act order by e.act limit 1)
      from seen where seen.act is not null)
    select act from seen where act is not null`;
  const found = new Set<string>();
  for (const id of filter.archives) {
    for (const { act } of (await sql<{ act: string }>`${next(sql`= ${id}::uuid`)}`.execute(tx)).rows)
      found.add(act);
  }
  if (filter.installation) {
    for (const { act } of (await sql<{ act: string }>`${next(sql`is null`)}`.execute(tx)).rows)
      found.add(act);
  }
  return [...found].sort();
}
