import { type Sql, sql } from '#kernel/db';
import { leastIdAt } from '#kernel/ids';

export type DropStep = 'claimed' | 'taken' | 'answered' | 'over';
export type DropOutcome = 'taken' | 'changed' | 'unchanged' | 'refused' | 'setAside';

/** What lies beside an entry once it was dealt with. */
export interface Receipt {
  /** Of the entry, by which it stands in the log. */
  entry: string;
  name: string | null;
  id: string | null;
  kind: 'record' | 'package' | null;
  outcome: DropOutcome;
  at: string;
  recordId?: string;
  batchId?: string;
  code?: string;
  detail?: string;
  findings?: readonly unknown[];
}

/** An entry of a drop folder on its way in. */
export interface DropEntry {
  id: string;
  systemId: string;
  name: string;
  step: DropStep;
  outcome: DropOutcome | null;
  code: string | null;
  receipt: Receipt | null;
  failure: string | null;
  at: Date;
  endedAt: Date | null;
}

const COLUMNS = sql`d.id, d.system_id as "systemId", d.name, d.step, d.outcome, d.code, d.receipt, d.failure, d.at,
  d.ended_at as "endedAt"`;

/** Claims an entry by its name. Undefined where another process has it. */
export async function claimEntry(
  on: Sql,
  e: { id: string; systemId: string; name: string; at: Date; until: Date },
): Promise<DropEntry | undefined> {
  const r = await sql<DropEntry>`insert into intake.drop_entry as d (id, system_id, name, leased_until, at)
    values (${e.id}, ${e.systemId}, ${e.name}, ${e.until}, ${e.at})
    on conflict (system_id, name) where step <> 'over' do nothing returning ${COLUMNS}`.execute(on);
  return r.rows[0];
}

/** Takes up what a process left that is gone: its lease has run out. */
export async function takeUpEntries(
  on: Sql,
  systemId: string,
  o: { now: Date; until: Date },
): Promise<DropEntry[]> {
  const r = await sql<DropEntry>`update intake.drop_entry d set leased_until = ${o.until}
    where d.system_id = ${systemId} and d.step <> 'over' and d.leased_until < ${o.now} returning ${COLUMNS}`.execute(
    on,
  );
  return r.rows;
}

export async function renewLease(on: Sql, id: string, until: Date): Promise<void> {
  await sql`update intake.drop_entry set leased_until = ${until} where id = ${id}`.execute(on);
}

export async function setStep(on: Sql, id: string, step: 'taken'): Promise<void> {
  await sql`update intake.drop_entry set step = ${step}, failure = null where id = ${id}`.execute(on);
}

/** What came of it. Of what may not be named the name goes here. */
export async function setAnswer(
  on: Sql,
  id: string,
  a: { outcome: DropOutcome; code: string | null; receipt: Receipt; unnamed: boolean },
): Promise<void> {
  await sql`update intake.drop_entry set step = 'answered', outcome = ${a.outcome}, code = ${a.code},
    receipt = ${JSON.stringify(a.receipt)}::jsonb, failure = null, name = case when ${a.unnamed} then id::text else name end
    where id = ${id}`.execute(on);
}

export async function setOver(on: Sql, id: string, at: Date): Promise<void> {
  await sql`update intake.drop_entry set step = 'over', ended_at = ${at} where id = ${id}`.execute(on);
}

/** Why it could not go on; tried again. */
export async function setFailure(on: Sql, id: string, failure: string): Promise<void> {
  await sql`update intake.drop_entry set failure = ${failure} where id = ${id}`.execute(on);
}

/** An entry that was claimed and is not there after all: its sender took it back, or still wrote to it. */
export async function forgetEntry(on: Sql, id: string): Promise<void> {
  await sql`delete from intake.drop_entry where id = ${id}`.execute(on);
}

/** Entries that were over before a moment go, so many at once. @returns how many went */
export async function deleteOver(on: Sql, before: Date, most: number): Promise<number> {
  const gone = await sql`delete from intake.drop_entry where id in
    (select id from intake.drop_entry where id < ${leastIdAt(before)}::uuid and step = 'over' and ended_at < ${before}
      order by id limit ${most})`.execute(on);
  return Number(gone.numAffectedRows ?? 0);
}

/** The newest first; those under way before all others. */
export async function entryPage(
  on: Sql,
  o: { systemId: string; before: string | undefined; limit: number },
): Promise<DropEntry[]> {
  const r = await sql<DropEntry>`select ${COLUMNS} from intake.drop_entry d where d.system_id = ${o.systemId}
    and (${o.before ?? null}::uuid is null or d.id < ${o.before ?? null}::uuid) order by d.id desc limit ${o.limit}`.execute(
    on,
  );
  return r.rows;
}
