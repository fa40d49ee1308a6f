import type { Database, Tx } from '../db.ts';
import { sql } from '../db.ts';
import { type Checkpoint, lastCheckpoint } from './checkpoints.ts';
import type { CheckpointCopy } from './copy.ts';
import type { AuditActor } from './entry.ts';
import type { AuditTrail } from './trail.ts';
import type { AuditVerdict } from './verify.ts';

/** How the trail is kept at this moment. */
export interface Keeping {
  /** Entries that have their place. */
  placed: number;
  /** Entries that wait for one. */
  waiting: number;
  last: Checkpoint | null;
  /** Second places of the checkpoints, and how far each is; null where it can not be read. */
  copies: { name: string; size: number | null }[];
  /** When the whole was verified, newest first. */
  verifications: Verification[];
}

/** One verification of the whole trail, as its entry tells it. */
export interface Verification {
  at: Date;
  by: string;
  valid: boolean;
  entries: number;
  findings: number;
}

const ACT = 'audit.verified';
const SHOWN = 5;

export async function auditKeeping(db: Database, copies: readonly CheckpointCopy[]): Promise<Keeping> {
  const places = await Promise.all(
    copies.map(async (c) => ({
      name: c.name,
      size: await c.last().then(
        (end) => end?.size ?? 0,
        () => null,
      ),
    })),
  );
  return db.system(async (tx) => {
    const counts = await sql<{ placed: number; waiting: number }>`select
      coalesce((select size from audit.frontier), 0)::bigint as placed,
      (select count(*)::int from audit.unplaced) as waiting`.execute(tx);
    return {
      placed: Number(counts.rows[0]?.placed ?? 0),
      waiting: counts.rows[0]?.waiting ?? 0,
      last: (await lastCheckpoint(tx)) ?? null,
      copies: places,
      verifications: await verifications(tx),
    };
  });
}

/** Verifications stand in the trail themselves: who, when, and what came out. */
async function verifications(tx: Tx): Promise<Verification[]> {
  const r = await sql<Verification>`select at, actor_name as by, (result is null or result = 'done') as valid,
      (detail->>'entries')::bigint as entries, (detail->>'findings')::int as findings
    from audit.entry where archive_id is null and act = ${ACT} order by at desc, id desc limit ${SHOWN}`.execute(
    tx,
  );
  return r.rows.map((v) => ({ ...v, entries: Number(v.entries) }));
}

/** Writes down that the whole trail was verified. */
export async function noteVerification(
  { db, audit }: { db: Database; audit: AuditTrail },
  actor: AuditActor,
  v: AuditVerdict,
): Promise<void> {
  const first = v.findings.find((f) => f.severity === 'error') ?? v.findings[0];
  await db.system((tx) =>
    audit.append(tx, {
      actor,
      archiveId: null,
      act: ACT,
      target: { type: 'audit', id: String(v.entries) },
      result: v.valid ? 'done' : 'failed',
      detail: {
        entries: v.entries,
        checkpoints: v.checkpoints,
        countersignatures: v.countersignatures,
        findings: v.findings.length,
        ...(first ? { first: `${first.path}: ${first.message}`.slice(0, 500) } : {}),
      },
    }),
  );
}
