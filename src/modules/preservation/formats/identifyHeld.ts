import type { Database } from '#kernel/db';
import { messageOf } from '#kernel/errors';
import type { JobKind, Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import { formatName } from '../package/records.ts';
import {
  countUnlooked,
  type FilePlace,
  setFormats,
  type UnlookedFile,
  unlookedFiles,
} from '../store/formats.ts';
import type { Identifying, ToIdentify } from './identifying.ts';

export const IDENTIFY_FORMATS_JOB = 'identify-formats';

/** Files told and written down together. */
const TOGETHER = 200;

export interface IdentifyHeldDeps {
  db: Database;
  log: Log;
  identifying: Identifying;
  /** Path a held file can be read by on this machine. */
  localPath(file: UnlookedFile): Promise<string>;
}

export interface IdentifyHeldResult {
  identified: number;
  /** Could not be read now: the next start tries again. */
  failed: number;
}

/**
 * Tells the formats of files that were taken in before anybody looked, and after a rebuild. What is told is written down
 * batch by batch, so a killed run goes on with those that are left.
 */
export function identifyHeld(
  deps: IdentifyHeldDeps,
): JobKind & { startWhereNeeded(jobs: Jobs): Promise<void> } {
  const lying = async (file: UnlookedFile): Promise<ToIdentify | null> => {
    try {
      return { path: await deps.localPath(file), name: file.originalName };
    } catch (e) {
      const { objectId: object, logicalPath: path } = file;
      deps.log.warn({ err: messageOf(e), object, path }, 'a held file could not be read to tell its format');
      return null;
    }
  };
  return {
    name: IDENTIFY_FORMATS_JOB,
    async run({ signal, progress }): Promise<IdentifyHeldResult> {
      await deps.identifying.demandUsable();
      const result = { identified: 0, failed: 0 };
      const total = await countUnlooked(deps.db.owner);
      for (let after: FilePlace | null = null; ; ) {
        signal.throwIfAborted();
        const files = await unlookedFiles(deps.db.owner, after, TOGETHER);
        const places = await Promise.all(files.map(lying));
        const readable = files.filter((_, i) => places[i]);
        const formats = await deps.identifying.identify(places.filter((p) => p !== null));
        const found = readable.flatMap(({ unitId, ordinal }, i) => {
          const format = formats[i];
          return format ? [{ unitId, ordinal, puid: format.puid, formatName: formatName(format) }] : [];
        });
        await deps.db.system((tx) => setFormats(tx, found));
        result.identified += found.length;
        result.failed += files.length - found.length;
        const done = result.identified + result.failed;
        progress({ step: 'reading', done, total: Math.max(total, done), rejected: result.failed });
        if (files.length < TOGETHER) return result;
        after = files.at(-1)!;
      }
    },
    async startWhereNeeded(jobs) {
      if ((await unlookedFiles(deps.db.owner, null, 1)).length === 0) return;
      if ((await jobs.pending([IDENTIFY_FORMATS_JOB])) > 0) return;
      await deps.db.system((tx) => jobs.enqueue(tx, IDENTIFY_FORMATS_JOB, {}));
    },
  };
}
