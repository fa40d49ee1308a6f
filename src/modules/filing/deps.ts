import type { AgencyOf } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Staging } from '#kernel/staging';
import type { Checks } from '#modules/checks';
import type { Classified } from '#modules/classified';
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
  /** Where what bears a classification is set apart. */
  classified: Pick<Classified, 'block'>;
  /** Where uploads wait. */
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  /** Where files of records lie until they are handed over. */
  content: ContentStore;
  /** A batch on its way as far as the asker sees it, for what is said about it: handover tells. */
  batch(tx: Tx, id: string): Promise<(AgencyOf & { label: string }) | undefined>;
  /** Records are judged by the four natures before they are filed. */
  checks: Pick<Checks, 'run' | 'prepare' | 'outcome' | 'standings' | 'close' | 'lastAbout'>;
  jobs: Pick<Jobs, 'enqueue'>;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
  timeZone: string;
}
