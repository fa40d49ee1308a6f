import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Archive, UnitView } from '#modules/holdings';
import type { Sealer } from './domain/applicant.ts';

/** What certified copies need of the other modules. */
export interface AccessDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  keyring: Keyring;
  sealer: Sealer;
  archives(): Promise<readonly Archive[]>;
  unit(actor: Actor, id: string): Promise<UnitView>;
  /** A page's picture, drawn from the held file, and the held file's digest (fixity is checked while reading). */
  pagePicture(
    unitId: string,
    pageNo: number,
  ): Promise<{ picture: Uint8Array | string; sourceSha256: string }>;
  pageText(unitId: string, pageNo: number): Promise<string | undefined>;
  /** Folder the issued PDFs are kept in. */
  folder: string;
  /** Address people reach this install under; certificates print it. */
  publicUrl: string;
  /** In which the archive counts its days: IANA name. */
  timeZone: string;
}
