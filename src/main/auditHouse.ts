import { join } from 'node:path';
import {
  type AuditActor,
  type AuditTrail,
  createCountersigning,
  createReadTrail,
  createSequencer,
  fileCopy,
  planPruning,
  pruneAudit,
  verifyAudit,
} from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { KeyOwner, Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';

/** The audit trail with all that keeps it: places, checkpoints in two places, countersignatures, retention. */
export function auditHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  audit: AuditTrail;
  archives(): Promise<readonly KeyOwner[]>;
}) {
  const { config, db, clock, keyring } = o;
  const copies = [config.dataDir, ...(config.auditCopy ? [config.auditCopy] : [])].map((folder) =>
    fileCopy(join(folder, 'audit-checkpoints.jsonl')),
  );
  const reads = createReadTrail({ db, clock, audit: o.audit, timeZone: config.timezone });
  const countersigning = createCountersigning(o);
  const sequencer = createSequencer({
    ...{ db, clock, keyring, copies, log: o.log },
    algorithm: config.auditDigest,
    ...(config.auditCountersign === 'turn' ? { onCheckpoint: () => countersigning.inTurn() } : {}),
    async onHour() {
      await reads.forgetOld();
      if (config.auditKeepMonths !== undefined)
        await pruneAudit(o, { id: null, name: 'lantai' }, config.auditKeepMonths);
    },
  });
  return {
    reads,
    countersigning,
    sequencer,
    retention: {
      plan: (keepMonths: number) => planPruning(o, keepMonths),
      prune: (actor: AuditActor, keepMonths: number, reason: string) =>
        pruneAudit(o, actor, keepMonths, reason),
    },
    verifyAudit: () => verifyAudit({ db, clock, keyring, copies }),
  };
}
