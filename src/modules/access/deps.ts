import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { PersonalVault } from '#kernel/personal-data';
import type { Archive, UnitRecord, UnitView } from '#modules/holdings';

/** What certified copies need of the other modules. */
export interface AccessDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  keyring: Keyring;
  vault: PersonalVault;
  /** Opens what versions before this closed under the master key itself. */
  openEarlier(sealed: string, place: string): string;
  archives(): Promise<readonly Archive[]>;
  unit(actor: Actor, id: string): Promise<UnitView>;
  /** Demands that the actor may have a record printed. @throws Refusal unit.notFound, visibility.print.forbidden */
  demandPrint(actor: Actor, unitId: string): Promise<void>;
  /** An entry as it stands in a transaction, if it exists there. */
  unitIn(tx: Tx, id: string): Promise<UnitRecord | undefined>;
  /** Categories and fonds of entries, those that exist in the transaction. */
  kindsIn(
    tx: Tx,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Pick<UnitRecord, 'category' | 'fondsId'>>>;
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
