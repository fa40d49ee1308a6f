import { Refusal } from '#kernel/errors';
import { enterObjects, intentOf, type ObjectOwner, objectById } from '../store/objects.ts';
import type { SegmentDeps } from './deps.ts';
import { readSegment } from './reading.ts';
import { segmentId } from './segment.ts';
import { noteLoose } from './store/loose.ts';
import { type StreamState, saveStream, streamState } from './store/notes.ts';

export const segmentObject = (stream: string, number: number, archiveId: string | null): ObjectOwner => ({
  objectId: segmentId(stream, number),
  kind: 'segment',
  archiveId,
  unitId: null,
});

const differs = (code: string, message: string, stream: string) => new Refusal(code, message, { stream });

/**
 * Where a stream goes on: behind its newest segment, which has to be in the root as the database knows it. A segment that a
 * killed writer had put there is taken for written; its rows wait still and are written again, which does no harm.
 *
 * @throws Refusal segments.rootOlder, segments.rootNewer
 */
export async function followOn(deps: SegmentDeps, stream: string): Promise<StreamState | undefined> {
  let state = await streamState(deps.db.owner, stream);
  if (state) {
    const found = await readSegment(deps.repository, stream, state.number);
    if (found?.sha512 !== state.sha512)
      throw differs(
        'segments.rootOlder',
        `The storage root ${found ? 'has another' : 'lacks'} segment ${state.number} of ${stream}.`,
        stream,
      );
  }
  for (;;) {
    const number = (state?.number ?? 0) + 1;
    const next = await readSegment(deps.repository, stream, number);
    if (!next) return state;
    const { segment, sha512 } = next;
    const id = segmentId(stream, number);
    const ours = (await intentOf(deps.db.owner, id)) ?? (await objectById(deps.db.owner, id));
    if (!ours || (segment.previous?.sha512 ?? null) !== (state?.sha512 ?? null))
      throw differs(
        'segments.rootNewer',
        `The storage root has segment ${number} of ${stream}, of which the database does not know.`,
        stream,
      );
    const measured = await deps.repository.measure(id);
    const written: StreamState = {
      stream,
      above: aboveOf(stream, ours.archiveId),
      archiveId: ours.archiveId,
      number,
      sha512,
      takenAt: new Date(segment.takenAt),
    };
    await deps.db.system(async (tx) => {
      const owner = segmentObject(stream, number, ours.archiveId);
      await enterObjects(tx, [{ owner, state: measured }], deps.clock.now());
      await noteLoose(tx, segment);
      await saveStream(tx, written);
    });
    state = written;
  }
}

/** In which stream it is kept how far a stream is written. */
export function aboveOf(stream: string, archiveId: string | null): string | null {
  if (stream === 'house') return null;
  return stream.startsWith('fonds-') && archiveId ? `archive-${archiveId}` : 'house';
}
