import { isRefusal, Refusal } from '#kernel/errors';
import { compareStreams } from './comparing.ts';
import type { SegmentDeps } from './deps.ts';
import { readSegment } from './reading.ts';
import { forgetLoose } from './store/loose.ts';
import { dropStream, noteEverything, saveStream, streamState } from './store/notes.ts';

/** Lets every chain go on behind what the root has of it, and notes every row, so that the next flush writes all of it. */
export async function renewStreams(deps: SegmentDeps): Promise<void> {
  const { differences } = await compareStreams(deps);
  const newer = differences.find((d) => d.root === 'newer');
  if (newer)
    throw new Refusal(
      'segments.rootNewer',
      `The storage root has what the database does not know (${newer.stream}: ${newer.message}). Nothing is written over it; ./lantai rebuild brings the database up to it.`,
    );
  for (const { stream } of differences) await goBehind(deps, stream);
  await deps.db.system(async (tx) => {
    // All is written again; what came before is left as it is.
    await forgetLoose(tx);
    await noteEverything(tx, deps.tables);
  });
}

/** Sets a chain to the last segment the root has. */
async function goBehind(deps: SegmentDeps, stream: string): Promise<void> {
  const state = await streamState(deps.db.owner, stream);
  if (!state) return;
  for (let number = state.number; number > 0; number--) {
    const found = await readSegment(deps.repository, stream, number).catch((e: unknown) => {
      if (!isRefusal(e)) throw e;
      throw new Refusal(
        'segments.unreadable',
        `Segment ${number} of ${stream} is damaged. Bring it back from a copy first.`,
        { stream },
        { cause: e },
      );
    });
    if (!found) continue;
    const takenAt = new Date(found.segment.takenAt);
    await deps.db.system((tx) => saveStream(tx, { ...state, number, sha512: found.sha512, takenAt }));
    return;
  }
  await deps.db.system((tx) => dropStream(tx, stream));
}
