import { sql } from '../db.ts';
import type { AuditEntry, AuditResult, AuditRule, HashAlgorithm } from './entry.ts';

/** An entry as the database gives it. */
export interface EntryRow {
  id: string;
  at: Date;
  actorId: string | null;
  actorName: string;
  archiveId: string | null;
  act: string;
  targetType: string;
  targetId: string;
  detail: Record<string, unknown>;
  purpose: string | null;
  address: string | null;
  result: AuditResult | null;
  rule: AuditRule | null;
  algorithm: HashAlgorithm;
}

/** The columns of an `EntryRow`, of the table named `e`. */
export const entryColumns = sql`e.id, e.at, e.actor_id as "actorId", e.actor_name as "actorName",
  e.archive_id as "archiveId", e.act, e.target_type as "targetType", e.target_id as "targetId", e.detail,
  e.purpose, e.address, e.result, e.rule, e.algorithm`;

/** The entry as it was written. */
export function entryOf(row: EntryRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    actor: { id: row.actorId, name: row.actorName },
    archiveId: row.archiveId,
    act: row.act,
    target: { type: row.targetType, id: row.targetId },
    detail: row.detail,
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...(row.address === null ? {} : { address: row.address }),
    ...(row.result === null ? {} : { result: row.result }),
    ...(row.rule === null ? {} : { rule: row.rule }),
  };
}
