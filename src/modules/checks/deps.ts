import type { IdentifierConfig } from '#formats/pronom';
import type { ReferenceTemplate } from '#formats/reference-codes';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Packages } from '#modules/packages';
import type { HeldOutcome } from './domain/heldOutcome.ts';
import type { SharedLookers } from './looking/shared.ts';
import type { CheckServices } from './rules/rule.ts';

/** What a house gives its checks; the threads they share are their own. */
export type ChecksGround = Omit<ChecksDeps, 'lookers'>;

export interface ChecksDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  log: Log;
  packages: Pick<Packages, 'look' | 'held'>;
  /** What the house can do for rules: its scanner, its drills. Whom it trusts each archive says. */
  services: Omit<CheckServices, 'trust'>;
  /** How formats are told; looked up for each run, since a new release may have been fetched. */
  formats(): Promise<IdentifierConfig>;
  /** How reference codes are built in an archive, and which of its numbers were withdrawn. */
  codes: {
    /** None: as the standards build them. */
    templates(archiveId: string): Promise<readonly ReferenceTemplate[]>;
    isVoid(archiveId: string, code: string): Promise<boolean>;
  };
  /** A check of what is held is over: whoever keeps it is told, again where the telling was broken off. */
  onHeld?: ((outcome: HeldOutcome) => Promise<void>) | undefined;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
  timeZone: string;
  scratch: string;
  lookers: SharedLookers;
}
