import { type Sql, sql, type Tx } from '#kernel/db';

/** A mark that keeps content from being destroyed. */
export interface LegalHold {
  id: string;
  archiveId: string;
  unitId: string | null;
  fondsId: string | null;
  reason: string;
  basis: string;
  until: string | null;
  setBy: string | null;
  setByName: string;
  setAt: Date;
  endedAt: Date | null;
  endedByName: string | null;
  endReason: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", unit_id as "unitId", fonds_id as "fondsId", reason, basis, until,
  set_by as "setBy", set_by_name as "setByName", set_at as "setAt", ended_at as "endedAt", ended_by_name as "endedByName",
  end_reason as "endReason"`;
const LIVING = sql`ended_at is null and (until is null or until >= lantai.today())`;

export async function insertLegalHold(
  tx: Tx,
  h: Omit<LegalHold, 'endedAt' | 'endedByName' | 'endReason'>,
): Promise<void> {
  await sql`insert into preservation.legal_hold (id, archive_id, unit_id, fonds_id, reason, basis, until, set_by, set_by_name, set_at)
    values (${h.id}, ${h.archiveId}, ${h.unitId}, ${h.fondsId}, ${h.reason}, ${h.basis}, ${h.until}, ${h.setBy}, ${h.setByName},
      ${h.setAt})`.execute(tx);
}

export async function legalHoldById(tx: Tx, id: string): Promise<LegalHold | undefined> {
  const r =
    await sql<LegalHold>`select ${COLUMNS} from preservation.legal_hold where id = ${id} for update`.execute(
      tx,
    );
  return r.rows[0];
}

export async function endLegalHoldRow(
  tx: Tx,
  h: { id: string; at: Date; byName: string; reason: string },
): Promise<void> {
  await sql`update preservation.legal_hold set ended_at = ${h.at}, ended_by_name = ${h.byName}, end_reason = ${h.reason}
    where id = ${h.id}`.execute(tx);
}

export async function legalHoldPage(
  tx: Tx,
  o: { archiveId?: string | undefined; ended: boolean; before?: string; limit: number },
): Promise<LegalHold[]> {
  const r = await sql<LegalHold>`select ${COLUMNS} from preservation.legal_hold
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.ended} or (${LIVING}))
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Marks in force in an archive: on which units, on which fonds. */
export async function livingHolds(
  tx: Sql,
  archiveId: string,
): Promise<{ id: string; unitId: string | null; fondsId: string | null }[]> {
  const r = await sql<{ id: string; unitId: string | null; fondsId: string | null }>`
    select id, unit_id as "unitId", fonds_id as "fondsId" from preservation.legal_hold
    where archive_id = ${archiveId} and ${LIVING}`.execute(tx);
  return r.rows;
}

export async function legalHoldsByIds(tx: Sql, ids: readonly string[]): Promise<LegalHold[]> {
  const r =
    await sql<LegalHold>`select ${COLUMNS} from preservation.legal_hold where id = any(${ids}::uuid[]) order by id`.execute(
      tx,
    );
  return r.rows;
}

/** Fonds of an archive that are held back as a whole. */
export async function fondsOnHold(on: Sql, archiveId: string): Promise<string[]> {
  return (await livingHolds(on, archiveId)).flatMap((h) => h.fondsId ?? []);
}
