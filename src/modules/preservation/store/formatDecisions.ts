import { type Sql, sql, type Tx } from '#kernel/db';
import type { Policy, Risk } from '../formats/domain/types.ts';

export interface FormatDecision {
  id: string;
  archiveId: string;
  /** A format's identifier, or `category:<category>`. */
  subject: string;
  risk: Risk | null;
  policy: Policy | null;
  reason: string;
  decidedBy: string | null;
  decidedByName: string;
  decidedAt: Date;
}

const DECISION = sql`id, archive_id as "archiveId", subject, risk, policy, reason, decided_by as "decidedBy",
  decided_by_name as "decidedByName", decided_at as "decidedAt"`;

export async function insertDecision(tx: Tx, d: FormatDecision): Promise<void> {
  await sql`insert into preservation.format_decision (id, archive_id, subject, risk, policy, reason, decided_by,
      decided_by_name, decided_at)
    values (${d.id}, ${d.archiveId}, ${d.subject}, ${d.risk}, ${d.policy}, ${d.reason}, ${d.decidedBy},
      ${d.decidedByName}, ${d.decidedAt})`.execute(tx);
}

/** The decision that counts for each subject of an archive. */
export async function decisionsOf(on: Sql, archiveId: string): Promise<FormatDecision[]> {
  const r =
    await sql<FormatDecision>`select distinct on (subject) ${DECISION} from preservation.format_decision
    where archive_id = ${archiveId}::uuid order by subject, decided_at desc, id desc`.execute(on);
  return r.rows;
}

/** All decisions on a subject, or of an archive, the newest first. */
export async function decisionHistory(
  on: Sql,
  o: {
    archiveId: string;
    subject?: string | undefined;
    before?: { at: Date; id: string } | undefined;
    limit: number;
  },
): Promise<FormatDecision[]> {
  const of = o.subject === undefined ? sql`` : sql`and subject = ${o.subject}`;
  const before = o.before
    ? sql`and (decided_at, id) < (${o.before.at}::timestamptz, ${o.before.id}::uuid)`
    : sql``;
  const r = await sql<FormatDecision>`select ${DECISION} from preservation.format_decision
    where archive_id = ${o.archiveId}::uuid ${of} ${before} order by decided_at desc, id desc limit ${o.limit}`.execute(
    on,
  );
  return r.rows;
}
