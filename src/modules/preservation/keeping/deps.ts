import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { CopiesConfig } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Examiner } from '../fixity/examiner.ts';
import type { OpenStores } from '../stores/openStores.ts';
import type { HeldUp } from './heldUp.ts';

export interface KeepingDeps {
  db: Database;
  clock: Clock;
  newId(): string;
  log: Log;
  audit: AuditTrail;
  jobs: Jobs;
  digests: DigestPool;
  examiner: Examiner;
  stores: OpenStores;
  heldUp: HeldUp;
  settings: CopiesConfig;
  masterKey: Uint8Array;
  /** All archives, for what only those at the top may do. */
  archives(): Promise<readonly { id: string; parentId: string | null }[]>;
  /** @throws Refusal unit.notFound, also where the actor may not know of it */
  readUnit(
    actor: Actor,
    id: string,
  ): Promise<{ unit: { id: string; archiveId: string; category: string | null; fondsId: string } }>;
  sees(actor: Actor, unitId: string, what: 'master'): Promise<boolean>;
}
