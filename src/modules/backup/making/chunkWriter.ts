import { createHash } from 'node:crypto';
import { chunkName, NAMES, type Place } from '../place/place.ts';
import { type ChunkRef, closeChunk } from '../sealing/chunks.ts';
import type { Seal } from '../sealing/envelope.ts';

/** Chunks compressed, closed and written at the same time. Bounds the memory. */
const AT_ONCE = 4;

/** A table or file on its way, chunk by chunk. */
export interface Piece {
  /** Takes the next chunk; waits while too many are under way. */
  put(plain: Buffer): Promise<void>;
  /** All of it: what it is made of, once everything lies at the place. */
  end(): Promise<{ bytes: number; digest: string; chunks: ChunkRef[] }>;
}

/** Writes chunks that are not there yet. */
export class ChunkWriter {
  /** What lies at the place, and what it takes there. */
  readonly #there: Map<string, number>;
  readonly #place: Place;
  readonly #seal: Seal;
  readonly #busy = new Set<Promise<void>>();
  #failure: unknown;
  newChunks = 0;
  newStored = 0;

  private constructor(place: Place, seal: Seal, there: Map<string, number>) {
    this.#place = place;
    this.#seal = seal;
    this.#there = there;
  }

  /** @param known chunks as they were written; one that is not as long any more is damaged, and written anew */
  static async open(place: Place, seal: Seal, known: Iterable<ChunkRef> = []): Promise<ChunkWriter> {
    const there = await chunksThere(place);
    for (const [id, , stored] of known) if (there.get(id) !== stored) there.delete(id);
    return new ChunkWriter(place, seal, there);
  }

  /** Whether all of these lie there, as long as they were written. */
  has(chunks: readonly ChunkRef[]): boolean {
    return chunks.every(([id, , stored]) => this.#there.get(id) === stored);
  }

  piece(): Piece {
    const hash = createHash('sha256');
    const chunks: Promise<ChunkRef>[] = [];
    let bytes = 0;
    return {
      put: async (plain) => {
        hash.update(plain);
        bytes += plain.length;
        const ref = this.#write(plain);
        // Waited for at the end; a failure meanwhile must not go unheard.
        ref.catch(() => {});
        chunks.push(ref);
        while (this.#busy.size >= AT_ONCE) await Promise.race(this.#busy);
        if (this.#failure !== undefined) throw this.#failure;
      },
      end: async () => ({ bytes, digest: hash.digest('hex'), chunks: await Promise.all(chunks) }),
    };
  }

  /** Lets what is under way come to an end, whatever it is. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#busy);
  }

  async #write(plain: Buffer): Promise<ChunkRef> {
    const id = this.#seal.idOf(plain);
    const stored = this.#there.get(id);
    if (stored !== undefined && stored > 0) return [id, plain.length, stored];
    // Counted before it is written, so that the same chunk again waits for none: where this fails, all does.
    let size = 0;
    const work = (async () => {
      const closed = await closeChunk(this.#seal, plain, id);
      size = closed.length;
      this.#there.set(id, size);
      await this.#place.write(chunkName(id), closed);
      this.newChunks++;
      this.newStored += size;
    })();
    const told = work.catch((e: unknown) => {
      this.#failure ??= e;
    });
    const busy = told.finally(() => this.#busy.delete(busy));
    this.#busy.add(busy);
    await work;
    return [id, plain.length, size];
  }
}

export async function chunksThere(place: Place): Promise<Map<string, number>> {
  const there = new Map<string, number>();
  for await (const { name, bytes } of place.list(NAMES.chunks))
    there.set(name.slice(name.lastIndexOf('/') + 1), bytes);
  return there;
}
