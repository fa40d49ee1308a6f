import { answerRequests } from '#kernel/threads';
import type { Chunk, Mapping } from '../types.ts';
import { type Place, validateCatalogue } from './validate.ts';

/** What the thread is asked: the first time to begin, then for chunk after chunk. */
export type ValidationRequest =
  | { begin: { path: string; mapping: Mapping; after: Place; chunkRows: number } }
  | { next: true }
  | { cellsOf: readonly number[] };

let running: AsyncGenerator<Chunk, void, undefined> | undefined;
/** Cells of the chunk given out last: they are rarely asked for, so they stay here. */
let cells: string[][] = [];
let ahead: Promise<Chunk | null> | undefined;

function read(): Promise<Chunk | null> {
  const generator = running;
  const one = generator ? generator.next().then((r) => (r.done ? null : r.value)) : Promise.resolve(null);
  // Nobody may be listening yet when it fails; the error stays in the promise for the next request.
  one.catch(() => {});
  return one;
}

answerRequests<ValidationRequest>(async (request) => {
  if ('begin' in request) {
    const { path, mapping, after, chunkRows } = request.begin;
    running = validateCatalogue(path, mapping, after, chunkRows);
    ahead = read();
    return null;
  }
  if ('cellsOf' in request) return request.cellsOf.map((i) => cells[i] ?? []);
  const chunk = await (ahead ?? read());
  // The next chunk is read while this one is being stored.
  ahead = chunk === null ? undefined : read();
  if (chunk === null) return null;
  cells = chunk.cells;
  return { ...chunk, cells: [] };
});
