import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';
import type { Holdings } from '#modules/holdings';
import type { Preservation } from '#modules/preservation';
import type { OcrEngine } from './ocr/index.ts';

/** What digitisation needs of search: page texts, told in the transaction that writes them. */
export interface TextIndex {
  indexPages(
    tx: Tx,
    unitId: string,
    pages: readonly { pageNo: number; text: string; confidence: number | null }[],
  ): Promise<void>;
}

export interface DigitisationDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  digests: DigestPool;
  staging: Staging;
  holdings: Pick<Holdings, 'unitIn' | 'idsByCodes' | 'idsByLooseCodes' | 'names'>;
  preservation: Pick<
    Preservation,
    'hold' | 'pages' | 'pageFile' | 'noteNotDrawn' | 'noteText' | 'noteTextDone'
  >;
  index: TextIndex;
  ocr: OcrEngine;
}
