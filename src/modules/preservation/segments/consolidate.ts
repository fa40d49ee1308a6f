import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { Refusal } from '#kernel/errors';
import type { SegmentDeps } from './deps.ts';
import { type Flushed, ownerOfStream, putSegment, withStream, writeTables } from './flush.ts';
import { followOn } from './following.ts';
import { readSegment } from './reading.ts';
import { ABOUT, rowsOf, SEGMENT_ROWS, type Segment } from './segment.ts';
import { takeKeys } from './store/consolidating.ts';
import { type LooseSegment, looseOf } from './store/loose.ts';
import { beginSaving } from './store/saving.ts';

/** So many small segments of a level become one of the next. */
export const TOGETHER = 64;
/** Larger ones stay as they are. */
const SMALL_ROWS = 100_000;
/** Most rows gathered into one. */
const MOST_ROWS = 1_000_000;

/** What to draw together: the lowest level with many. Undefined when there is nothing to gain. */
export function dueOf(
  loose: readonly LooseSegment[],
  together = TOGETHER,
): { level: number; numbers: number[] } | undefined {
  const levels = new Map<number, LooseSegment[]>();
  for (const s of loose) levels.set(s.level, [...(levels.get(s.level) ?? []), s]);
  for (const [level, list] of [...levels].sort(([a], [b]) => a - b)) {
    if (list.length < together) continue;
    let rows = 0;
    const some = list.filter((s) => {
      rows += s.rows;
      return rows <= MOST_ROWS;
    });
    if (some.length > 1) return { level: level + 1, numbers: some.map((s) => s.number) };
  }
  return undefined;
}

/**
 * Writes one segment that stands in for many small ones: every row and key they hold, as it stands now. It is a segment like
 * any other, the next of its stream, and so never wrong; those it names stay where they are, and need not be read any more.
 *
 * @returns undefined when there are not enough of them, or another process writes the stream
 * @throws Refusal segments.rootOlder, segments.rootNewer, segments.unreadable
 */
export async function consolidateStream(
  deps: SegmentDeps,
  stream: string,
  together = TOGETHER,
): Promise<(Flushed & { consolidated: number }) | undefined> {
  const due = async () => dueOf(await looseOf(deps.db.owner, stream, SMALL_ROWS), together);
  if (!(await due())) return undefined;
  return withStream(deps, stream, false, async (client) => {
    const now = await due();
    return now && write(deps, client, stream, now);
  });
}

async function write(
  deps: SegmentDeps,
  client: pg.PoolClient,
  stream: string,
  { level, numbers }: { level: number; numbers: readonly number[] },
): Promise<(Flushed & { consolidated: number }) | undefined> {
  const before = await followOn(deps, stream);
  if (!before) return undefined;
  const owner = await ownerOfStream(deps, stream, before);
  await mkdir(deps.folder, { recursive: true });
  const at = await mkdtemp(join(deps.folder, 'segment-'));
  try {
    // What waits comes along: a segment holds all that had changed when it was taken.
    const { seqs, takenAt } = await beginSaving(client, stream, SEGMENT_ROWS);
    const segments: { number: number; sha512: string }[] = [];
    for (const number of numbers)
      segments.push({ number, sha512: await takeSegment(deps, client, stream, number) });
    const tables = await writeTables(deps, client, stream, at);
    await client.query('rollback');
    const segment: Segment = {
      format: 'lantai-segment',
      formatVersion: 1,
      about: ABOUT,
      stream,
      number: before.number + 1,
      of: owner.of,
      previous: { number: before.number, sha512: before.sha512 },
      takenAt,
      tables,
      consolidates: { level, segments },
    };
    await putSegment(deps, owner.archiveId, segment, seqs, at);
    return { stream, number: segment.number, rows: rowsOf(segment), consolidated: segments.length };
  } finally {
    await rm(at, { recursive: true, force: true });
  }
}

/** Takes the keys of all a segment holds. @returns the digest of its segment.json */
async function takeSegment(
  deps: SegmentDeps,
  client: pg.PoolClient,
  stream: string,
  number: number,
): Promise<string> {
  const found = await readSegment(deps.repository, stream, number);
  if (!found)
    throw new Refusal('segments.rootOlder', `The storage root lacks segment ${number} of ${stream}.`, {
      stream,
    });
  for (const t of found.segment.tables)
    for (const [gone, parts] of [
      [false, t.rows],
      [true, t.gone],
    ] as const)
      for (const part of parts) {
        const { stream: lines } = await deps.repository.openFile(found.object, part.path, { verify: true });
        await takeKeys(client, { table: t.table, key: gone ? null : t.key }, lines);
      }
  return found.sha512;
}
