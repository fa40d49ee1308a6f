import { Thread } from '#kernel/threads';
import type { Chunk, DeliveredChunk, Mapping } from '../types.ts';
import { CHUNK_ROWS, type Place, START } from './validate.ts';
import type { ValidationRequest } from './validation-thread.ts';

/** Reading and validating a chunk takes a second at the most; a thread silent for so long hangs. */
const SILENCE_MS = 10 * 60_000;
const HEAP_MB = 320;
const YOUNG_MB = 24;

/** `validateCatalogue` in a thread of its own: the process goes on answering, and reading overlaps with storing. */
export async function* validateInThread(
  path: string,
  mapping: Mapping,
  o: { after?: Place; chunkRows?: number; signal?: AbortSignal } = {},
): AsyncGenerator<DeliveredChunk, void, undefined> {
  const thread = new Thread({
    script: new URL('./validation-thread.ts', import.meta.url),
    maxHeapMb: HEAP_MB,
    maxYoungMb: YOUNG_MB,
  });
  const ask = <T>(request: ValidationRequest) =>
    thread.ask<T>(request, { timeoutMs: SILENCE_MS, signal: o.signal });
  try {
    await ask({
      begin: { path, mapping: lean(mapping), after: o.after ?? START, chunkRows: o.chunkRows ?? CHUNK_ROWS },
    });
    for (;;) {
      const chunk = await ask<Chunk | null>({ next: true });
      if (chunk === null) return;
      const { cells: _, ...rest } = chunk;
      yield { ...rest, cellsOf: (places) => ask<string[][]>({ cellsOf: places }) };
    }
  } finally {
    await thread.stop();
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
