import type { Place } from '../place/place.ts';
import { type ChunkRef, readChunk } from '../sealing/chunks.ts';
import type { Seal } from '../sealing/envelope.ts';

/** Fetched and checked before they are asked for. Bounds the memory. */
const AHEAD = 4;

/** What a table or file is made of, checked chunk by chunk. */
export async function* plainOf(
  place: Place,
  seal: Seal,
  chunks: readonly ChunkRef[],
): AsyncGenerator<Buffer> {
  const coming: Promise<Buffer>[] = [];
  let next = 0;
  const fetchMore = () => {
    while (coming.length < AHEAD && next < chunks.length) {
      const chunk = readChunk(place, seal, chunks[next++]!);
      // Thrown when its turn comes.
      chunk.catch(() => {});
      coming.push(chunk);
    }
  };
  for (fetchMore(); coming.length > 0; fetchMore()) yield await coming.shift()!;
}
