import { type Sql, sql, type Tx } from '#kernel/db';
import type { Side } from '../domain/side.ts';

export const ABOUT = ['schedule', 'scheduleLine', 'record', 'batch', 'agency'] as const;
export type About = (typeof ABOUT)[number];
export const REMARK_KINDS = ['comment', 'question', 'answer'] as const;
export type RemarkKind = (typeof REMARK_KINDS)[number];

/** Something said between an agency and its archive. */
export interface Remark {
  id: string;
  archiveId: string;
  agencyId: string;
  about: About;
  aboutId: string;
  lineKey: string | null;
  label: string;
  kind: RemarkKind;
  replyTo: string | null;
  side: Side;
  text: string;
  byId: string | null;
  byName: string;
  at: Date;
  settledAt: Date | null;
  settledByName: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", agency_id as "agencyId", about, about_id as "aboutId",
  line_key as "lineKey", label, kind, reply_to as "replyTo", side, text, by_id as "byId", by_name as "byName", at,
  settled_at as "settledAt", settled_by_name as "settledByName"`;

export async function insertRemark(tx: Tx, r: Omit<Remark, 'settledAt' | 'settledByName'>): Promise<void> {
  await sql`insert into filing.remark (id, archive_id, agency_id, about, about_id, line_key, label, kind, reply_to, side,
      text, by_id, by_name, at)
    values (${r.id}, ${r.archiveId}, ${r.agencyId}, ${r.about}, ${r.aboutId}, ${r.lineKey}::uuid, ${r.label}, ${r.kind},
      ${r.replyTo}::uuid, ${r.side}, ${r.text}, ${r.byId}::uuid, ${r.byName}, ${r.at})`.execute(tx);
}

export async function remarkById(on: Sql, id: string): Promise<Remark | undefined> {
  return (await sql<Remark>`select ${COLUMNS} from filing.remark where id = ${id}`.execute(on)).rows[0];
}

/** What was said about a thing, oldest first. */
export async function remarksAbout(on: Sql, aboutId: string, limit: number): Promise<Remark[]> {
  const r = await sql<Remark>`select ${COLUMNS} from filing.remark where about_id = ${aboutId}
    order by id limit ${limit}`.execute(on);
  return r.rows;
}

/** How many comments and questions of a side wait, about a thing. */
export async function unsettledAbout(on: Sql, aboutId: string, side: Side): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from filing.remark
    where about_id = ${aboutId} and side = ${side} and settled_at is null and reply_to is null`.execute(on);
  return r.rows[0]?.n ?? 0;
}

/** Of an archive or an agency what still waits for the other side, newest first. */
export async function unsettled(
  on: Sql,
  o: {
    archiveId?: string | undefined;
    agencyId?: string | undefined;
    side?: Side | undefined;
    limit: number;
  },
): Promise<Remark[]> {
  const r =
    await sql<Remark>`select ${COLUMNS} from filing.remark where settled_at is null and reply_to is null
      and (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.agencyId ?? null}::uuid is null or agency_id = ${o.agencyId ?? null}::uuid)
      and (${o.side ?? null}::text is null or side = ${o.side ?? null})
    order by id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** False where it is settled already. */
export async function settleRemark(tx: Tx, id: string, o: { at: Date; byName: string }): Promise<boolean> {
  const r = await sql`update filing.remark set settled_at = ${o.at}, settled_by_name = ${o.byName}
    where id = ${id} and settled_at is null`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}
