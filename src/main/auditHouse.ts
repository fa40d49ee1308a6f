import { join } from 'node:path';
import {
  type AuditActor,
  type AuditTrail,
  auditKeeping,
  createCountersigning,
  createReadTrail,
  createSequencer,
  fileCopy,
  noteVerification,
  planPruning,
  pruneAudit,
  verifyAudit,
} from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import type { KeyOwner, Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import { createOutbound } from '#kernel/outbound';
import { settleRestored } from './restoredMark.ts';

export const VERIFY_AUDIT_JOB = 'verify-audit';

/** The audit trail with all that keeps it: places, checkpoints in two places, countersignatures, retention. */
export function auditHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  audit: AuditTrail;
  jobs: Jobs;
  archives(): Promise<readonly KeyOwner[]>;
  /** What else has its time, an hour apart at least. */
  onHour(): Promise<void>;
}) {
  const { config, db, clock, keyring } = o;
  const copies = [config.dataDir, ...(config.auditCopy ? [config.auditCopy] : [])].map((folder) =>
    fileCopy(join(folder, 'audit-checkpoints.jsonl')),
  );
  const settle = () => settleRestored(o, copies);
  const reads = createReadTrail({ db, clock, audit: o.audit, timeZone: config.timezone });
  const countersigning = createCountersigning({ ...o, outbound: createOutbound(config.peers) });
  const sequencer = createSequencer({
    db,
    clock,
    keyring,
    copies,
    log: o.log,
    algorithm: config.auditDigest,
    checkpointEveryMs: config.auditCheckpointSeconds * 1_000,
    settle,
    ...(config.auditCountersign === 'turn' ? { onCheckpoint: () => countersigning.inTurn() } : {}),
    async onHour() {
      await reads.forgetOld();
      if (config.auditKeepMonths !== undefined)
        await pruneAudit(o, { id: null, name: 'lantai' }, config.auditKeepMonths);
      await o.onHour();
    },
  });
  /** Verifies the whole, and writes down that it was done and what came out. */
  async function verify(actor: AuditActor) {
    await settle();
    await sequencer.place();
    const verdict = await verifyAudit({ db, clock, keyring, copies });
    await noteVerification(o, actor, verdict);
    return verdict;
  }
  return {
    reads,
    countersigning,
    sequencer,
    retention: {
      plan: (keepMonths: number) => planPruning(o, keepMonths),
      prune: (actor: AuditActor, keepMonths: number, reason: string) =>
        pruneAudit(o, actor, keepMonths, reason),
    },
    keeping: () => auditKeeping(db, copies),
    verifyAudit: verify,
    verification: {
      /** Verifies the whole in the background, once at a time. */
      async start(actor: AuditActor): Promise<void> {
        if ((await o.jobs.pending([VERIFY_AUDIT_JOB])) > 0) return;
        await db.system((tx) =>
          o.jobs.enqueue(
            tx,
            VERIFY_AUDIT_JOB,
            { actor: { id: actor.id, name: actor.name } },
            { followed: false },
          ),
        );
      },
      running: async () => (await o.jobs.pending([VERIFY_AUDIT_JOB])) > 0,
      kind: {
        name: VERIFY_AUDIT_JOB,
        run: async ({ data }: { data: { actor: AuditActor } }) => {
          const { valid, entries } = await verify(data.actor);
          return { valid, entries };
        },
      },
    },
  };
}
