import { availableParallelism } from 'node:os';
import { messageOf } from '#kernel/errors';
import { inOneBuffer, ThreadFailure, ThreadPool } from '#kernel/threads';
import { createIdentifier, type Identifier, type IdentifierConfig } from './identifier.ts';
import { bytesSource, openFileSource } from './source.ts';
import type { Match } from './types.ts';

/** Where a file lies: its path, in bytes where these are no UTF-8; and its name, where that is another. Or its content. */
export type Place = string | Uint8Array | Named;

type Named = { readonly name: string } & (
  | { readonly path: string; readonly content?: never }
  | { readonly content: Uint8Array; readonly path?: never }
);

export interface Identified {
  readonly matches: readonly Match[];
  /** Why it could not be read; then there are no matches. */
  readonly error?: string;
}

/** One after the other, in this thread; what can not be read says so and does not end the rest. */
export async function identifyFiles(identifier: Identifier, places: readonly Place[]): Promise<Identified[]> {
  const found: Identified[] = [];
  for (const place of places) {
    try {
      found.push({ matches: await identifyOne(identifier, place) });
    } catch (e) {
      if (!(e instanceof Error && 'syscall' in e)) throw e;
      found.push({ matches: [], error: messageOf(e) });
    }
  }
  return found;
}

const contentOf = (place: Place): Uint8Array | undefined =>
  typeof place === 'string' || place instanceof Uint8Array ? undefined : place.content;

async function identifyOne(identifier: Identifier, place: Place): Promise<readonly Match[]> {
  const named = typeof place === 'string' || place instanceof Uint8Array ? null : place;
  if (named?.content) {
    const { buffer, byteOffset, byteLength } = named.content;
    return identifier.identify(bytesSource(named.name, Buffer.from(buffer, byteOffset, byteLength)));
  }
  const path = named ? named.path : (place as string | Uint8Array);
  const file = openFileSource(typeof path === 'string' ? path : Buffer.from(path));
  try {
    return await identifier.identify(named ? { ...file, name: named.name } : file);
  } finally {
    file.close();
  }
}

const AT_ONCE = 32;
const LONGEST_MS = 120_000;
const IDLE_MS = 30_000;

/** Identifies in threads of its own: for many files, and where requests are served meanwhile. */
export interface IdentifierPool {
  /** Results in the order of the places. Refusals as of `createIdentifier`. */
  identify(places: readonly Place[]): Promise<Identified[]>;
  /** As `Identifier.source`. */
  source(): Promise<string>;
  close(): Promise<void>;
}

/** @param threads default: as many as there are processors */
export function createIdentifierPool(
  config: IdentifierConfig,
  threads: number = availableParallelism(),
): IdentifierPool {
  const pool = new ThreadPool({
    script: new URL('./thread.ts', import.meta.url),
    data: { ...config },
    size: threads,
    maxHeapMb: 512,
    maxYoungMb: 16,
    idleMs: IDLE_MS,
  });
  const ask = (places: readonly Place[]) => {
    const { buffer, views } = inOneBuffer(places.flatMap((p) => contentOf(p) ?? []));
    const copied = views.values();
    const asked = places.map(
      (p): Place =>
        typeof p === 'string' || p instanceof Uint8Array || !p.content
          ? p
          : { name: p.name, content: copied.next().value! },
    );
    return pool.ask<Identified[]>(asked, { timeoutMs: LONGEST_MS, transfer: [buffer] });
  };
  return {
    async identify(places) {
      try {
        return await ask(places);
      } catch (e) {
        if (!(e instanceof ThreadFailure)) throw e;
        // One of them ended the thread; the others are not to suffer.
        const found: Identified[] = [];
        for (const place of places) {
          try {
            found.push(...(await ask([place])));
          } catch (cause) {
            if (!(cause instanceof ThreadFailure)) throw cause;
            found.push({ matches: [], error: `it could not be identified: ${cause.message}` });
          }
        }
        return found;
      }
    },
    source: () => pool.ask<string>('source', { timeoutMs: LONGEST_MS }),
    close: () => pool.close(),
  };
}

/** So many are done before threads are started: their reading the signatures, too, costs more than it saves for fewer. */
const FEW = 5_000;

/**
 * Identifies any number of files, in the order they come, in bounded memory: the first in this thread, many in several.
 *
 * @throws Refusal `pronom.signatures` when a signature file can not be used
 */
export async function* identifyMany<T extends { readonly place: Place }>(
  files: AsyncIterable<T>,
  config: IdentifierConfig,
): AsyncGenerator<T & Identified> {
  const identifier = await createIdentifier(config);
  const rest = files[Symbol.asyncIterator]();
  for (let done = 0; done < FEW; done++) {
    const next = await rest.next();
    if (next.done) return;
    const [found] = await identifyFiles(identifier, [next.value.place]);
    yield { ...next.value, ...found! };
  }
  yield* inThreads({ [Symbol.asyncIterator]: () => rest }, config);
}

async function* inThreads<T extends { readonly place: Place }>(
  files: AsyncIterable<T>,
  config: IdentifierConfig,
): AsyncGenerator<T & Identified> {
  const threads = availableParallelism();
  const pool = createIdentifierPool(config, threads);
  const waiting: { batch: T[]; answer: Promise<Identified[]> }[] = [];
  const send = (batch: T[]) => {
    const answer = pool.identify(batch.map((f) => f.place));
    // It is awaited in its turn; until then a failure is nobody's.
    answer.catch(() => {});
    waiting.push({ batch, answer });
  };
  try {
    let batch: T[] = [];
    for await (const file of files) {
      batch.push(file);
      if (batch.length < AT_ONCE) continue;
      send(batch);
      batch = [];
      if (waiting.length > threads * 3) yield* answered(waiting.shift()!);
    }
    if (batch.length > 0) send(batch);
    for (let one = waiting.shift(); one; one = waiting.shift()) yield* answered(one);
  } finally {
    await pool.close();
  }
}

async function* answered<T>({
  batch,
  answer,
}: {
  batch: T[];
  answer: Promise<Identified[]>;
}): AsyncGenerator<T & Identified> {
  const found = await answer;
  for (const [i, file] of batch.entries()) yield { ...file, ...found[i]! };
}
