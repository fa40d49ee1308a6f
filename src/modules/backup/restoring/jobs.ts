import type { Database } from '#kernel/db';
import { endOrphans, takeUpJobs } from '#kernel/jobs';
import { settleRuns } from '../store/runs.ts';
import { plainOf } from './chunks.ts';
import type { Restored } from './restore.ts';

const BATCH = 1000;
const GONE = 'This was under way when the backup was made that this installation was restored from.';

/** Takes up what waited or ran when the backup was made. The queues are there. @returns how many jobs wait again */
export async function restoreJobs(db: Database, { manifest, place, seal }: Restored): Promise<number> {
  let waiting = 0;
  let rest = Buffer.alloc(0);
  let lines: string[] = [];
  const flush = async (least: number) => {
    while (lines.length >= least && lines.length > 0) waiting += await takeUpJobs(db, lines.splice(0, BATCH));
  };
  for await (const bytes of plainOf(place, seal, manifest.jobs.chunks)) {
    rest = Buffer.concat([rest, bytes]);
    const end = rest.lastIndexOf(10);
    lines.push(
      ...rest
        .subarray(0, end + 1)
        .toString('utf8')
        .split('\n')
        .filter(Boolean),
    );
    rest = rest.subarray(end + 1);
    await flush(BATCH);
  }
  lines = lines.concat(rest.length > 0 ? [rest.toString('utf8')] : []);
  await flush(1);
  await endOrphans(db, GONE);
  const { id: backup, run, takenAt, finishedAt } = manifest;
  await settleRuns(
    db.owner,
    { id: run, backup, takenAt, endedAt: finishedAt },
    { code: 'backup.gone', message: GONE },
  );
  return waiting;
}
