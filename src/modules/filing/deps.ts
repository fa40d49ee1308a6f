import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Staging } from '#kernel/staging';
import type { Holdings } from '#modules/holdings';
import type { ContentStore } from './content.ts';

export interface FilingDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  /** Archives, agencies and their fonds, and how reference codes are built there. */
  holdings: Pick<
    Holdings,
    'archives' | 'agenciesIn' | 'fondsOfAgencies' | 'fondsNames' | 'codeTemplateFor' | 'codesTaken'
  >;
  /** Where uploads wait. */
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  /** Where files of records lie until they are handed over. */
  content: ContentStore;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
  timeZone: string;
}
