import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { DueRows } from '#kernel/due';
import type { NewId } from '#kernel/ids';
import type { Staging } from '#kernel/staging';
import type { Classified } from '#modules/classified';
import type { ContentStore, Filing } from '#modules/filing';

export interface GuidanceDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  filing: Pick<Filing, 'agencies'>;
  classified: Pick<Classified, 'block'>;
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  /** Where files that go with notices lie. */
  content: ContentStore;
  /** What is due, by the modules whose matter it is. */
  due: readonly DueRows[];
  today(): string;
  timeZone: string;
}
