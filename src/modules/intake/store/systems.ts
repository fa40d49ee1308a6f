import { type Sql, sql, type Tx } from '#kernel/db';
import type { SystemSettings } from '../domain/settings.ts';

export type SystemState = 'proposed' | 'admitted' | 'refused' | 'ended';

/** A sender system, with what it has sent today and in all. */
export interface SenderSystem {
  id: string;
  archiveId: string;
  agencyId: string;
  settings: SystemSettings;
  /** What somebody wants the settings to be. */
  wanted: SystemSettings | null;
  state: SystemState;
  proposedBy: string;
  proposedByName: string;
  proposedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
  items: number;
  bytes: number;
  todayItems: number;
  todayBytes: number;
  todayRefused: number;
  version: number;
}

const columns = (
  day: string,
) => sql`s.id, s.archive_id as "archiveId", s.agency_id as "agencyId", s.settings, s.wanted, s.state,
  s.proposed_by as "proposedBy", s.proposed_by_name as "proposedByName", s.proposed_at as "proposedAt",
  s.decided_by_name as "decidedByName", s.decided_at as "decidedAt", s.note, s.items::float8 as items, s.bytes::float8 as bytes,
  coalesce(u.items, 0) as "todayItems", coalesce(u.bytes, 0)::float8 as "todayBytes", coalesce(u.refused, 0) as "todayRefused",
  s.version from intake.system s left join intake.day_use u on u.system_id = s.id and u.day = ${day}::date`;

export async function insertSystem(
  tx: Tx,
  s: Pick<
    SenderSystem,
    'id' | 'archiveId' | 'agencyId' | 'settings' | 'proposedBy' | 'proposedByName' | 'proposedAt'
  >,
): Promise<void> {
  await sql`insert into intake.system (id, archive_id, agency_id, settings, proposed_by, proposed_by_name, proposed_at)
    values (${s.id}, ${s.archiveId}, ${s.agencyId}, ${JSON.stringify(s.settings)}::jsonb, ${s.proposedBy}, ${s.proposedByName},
      ${s.proposedAt})`.execute(tx);
}

/** @param o.lock nobody else changes it until the transaction ends */
export async function systemById(
  on: Sql,
  id: string,
  o: { day: string; lock?: boolean },
): Promise<SenderSystem | undefined> {
  const lock = o.lock ? sql`for update of s` : sql``;
  const r = await sql<SenderSystem>`select ${columns(o.day)} where s.id = ${id} ${lock}`.execute(on);
  return r.rows[0];
}

export async function systemPage(
  on: Sql,
  f: {
    archiveId?: string | undefined;
    agencyId?: string | undefined;
    day: string;
    after: string | undefined;
    limit: number;
  },
): Promise<SenderSystem[]> {
  const r = await sql<SenderSystem>`select ${columns(f.day)}
    where (${f.archiveId ?? null}::uuid is null or s.archive_id = ${f.archiveId ?? null}::uuid)
      and (${f.agencyId ?? null}::uuid is null or s.agency_id = ${f.agencyId ?? null}::uuid)
      and (${f.after ?? null}::uuid is null or s.id > ${f.after ?? null}::uuid)
    order by s.id limit ${f.limit}`.execute(on);
  return r.rows;
}

/** Systems that wait for somebody of the archive to agree, the oldest first. */
export async function systemsWaiting(on: Sql, day: string, limit: number): Promise<SenderSystem[]> {
  const r = await sql<SenderSystem>`select ${columns(day)}
    where s.state = 'proposed' or (s.state = 'admitted' and s.wanted is not null) order by s.id limit ${limit}`.execute(
    on,
  );
  return r.rows;
}

/** Systems a folder is watched for. For the system itself. */
export async function systemsWithDrop(on: Sql, day: string): Promise<SenderSystem[]> {
  const r = await sql<SenderSystem>`select ${columns(day)}
    where s.state = 'admitted' and (s.settings ->> 'drop')::boolean order by s.id`.execute(on);
  return r.rows;
}

/** Writes where a system stands, over the version that was read. @returns false where somebody was quicker */
export async function writeSystem(tx: Tx, s: SenderSystem): Promise<boolean> {
  const json = (v: SystemSettings | null) => (v === null ? null : JSON.stringify(v));
  const done =
    await sql`update intake.system set settings = ${json(s.settings)}::jsonb, wanted = ${json(s.wanted)}::jsonb,
      state = ${s.state}, proposed_by = ${s.proposedBy}, proposed_by_name = ${s.proposedByName}, proposed_at = ${s.proposedAt},
      decided_by_name = ${s.decidedByName}, decided_at = ${s.decidedAt}, note = ${s.note}, version = version + 1
    where id = ${s.id} and version = ${s.version}`.execute(tx);
  return Number(done.numAffectedRows ?? 0) === 1;
}
