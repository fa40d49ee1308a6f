import { workerData } from 'node:worker_threads';
import { createAuditTrail, type HashAlgorithm } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createStaging } from '#kernel/staging';
import { serveImportWork } from '#modules/holdings';
import {
  ENTRY_LINES,
  fold,
  indexFonds,
  indexNewUnits,
  indexUnits,
  removeUnits,
  settle,
  titlesLike,
} from '#modules/search';

/** What the thread of a catalogue import is given. */
export interface ImportThreadData {
  databaseUrl: string;
  /** The application's login; see DatabaseOptions. */
  databaseAppUrl?: string | undefined;
  auditDigest: HashAlgorithm;
  folder: string;
  apart: string;
}

/** Where the script of an import's thread lies. */
export const IMPORT_THREAD = new URL(import.meta.url);

const given = workerData as ImportThreadData | null;
if (given?.databaseUrl) {
  serveImportWork({
    db: openDatabase({ url: given.databaseUrl, appUrl: given.databaseAppUrl, max: 3 }),
    clock: systemClock,
    newId,
    audit: createAuditTrail(systemClock, newId, given.auditDigest),
    // The job is under way; nothing more is enqueued and nothing uploaded from here.
    jobs: {
      enqueue: async () => {
        throw new Error('a thread enqueues nothing');
      },
    },
    staging: createStaging(given.folder),
    // Taking back is done where the house stands.
    index: {
      changed: async () => {
        throw new Error('a thread takes nothing back');
      },
    },
    indexer: {
      lines: ENTRY_LINES,
      indexNewUnits,
      indexUnits,
      indexFonds,
      removeUnits,
      settle,
      titlesLike,
      fold,
    },
    folder: given.folder,
    apart: given.apart,
  });
}
