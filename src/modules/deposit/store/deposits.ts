import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { DueOf } from '#kernel/due';

export const DEPOSIT_STATES = ['sealing', 'kept', 'blocked', 'failed', 'ended'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

export interface Deposit {
  id: string;
  archiveId: string;
  agencyId: string;
  agencyCode: string;
  agencyName: string;
  number: string;
  title: string;
  system: string | null;
  category: string | null;
  yearFrom: number | null;
  yearTo: number | null;
  note: string | null;
  state: DepositState;
  uploads: string[];
  files: number;
  bytes: number;
  manifest: string | null;
  madeBy: string;
  madeByName: string;
  madeAt: Date;
  sealedAt: Date | null;
  /** `YYYY-MM-DD`. */
  keptUntil: string | null;
  checkedAt: Date | null;
  damagedAt: Date | null;
  failure: string | null;
  jobId: string | null;
  endedAt: Date | null;
  endedByName: string | null;
  endedReason: string | null;
}

const COLUMNS = sql`d.id, d.archive_id as "archiveId", d.agency_id as "agencyId", d.agency_code as "agencyCode",
  d.agency_name as "agencyName", d.number, d.title, d.system, d.category, d.year_from as "yearFrom", d.year_to as "yearTo", d.note,
  d.state, d.uploads, d.files, d.bytes::float8 as bytes, d.manifest, d.made_by as "madeBy", d.made_by_name as "madeByName",
  d.made_at as "madeAt", d.sealed_at as "sealedAt", d.kept_until::text as "keptUntil", d.checked_at as "checkedAt",
  d.damaged_at as "damagedAt", d.failure, d.job_id as "jobId", d.ended_at as "endedAt", d.ended_by_name as "endedByName",
  d.ended_reason as "endedReason"`;

export type NewDeposit = Pick<
  Deposit,
  | 'id' | 'archiveId' | 'agencyId' | 'agencyCode' | 'agencyName' | 'number' | 'title' | 'system' | 'category' | 'yearFrom'
  | 'yearTo' | 'note' | 'uploads' | 'madeBy' | 'madeByName' | 'madeAt'
>; // biome-ignore format: a row of words

/** The next running number of an archive and year; the row's lock is held until the transaction ends. */
export async function nextNumber(tx: Tx, archiveId: string, year: number): Promise<number> {
  const r = await sql<{
    last: number;
  }>`insert into deposit.counter (archive_id, year, last) values (${archiveId}, ${year}, 1)
    on conflict (archive_id, year) do update set last = deposit.counter.last + 1 returning last`.execute(tx);
  return r.rows[0]!.last;
}

/** What a sender system said when it made a deposit. */
export interface SentBySystem {
  systemId: string;
  /** The id the system knows it by. */
  senderId: string;
  /** Of everything it said, contents by their digests. */
  digest: string;
  /** Its uploads by their ids. */
  uploads: Readonly<Record<string, { sha512: string; bytes: number; name: string }>>;
}

/** The deposit a system made under an id of its own; one that failed comes last. */
export async function depositSentAs(
  on: Sql,
  o: { systemId: string; senderId: string },
): Promise<{ deposit: Deposit; sent: SentBySystem } | undefined> {
  const r = await sql<Deposit & { sentDigest: string; sent: SentBySystem['uploads'] }>`select ${COLUMNS},
      d.sent_digest as "sentDigest", d.sent from deposit.deposit d
    where d.sent_by = ${o.systemId} and d.sender_id = ${o.senderId} order by (d.state <> 'failed') desc, d.id desc limit 1`.execute(
    on,
  );
  const [row] = r.rows;
  if (!row) return undefined;
  const { sentDigest, sent, ...deposit } = row;
  return { deposit, sent: { ...o, digest: sentDigest, uploads: sent } };
}

/** @returns false where the system made one under that id meanwhile */
export async function insertDeposit(tx: Tx, d: NewDeposit, sent: SentBySystem | null): Promise<boolean> {
  const r =
    await sql`insert into deposit.deposit (id, archive_id, agency_id, agency_code, agency_name, number, title, system, category,
      year_from, year_to, note, uploads, made_by, made_by_name, made_at, sent_by, sender_id, sent_digest, sent)
    values (${d.id}, ${d.archiveId}, ${d.agencyId}, ${d.agencyCode}, ${d.agencyName}, ${d.number}, ${d.title}, ${d.system},
      ${d.category}, ${d.yearFrom}, ${d.yearTo}, ${d.note}, ${d.uploads}::text[], ${d.madeBy}, ${d.madeByName}, ${d.madeAt},
      ${sent?.systemId ?? null}, ${sent?.senderId ?? null}, ${sent?.digest ?? null}, ${sent && JSON.stringify(sent.uploads)}::jsonb)
    on conflict (sent_by, sender_id) where state <> 'failed' do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function setJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await sql`update deposit.deposit set job_id = ${jobId} where id = ${id}`.execute(tx);
}

export async function depositById(on: Sql, id: string, lock = false): Promise<Deposit | undefined> {
  const r = await sql<Deposit>`select ${COLUMNS} from deposit.deposit d where d.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(on);
  return r.rows[0];
}

export interface DepositFilter {
  archiveId?: string | undefined;
  agencyId?: string | undefined;
  state?: DepositState | undefined;
}

export async function depositPage(
  on: Sql,
  o: DepositFilter & { before: string | undefined; limit: number },
): Promise<Deposit[]> {
  const r = await sql<Deposit>`select ${COLUMNS} from deposit.deposit d
    where (${o.archiveId ?? null}::uuid is null or d.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.agencyId ?? null}::uuid is null or d.agency_id = ${o.agencyId ?? null}::uuid)
      and (${o.state ?? null}::text is null or d.state = ${o.state ?? null})
      and (${o.before ?? null}::uuid is null or d.id < ${o.before ?? null}::uuid)
    order by d.id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

export interface DepositFile {
  seq: number;
  path: string;
  bytes: number;
  sha256: string;
  container: number | null;
  opened: boolean;
}

const AT_ONCE = 1_000;

/** In place of what an earlier try had written. */
export async function keepFiles(tx: Tx, id: string, files: readonly DepositFile[]): Promise<void> {
  await sql`delete from deposit.file where deposit_id = ${id}`.execute(tx);
  for (let i = 0; i < files.length; i += AT_ONCE)
    await sql`insert into deposit.file (deposit_id, seq, path, bytes, sha256, container, opened)
      select ${id}, f.seq, f.path, f.bytes, f.sha256, f.container, f.opened
      from jsonb_to_recordset(${JSON.stringify(files.slice(i, i + AT_ONCE))}::jsonb)
        as f (seq int, path text, bytes bigint, sha256 text, container int, opened boolean)`.execute(tx);
}

export async function filePage(
  on: Sql,
  id: string,
  o: { after: number; limit: number },
): Promise<DepositFile[]> {
  const r =
    await sql<DepositFile>`select seq, path, bytes::float8 as bytes, sha256, container, opened from deposit.file
    where deposit_id = ${id} and seq > ${o.after} order by seq limit ${o.limit}`.execute(on);
  return r.rows;
}

/** The files as they were sent, which lie sealed. */
export async function sealedFiles(on: Sql, id: string): Promise<DepositFile[]> {
  const r =
    await sql<DepositFile>`select seq, path, bytes::float8 as bytes, sha256, container, opened from deposit.file
    where deposit_id = ${id} and container is null order by seq`.execute(on);
  return r.rows;
}

export async function setKept(
  tx: Tx,
  id: string,
  k: {
    files: number;
    bytes: number;
    manifest: string;
    receipt: string;
    at: Date;
    keptUntil: string;
    key: string;
  },
): Promise<void> {
  await sql`insert into deposit.key (deposit_id, sealed) values (${id}, ${k.key})`.execute(tx);
  await sql`update deposit.deposit set state = 'kept', files = ${k.files}, bytes = ${k.bytes}, manifest = ${k.manifest},
      receipt = ${k.receipt}, sealed_at = ${k.at}, checked_at = ${k.at}, kept_until = ${k.keptUntil}::date, failure = null, uploads = '{}'
    where id = ${id}`.execute(tx);
}

export async function setState(
  tx: Tx,
  id: string,
  o: { state: 'blocked' | 'failed'; failure: string | null },
): Promise<void> {
  // Names of what was set apart stay nowhere else.
  await sql`update deposit.deposit set state = ${o.state}, failure = ${o.failure},
    sent = case when ${o.state} = 'blocked' and sent is not null then '{}'::jsonb else sent end where id = ${id}`.execute(
    tx,
  );
}

export async function noteFailure(on: Sql, id: string, failure: string): Promise<void> {
  await sql`update deposit.deposit set failure = ${failure} where id = ${id}`.execute(on);
}

export async function keyOf(on: Sql, id: string): Promise<string | undefined> {
  const r = await sql<{ sealed: string }>`select sealed from deposit.key where deposit_id = ${id}`.execute(
    on,
  );
  return r.rows[0]?.sealed;
}

export async function receiptOf(on: Sql, id: string): Promise<string | null> {
  const r = await sql<{
    receipt: string | null;
  }>`select receipt from deposit.deposit where id = ${id}`.execute(on);
  return r.rows[0]?.receipt ?? null;
}

export async function setChecked(on: Sql, id: string, o: { at: Date; damaged: boolean }): Promise<void> {
  await sql`update deposit.deposit set checked_at = ${o.at},
      damaged_at = case when ${o.damaged} then coalesce(damaged_at, ${o.at}) end where id = ${id}`.execute(
    on,
  );
}

/** Those longest not proved, of those whose turn it is. */
export async function depositsToCheck(on: Sql, before: Date, limit: number): Promise<Deposit[]> {
  const r = await sql<Deposit>`select ${COLUMNS} from deposit.deposit d
    where d.state = 'kept' and d.checked_at < ${before} order by d.checked_at limit ${limit}`.execute(on);
  return r.rows;
}

export async function depositsBeingSealed(on: Sql, limit: number): Promise<Deposit[]> {
  const r =
    await sql<Deposit>`select ${COLUMNS} from deposit.deposit d where d.state = 'sealing' order by d.id limit ${limit}`.execute(
      on,
    );
  return r.rows;
}

/** Of some ids those of which sealed content is, or is going to be, kept. */
export async function livingAmong(on: Sql, ids: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    id: string;
  }>`select id from deposit.deposit where id = any(${ids}::uuid[]) and state in ('sealing', 'kept')`.execute(
    on,
  );
  return new Set(r.rows.map((row) => row.id));
}

export async function setKeptUntil(tx: Tx, id: string, day: string): Promise<void> {
  await sql`update deposit.deposit set kept_until = ${day}::date where id = ${id}`.execute(tx);
}

/** Its key goes at once: what lies there can not be opened any more, wherever a copy of it is. */
export async function setEnded(
  tx: Tx,
  id: string,
  o: { at: Date; byName: string; reason: string },
): Promise<void> {
  await sql`delete from deposit.key where deposit_id = ${id}`.execute(tx);
  await sql`update deposit.deposit set state = 'ended', ended_at = ${o.at}, ended_by_name = ${o.byName}, ended_reason = ${o.reason}
    where id = ${id}`.execute(tx);
}

/** Days before the end of a deposit at which its agency is told. */
const AHEAD_DAYS = 90;

/** Deposits that end soon, looked at by their agency; damaged ones and unsealings that wait, by the archive. */
export function dueOfDeposits(w: DueOf): RawBuilder<unknown> {
  return sql`select 'depositEnding' as kind, d.id::text as id, d.archive_id as "archiveId", d.agency_id as "agencyId", 'agency' as side,
      d.number || ' ' || d.title as label, d.kept_until::text as "dueOn", d.kept_until::text as day, null::int as year,
      null::text as about, null::text as "aboutId", '{}'::text[] as "notBy"
    from deposit.deposit d where d.state = 'kept' and d.kept_until <= ${w.today}::date + ${AHEAD_DAYS}::int
    union all
    select 'depositDamaged', d.id::text, d.archive_id, d.agency_id, 'archive', d.number || ' ' || d.title, null,
      to_char(d.damaged_at at time zone ${w.timeZone}, 'YYYY-MM-DD'), null, null, null, '{}'
    from deposit.deposit d where d.state = 'kept' and d.damaged_at is not null
    union all
    select 'depositUnsealing', u.id::text, u.archive_id, u.agency_id, 'archive', d.number || ' ' || d.title, null,
      to_char(u.asked_at at time zone ${w.timeZone}, 'YYYY-MM-DD'), null, 'deposit', d.id::text, array[u.asked_by::text]
    from deposit.unsealing u join deposit.deposit d on d.id = u.deposit_id where u.state = 'asked' and d.state = 'kept'`;
}
