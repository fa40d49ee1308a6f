import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { PrintConfig } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { FondsFiles } from '#modules/fondsfile';
import type { Holdings } from '#modules/holdings';

export interface PrintingDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  log: Log;
  holdings: Pick<Holdings, 'archives' | 'recordsSeen' | 'countUpTo' | 'fonds' | 'readUnit' | 'counts'>;
  fondsFiles: Pick<FondsFiles, 'read'>;
  /** Whoever asked, with the posts of today; undefined where there is no such person any more. */
  actorById(id: string): Promise<Actor | undefined>;
  /** Where finished files lie, one folder each. */
  folder: string;
  settings: PrintConfig;
  /** Addresses in QR codes begin with it. */
  publicUrl: string;
  timeZone: string;
}
