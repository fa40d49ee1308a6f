import type { EepSigner } from '#formats/eep';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { Archive, Holdings } from '#modules/holdings';
import type { IntakeCheck, Preservation, TechnicalMetadata } from '#modules/preservation';

/** What a file turns out to be when it is opened. */
export interface Opened {
  mediaType: string;
  pages: { width: number | null; height: number | null }[];
  technical: TechnicalMetadata;
  checks: IntakeCheck[];
}

export interface PackagesDeps {
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  digests: DigestPool;
  holdings: Pick<
    Holdings,
    | 'archives'
    | 'archiveByCode'
    | 'fonds'
    | 'fondsList'
    | 'addFonds'
    | 'agencies'
    | 'addAgency'
    | 'exportUnits'
    | 'readUnit'
    | 'findByCode'
    | 'unitSnapshots'
    | 'formerCodes'
    | 'demandTakingIn'
    | 'takeUnits'
    | 'takenBy'
  >;
  preservation: Pick<Preservation, 'repository' | 'hold' | 'keepReports'>;
  /** Opens a file that is taken in, or its bytes. @throws Refusal where it is of no kind that is shown, or broken */
  inspect(file: string | { bytes: Uint8Array; path(): Promise<string> }): Promise<Opened>;
  /** The texts of these units' pages are to be read. */
  wantTexts(tx: Tx, units: readonly { id: string; archiveId: string; pages: number }[]): Promise<void>;
  /** The picture of an entry's page, as JPEG, drawn from the held file after its bytes were checked. */
  pagePicture(unitId: string, pageNo: number): Promise<Uint8Array>;
  /** The site's malware scanner; undefined where there is none. */
  scan?: ((path: string) => Promise<string | undefined>) | undefined;
  /** PEM texts of certificates an archive trusts. */
  trust(archiveId: string): Promise<readonly string[]>;
  /** How an archive signs what leaves it. */
  signer(archive: Pick<Archive, 'id' | 'code' | 'name'>): Promise<EepSigner>;
  /** A folder for what does not fit into memory. */
  scratch: string;
}
