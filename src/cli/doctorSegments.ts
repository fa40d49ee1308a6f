import { openRepository, openStore } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import type { Database } from '#kernel/db';
import { isRefusal, messageOf } from '#kernel/errors';
import { compareStreams, lagOf, rebuildUnderWay, type StreamDifference } from '#modules/preservation';
import type { CliContext } from './command.ts';
import type { HealthCheck } from './doctorChecks.ts';

const NAME = 'catalogue in storage';
/** Chains named; the rest is counted. */
const NAMED = 5;

/** Whether what the catalogue says is in the storage root too, and whether the two follow each other. */
export async function checkSegments(db: Database, { config }: CliContext): Promise<HealthCheck[]> {
  const under = await rebuildUnderWay(db.owner);
  if (under)
    return [
      {
        name: NAME,
        state: 'problem',
        message: `a rebuild begun ${under.begunAt.toISOString()} is not at its end (step ${under.phase}): the catalogue is not whole. Call ./lantai rebuild again; it goes on`,
      },
    ];
  const pool = createDigestPool(1);
  const opened = await openStore(config.storage, { pool });
  try {
    const repository = await openRepository({ store: opened.store });
    const { streams, differences } = await compareStreams({ db, repository });
    return [judgeLag(await lagOf(db.owner), config.segmentDelaySeconds), judgeChains(streams, differences)];
  } catch (e) {
    if (isRefusal(e) && e.code === 'ocfl.noRoot') return [];
    return [{ name: NAME, state: 'problem', message: messageOf(e) }];
  } finally {
    opened.close();
    await pool.close();
  }
}

/** @param now milliseconds, for tests */
export function judgeLag(
  lag: { rows: number; since: Date | null },
  delaySeconds: number,
  now = Date.now(),
): HealthCheck {
  const name = NAME;
  if (lag.rows === 0 || !lag.since) return { name, state: 'ok', message: 'all of it' };
  const seconds = Math.round((now - lag.since.getTime()) / 1000);
  const message = `${lag.rows} changed rows are not in the storage yet, the oldest for ${seconds} s`;
  return seconds > 3 * delaySeconds + 600
    ? {
        name,
        state: 'warning',
        message: `${message}: start the server or a worker, which write them, or call ./lantai segments --flush`,
      }
    : { name, state: 'ok', message: `${message} (LANTAI_SEGMENT_DELAY_SECONDS ${delaySeconds})` };
}

const WHAT_TO_DO = {
  newer:
    'The storage is ahead of the database, as after restoring an older backup: ./lantai rebuild brings the database up to it',
  older:
    'The storage lacks what the database knows, as when an older copy of it was put in place: bring it back from a copy. Where it is lost for good, ./lantai segments --renew writes the catalogue into it anew',
  damaged: 'A segment was altered or is damaged: bring it back from a copy',
} as const;

/** One line for each way in which root and database can differ, with what to do. */
export function judgeChains(streams: number, differences: readonly StreamDifference[]): HealthCheck {
  const name = 'storage and database';
  if (differences.length === 0)
    return { name, state: 'ok', message: `follow each other in all ${streams} chains` };
  const lines = (['newer', 'older', 'damaged'] as const).flatMap((root) => {
    const of = differences.filter((d) => d.root === root);
    if (of.length === 0) return [];
    const named = of.slice(0, NAMED).map((d) => `${d.stream}: ${d.message}`);
    const more = of.length > NAMED ? `; and ${of.length - NAMED} more` : '';
    return [`${WHAT_TO_DO[root]} (${named.join('; ')}${more})`];
  });
  return { name, state: 'problem', message: lines.join('. ') };
}
