import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { FondsLines } from '#kernel/fondsLines';
import type { NewId } from '#kernel/ids';
import type { Staging } from '#kernel/staging';
import type { Classified } from '#modules/classified';
import type { ContentStore } from '#modules/filing';
import type { Holdings } from '#modules/holdings';

export interface FondsFileDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  holdings: Pick<Holdings, 'fonds'>;
  classified: Pick<Classified, 'block'>;
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  /** Where the files lie. */
  content: ContentStore;
  /** What the house knows of a fonds, by the modules whose matter it is. */
  lines: readonly FondsLines[];
  timeZone: string;
}
