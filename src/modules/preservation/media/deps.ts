import type { StoreReader } from '#formats/ocfl';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Holdings } from '#modules/holdings';
import type { MediaRules } from './domain/due.ts';

/** What media sets need of the others. */
export interface MediaDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  digests: DigestPool;
  rules: MediaRules;
  holdings: Pick<Holdings, 'archives' | 'names' | 'fonds' | 'chosen'>;
  /** The storage root, read as it lies. */
  root: StoreReader;
  /** Path of an object in the storage root. */
  pathOf(objectId: string): string;
  /** Folders media are mounted in or images are written to; nothing else may be written or read. */
  folders: readonly string[];
  /** In which the archive counts its days: IANA name. */
  timeZone: string;
}
