import type { Lines } from '#kernel/db/copy-buffer';
import { answerRequests, HandingOver } from '#kernel/threads';
import type { NewIndexLines } from '../deps.ts';
import type { Chunk, EntryRow, Mapping, Stretch } from '../types.ts';
import { gatherRows } from './gather.ts';
import { buffersOf, cellsOf, gatherReady, type Kept, type Ready, type ReadyOptions } from './ready.ts';
import { type Place, type Reading, validateCatalogue } from './validate.ts';

interface Begin {
  path: string;
  mapping: Mapping;
  after: Place;
  chunkRows: number;
}

/** What the thread is asked: the first time to begin, then for chunk after chunk. */
export type ValidationRequest =
  | { begin: Begin }
  /** `lines`: the script with search's `newEntryLines`, where search is told. */
  | { beginReady: Begin & { ready: ReadyOptions; lines: string | null } }
  | { next: true }
  /** Of an accepted entry by its place; `of`: the chunk, counted from 0; the last given out or the one before it. */
  | { cellsOf: readonly number[]; of: number }
  | { rowsOf: readonly number[]; of: number };

type Answer = Chunk | (Stretch & { ready: Ready; kept: Kept });

let running: AsyncGenerator<Answer, void, undefined> | undefined;
/** Of the two chunks given out last (one is stored, the next made ready): rarely asked for, so it stays here. */
const keptOf = new Map<number, Kept>();
let given = 0;
let ahead: Promise<Answer | null> | undefined;

function read(): Promise<Answer | null> {
  const generator = running;
  const one = generator ? generator.next().then((r) => (r.done ? null : r.value)) : Promise.resolve(null);
  // Nobody may be listening yet when it fails; the error stays in the promise for the next request.
  one.catch(() => {});
  return one;
}

const LINES_BYTES = 1 << 20;

function roomFor(lines: Lines): number {
  return Math.max(LINES_BYTES, Math.ceil(lines.bytes.length * 1.05));
}

async function linesFrom(script: string): Promise<NewIndexLines> {
  const module = (await import(script)) as { newEntryLines: NewIndexLines };
  return module.newEntryLines;
}

answerRequests<ValidationRequest>(async (request) => {
  if ('begin' in request) {
    const { path, mapping, ...o } = request.begin;
    running = validateCatalogue(path, mapping, { ...o, gather: gatherRows });
    ahead = read();
    return null;
  }
  if ('beginReady' in request) {
    const { path, mapping, ready, lines, ...o } = request.beginReady;
    const newLines = lines === null ? null : await linesFrom(lines);
    // Each stretch is about as large as the one before, so that lines are seldom moved to more room.
    const bytes = { units: LINES_BYTES, searched: LINES_BYTES };
    const gather = () => {
      const gathered = gatherReady(ready, newLines, o.chunkRows, bytes);
      const done = () => {
        const made = gathered.done();
        bytes.units = roomFor(made.ready.units);
        bytes.searched = roomFor(made.ready.searched);
        return made;
      };
      return { ...gathered, done };
    };
    const reading: Reading<{ ready: Ready; kept: Kept }> = { ...o, gather, mayBeHeld: true };
    running = validateCatalogue(path, mapping, reading);
    ahead = read();
    return null;
  }
  if ('cellsOf' in request) {
    const kept = keptOf.get(request.of);
    return request.cellsOf.map((place) => cellsOf(kept, place));
  }
  if ('rowsOf' in request) {
    const kept = keptOf.get(request.of);
    return request.rowsOf.flatMap((place): EntryRow[] => {
      const row = kept?.rows[place];
      return row ? [row] : [];
    });
  }
  const chunk = await (ahead ?? read());
  // The next chunk is read while this one is being stored.
  ahead = chunk === null ? undefined : read();
  if (chunk === null || !('ready' in chunk)) return chunk;
  const { kept, ...rest } = chunk;
  keptOf.set(given, kept);
  keptOf.delete(given - 2);
  given++;
  return new HandingOver(rest, buffersOf(rest.ready));
});
