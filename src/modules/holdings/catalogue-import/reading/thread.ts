import { Thread } from '#kernel/threads';
import type { Chunk, DeliveredChunk, Mapping } from '../types.ts';
import { CHUNK_ROWS, type Place, START } from './validate.ts';
import type { ValidationRequest } from './validation-thread.ts';

/** Reading and validating a chunk takes a second at the most; a thread silent for so long hangs. */
const SILENCE_MS = 10 * 60_000;
const HEAP_MB = 320;
const YOUNG_MB = 24;

export interface Validation {
  /** The next chunk; null at the end of the file. The chunk before it may still be asked for its cells. */
  next(): Promise<DeliveredChunk | null>;
  stop(): Promise<void>;
}

interface ValidationOptions {
  after?: Place;
  chunkRows?: number;
  signal?: AbortSignal;
}

/** `validateCatalogue` in a thread of its own: the process goes on answering, and reading overlaps with storing. */
export function openValidation(path: string, mapping: Mapping, o: ValidationOptions = {}): Validation {
  const thread = new Thread({
    script: new URL('./validation-thread.ts', import.meta.url),
    maxHeapMb: HEAP_MB,
    maxYoungMb: YOUNG_MB,
  });
  const ask = <T>(request: ValidationRequest) =>
    thread.ask<T>(request, { timeoutMs: SILENCE_MS, signal: o.signal });
  const begin = {
    path,
    mapping: lean(mapping),
    after: o.after ?? START,
    chunkRows: o.chunkRows ?? CHUNK_ROWS,
  };
  let given = -1;
  return {
    next: async () => {
      if (given < 0) await ask({ begin });
      const chunk = await ask<Chunk | null>({ next: true });
      if (chunk === null) return null;
      const of = ++given;
      const { cells: _, ...rest } = chunk;
      return { ...rest, cellsOf: (places) => ask<string[][]>({ cellsOf: places, of }) };
    },
    stop: () => thread.stop(),
  };
}

/** The same for one who deals with each chunk before asking for the next. */
export async function* validateInThread(
  path: string,
  mapping: Mapping,
  o: ValidationOptions = {},
): AsyncGenerator<DeliveredChunk, void, undefined> {
  const validation = openValidation(path, mapping, o);
  try {
    for (let chunk = await validation.next(); chunk; chunk = await validation.next()) yield chunk;
  } finally {
    await validation.stop();
  }
}

/** Samples are for people. */
function lean(mapping: Mapping): Mapping {
  return {
    options: mapping.options,
    sheets: mapping.sheets.map((s) => ({
      ...s,
      sample: [],
      columns: s.columns.map((c) => ({ ...c, samples: [] })),
    })),
  };
}
