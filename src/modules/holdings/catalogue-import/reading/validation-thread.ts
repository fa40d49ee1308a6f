import { answerRequests } from '#kernel/threads';
import type { Chunk, Mapping } from '../types.ts';
import { type Place, validateCatalogue } from './validate.ts';

/** What the thread is asked: the first time to begin, then for chunk after chunk. */
export type ValidationRequest =
  | { begin: { path: string; mapping: Mapping; after: Place; chunkRows: number } }
  | { next: true }
  /** `of`: the chunk, counted from 0; the last given out or the one before it. */
  | { cellsOf: readonly number[]; of: number };

let running: AsyncGenerator<Chunk, void, undefined> | undefined;
/** Cells of the two chunks given out last (one is stored, the next made ready): rarely asked for, so they stay here. */
const cells = new Map<number, string[][]>();
let given = 0;
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
  if ('cellsOf' in request) {
    const { cellsOf, of } = request;
    return cellsOf.map((i) => cells.get(of)?.[i] ?? []);
  }
  const chunk = await (ahead ?? read());
  // The next chunk is read while this one is being stored.
  ahead = chunk === null ? undefined : read();
  if (chunk === null) return null;
  cells.set(given, chunk.cells);
  cells.delete(given - 2);
  given++;
  return { ...chunk, cells: [] };
});
