import { type Sql, sql, type Tx } from '#kernel/db';
import { leastIdAt } from '#kernel/ids';
import type { SaidFinding } from '../domain/registration.ts';
import type { ItemKind } from './items.ts';

export const OUTCOMES = ['taken', 'changed', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type Way = 'api' | 'drop';

/** One line of the log of what came in. */
export interface ArrivalLine {
  id: string;
  systemId: string;
  archiveId: string;
  agencyId: string;
  at: Date;
  way: Way;
  kind: ItemKind;
  /** Null for what may not be named. */
  senderId: string | null;
  title: string | null;
  outcome: Outcome;
  code: string | null;
  findings: SaidFinding[];
  files: number;
  bytes: number;
  targetId: string | null;
}

/** What was refused may hold what no text can keep, and is written down all the same. */
const storable = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\u0000', '\ufffd').toWellFormed() : value;

export async function insertArrivals(tx: Tx, lines: readonly ArrivalLine[]): Promise<void> {
  await sql`insert into intake.arrival (id, system_id, archive_id, agency_id, at, way, kind, sender_id, title, outcome, code,
      findings, files, bytes, target_id)
    select a.id, a."systemId", a."archiveId", a."agencyId", a.at, a.way, a.kind, a."senderId", a.title, a.outcome, a.code,
      a.findings, a.files, a.bytes, a."targetId"
    from jsonb_to_recordset(${JSON.stringify(lines, storable)}::jsonb) as a (id uuid, "systemId" uuid, "archiveId" uuid,
      "agencyId" uuid, at timestamptz, way text, kind text, "senderId" text, title text, outcome text, code text,
      findings jsonb, files int, bytes bigint, "targetId" uuid)`.execute(tx);
}

/** Lines from before a moment go, so many at once and the oldest first. @returns how many went */
export async function deleteArrivals(on: Sql, before: Date, most: number): Promise<number> {
  const gone = await sql`delete from intake.arrival where id in
    (select id from intake.arrival where id < ${leastIdAt(before)}::uuid order by id limit ${most})`.execute(
    on,
  );
  return Number(gone.numAffectedRows ?? 0);
}

/** The newest first. */
export async function arrivalPage(
  on: Sql,
  f: {
    systemId?: string | undefined;
    agencyId?: string | undefined;
    outcome?: Outcome | undefined;
    way?: Way | undefined;
    /** Days, in this time zone. */
    from?: string | undefined;
    to?: string | undefined;
    timeZone: string;
    before: string | undefined;
    limit: number;
  },
): Promise<(ArrivalLine & { systemName: string })[]> {
  const r = await sql<
    ArrivalLine & { systemName: string }
  >`select a.id, a.system_id as "systemId", a.archive_id as "archiveId",
      a.agency_id as "agencyId", a.at, a.way, a.kind, a.sender_id as "senderId", a.title, a.outcome, a.code, a.findings, a.files,
      a.bytes::float8 as bytes, a.target_id as "targetId", s.settings ->> 'name' as "systemName"
    from intake.arrival a join intake.system s on s.id = a.system_id
    where (${f.systemId ?? null}::uuid is null or a.system_id = ${f.systemId ?? null}::uuid)
      and (${f.agencyId ?? null}::uuid is null or a.agency_id = ${f.agencyId ?? null}::uuid)
      and (${f.outcome ?? null}::text is null or a.outcome = ${f.outcome ?? null})
      and (${f.way ?? null}::text is null or a.way = ${f.way ?? null})
      and (${f.from ?? null}::date is null or a.at >= (${f.from ?? null}::date)::timestamp at time zone ${f.timeZone})
      and (${f.to ?? null}::date is null or a.at < (${f.to ?? null}::date + 1)::timestamp at time zone ${f.timeZone})
      and (${f.before ?? null}::uuid is null or a.id < ${f.before ?? null}::uuid)
    order by a.id desc limit ${f.limit}`.execute(on);
  return r.rows;
}
