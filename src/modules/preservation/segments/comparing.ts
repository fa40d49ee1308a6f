import { isRefusal, messageOf } from '#kernel/errors';
import { intentOf, objectById } from '../store/objects.ts';
import type { SegmentDeps } from './deps.ts';
import { readSegment } from './reading.ts';
import { segmentId } from './segment.ts';
import { type StreamState, streamsAfter } from './store/notes.ts';

/** How one stream of the root stands to the database. */
export interface StreamDifference {
  stream: string;
  /** older: the root lacks what the database knows; newer: the other way round; damaged: it can not be read. */
  root: 'older' | 'newer' | 'damaged';
  message: string;
}

const AT_ONCE = 500;

/** Looks at the end of each chain: two small questions a stream, nothing is listed. */
export async function compareStreams(
  deps: Pick<SegmentDeps, 'db' | 'repository'>,
): Promise<{ streams: number; differences: StreamDifference[] }> {
  const differences: StreamDifference[] = [];
  let streams = 0;
  let after = '';
  for (;;) {
    const page = await streamsAfter(deps.db.owner, after, AT_ONCE);
    for (const state of page) {
      streams++;
      const found = await differenceOf(deps, state);
      if (found) differences.push(found);
    }
    if (page.length < AT_ONCE) break;
    after = page.at(-1)!.stream;
  }
  // A database that knows of no segment beside a root that has one.
  if (streams === 0 && (await deps.repository.exists(segmentId('house', 1))))
    differences.push({
      stream: 'house',
      root: 'newer',
      message: 'the database knows of no segment, the root has them',
    });
  return { streams, differences };
}

async function differenceOf(
  { db, repository }: Pick<SegmentDeps, 'db' | 'repository'>,
  { stream, number, sha512 }: StreamState,
): Promise<StreamDifference | undefined> {
  try {
    const found = await readSegment(repository, stream, number);
    if (!found) return { stream, root: 'older', message: `segment ${number} is missing` };
    if (found.sha512 !== sha512)
      return { stream, root: 'damaged', message: `segment ${number} is another one than was written` };
    const next = segmentId(stream, number + 1);
    // Begun here and killed, or entered as an object and not yet as the stream's: the next writer goes on behind it.
    const ours = async () => (await intentOf(db.owner, next)) ?? (await objectById(db.owner, next));
    if ((await repository.exists(next)) && !(await ours()))
      return {
        stream,
        root: 'newer',
        message: `the root has segment ${number + 1}, the database ends at ${number}`,
      };
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return { stream, root: 'damaged', message: `segment ${number}: ${messageOf(e)}` };
  }
  return undefined;
}
