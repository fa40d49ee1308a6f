import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { ArchiveNode } from './domain/rights.ts';

/** What identity needs from the house. */
export interface IdentityDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  archives(): Promise<readonly ArchiveNode[]>;
  /** Founds the first archive at set-up. Returns its id. */
  foundArchive(tx: Tx, actor: Actor, archive: { code: string; name: string; level: string }): Promise<string>;
}
