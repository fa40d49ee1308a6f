import { Thread } from '#kernel/threads';
import type { Chunk, EntryRow, Mapping, ReadyChunk, Stretch } from '../types.ts';
import { keysOf, type Ready, type ReadyOptions } from './ready.ts';
import { CHUNK_ROWS, type Place, START } from './validate.ts';
import type { ValidationRequest } from './validation-thread.ts';

/** Reading and validating a chunk takes a second at the most; a thread silent for so long hangs. */
const SILENCE_MS = 10 * 60_000;
const HEAP_MB = 320;
const YOUNG_MB = 48;

interface ReadingOptions {
  after?: Place;
  chunkRows?: number;
  signal?: AbortSignal;
}

export interface ReadyReading {
  /** The next chunk; null at the end of the file. The chunk before it may still be asked for its cells and rows. */
  next(): Promise<ReadyChunk | null>;
  stop(): Promise<void>;
}

/**
 * `validateCatalogue` in a thread of its own, which makes the entries ready to be stored: the process goes on answering, and
 * reading overlaps with storing.
 *
 * @param lines the script of search's lines; see `CatalogueIndexer`
 */
export function openReading(
  path: string,
  mapping: Mapping,
  o: ReadingOptions & { ready: ReadyOptions; lines?: URL | undefined },
): ReadyReading {
  const { thread, ask } = start(o.signal);
  const begin = { ...beginning(path, mapping, o), ready: o.ready, lines: o.lines?.href ?? null };
  let given = -1;
  return {
    next: async () => {
      if (given < 0) await ask({ beginReady: begin });
      const chunk = await ask<(Stretch & { ready: Ready }) | null>({ next: true });
      if (chunk === null) return null;
      const of = ++given;
      const { ready, ...stretch } = chunk;
      return {
        ...stretch,
        entries: keysOf(ready.keys),
        fonds: ready.fonds,
        units: ready.units,
        searched: ready.searched,
        cellsOf: (places) => ask<string[][]>({ cellsOf: places, of }),
        rowsOf: (places) => ask<EntryRow[]>({ rowsOf: places, of }),
      };
    },
    stop: () => thread.stop(),
  };
}

/** `validateCatalogue` in a thread of its own, for those who only look at the rows. */
export async function* validateInThread(
  path: string,
  mapping: Mapping,
  o: ReadingOptions = {},
): AsyncGenerator<Chunk, void, undefined> {
  const { thread, ask } = start(o.signal);
  try {
    await ask({ begin: beginning(path, mapping, o) });
    for (;;) {
      const chunk = await ask<Chunk | null>({ next: true });
      if (chunk === null) return;
      yield chunk;
    }
  } finally {
    await thread.stop();
  }
}

function start(signal: AbortSignal | undefined) {
  const thread = new Thread({
    script: new URL('./validation-thread.ts', import.meta.url),
    maxHeapMb: HEAP_MB,
    maxYoungMb: YOUNG_MB,
  });
  const ask = <T>(request: ValidationRequest) => thread.ask<T>(request, { timeoutMs: SILENCE_MS, signal });
  return { thread, ask };
}

function beginning(path: string, mapping: Mapping, o: ReadingOptions) {
  return {
    path,
    mapping: lean(mapping),
    after: o.after ?? START,
    chunkRows: o.chunkRows ?? CHUNK_ROWS,
  };
}

/** Samples are for people. */
function lean(mapping: Mapping): Mapping {
  return {
    options: mapping.options,
    ...(mapping.own && { own: mapping.own }),
    sheets: mapping.sheets.map((s) => ({
      ...s,
      sample: [],
      columns: s.columns.map((c) => ({ ...c, samples: [] })),
    })),
  };
}
