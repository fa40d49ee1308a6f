import type { Actor } from '#kernel/actor';
import type { AuditVerdict, Pruned, PruningPlan } from '#kernel/audit';
import type { Database } from '#kernel/db';
import type { Jobs } from '#kernel/jobs';
import type { Access } from '#modules/access';
import type { Accessions } from '#modules/accessions';
import type { Authorities } from '#modules/authorities';
import type { Backups } from '#modules/backup';
import type { Checks } from '#modules/checks';
import type { Digitisation } from '#modules/digitisation';
import type { Filing } from '#modules/filing';
import type { CatalogueExport, CatalogueImport, CountsVerdict, Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import type { Intake } from '#modules/intake';
import type { Packages } from '#modules/packages';
import type {
  Disposals,
  FixityOrder,
  FixityReport,
  Keeping,
  MediaSets,
  RebuildOrder,
  Rebuilt,
  Segments,
} from '#modules/preservation';
import type { Transfers } from '#modules/transfer';

/** The modules, put together, as commands use them. */
export interface CliHouse {
  db: Database;
  jobs: Jobs;
  identity: Identity;
  holdings: Holdings;
  imports: CatalogueImport;
  /** The catalogue leaves as lists and finding aids. */
  catalogue: CatalogueExport;
  digitisation: Digitisation;
  access: Access;
  /** What comes, and from whom. */
  accessions: Accessions;
  authorities: Authorities;
  backups: Backups;
  /** Stores and what they hold. */
  copies: Pick<Keeping, 'stores' | 'addStore'>;
  segments: Segments;
  /** Copies kept off-line. */
  media: MediaSets;
  disposals: Disposals;
  /** Records leave and come in as packages. */
  packages: Packages;
  /** What agencies file before it is handed over. */
  filing: Filing;
  transfers: Transfers;
  /** What other systems of agencies send. */
  intake: Intake;
  checks: Checks;
  /** Verifies what is held; for the machine itself, and for who looks after the holdings of every archive at the top. */
  fixity(order: FixityOrder): Promise<FixityReport>;
  /** Makes the catalogue again from the storage root. @throws Refusal rebuild.*, actor.forbidden */
  rebuild(order: Omit<RebuildOrder, 'actor'>): Promise<Rebuilt>;
  /** Numbers kept of the holdings; for the machine itself, and for who looks after the holdings of every archive at the top. */
  counts: {
    verify(): Promise<CountsVerdict & { right: boolean }>;
    mend(): Promise<void>;
  };
  /** Who the command acts as: the account named by `--as`, else the system in the operating-system user's name. */
  actor: Actor;
  verifyAudit(): Promise<AuditVerdict>;
  /** Retention of the trail; for the machine itself, and for who looks after the audit of every archive at the top. */
  auditKeeping: {
    plan(keepMonths: number): Promise<PruningPlan>;
    prune(keepMonths: number, reason: string): Promise<Pruned>;
  };
  /**
   * New data keys for personal data, in one archive or all; for the machine itself, and for who looks after the rights
   * there. @returns how many keys were replaced
   */
  rotateDataKeys(archiveId: string | undefined, reason: string): Promise<number>;
  /** Starts working on jobs in this process, beside whatever else does. */
  workHere(): Promise<void>;
  /** Waits until no job of these kinds waits or runs. */
  finishJobs(kinds: readonly string[], onWait?: (left: number) => void): Promise<void>;
}

/** A running service. */
export interface Service {
  house: CliHouse;
  /** Address it answers at; undefined for workers alone. */
  url: string | undefined;
  /** Where to make the first account; undefined when there is one. */
  setupUrl: string | undefined;
  stop(): Promise<void>;
}
