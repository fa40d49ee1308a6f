import { parentPort, workerData } from 'node:worker_threads';
import { openSheets } from '../open.ts';
import type { OpenOptions, SheetBook } from '../types.ts';
import { AHEAD, type Answer, type Request, sendFailure } from './messages.ts';

/** The thread behind `readInWorker`: opens one file and reads its sheets as asked, never far ahead. */
const port = parentPort!;
const { path, options } = workerData as { path: string; options: OpenOptions };
const readings = new Map<number, { credit: number; wake: () => void; stopped: boolean }>();

function answer(message: Answer): void {
  port.postMessage(message);
}

async function read(book: SheetBook, reading: number, sheet: number): Promise<void> {
  const state = { credit: AHEAD, wake: () => {}, stopped: false };
  readings.set(reading, state);
  try {
    const handle = book.sheets[sheet]!;
    for await (const rows of handle.rows()) {
      while (state.credit === 0 && !state.stopped) {
        await new Promise<void>((resolve) => {
          state.wake = resolve;
        });
      }
      if (state.stopped) return;
      state.credit--;
      answer({ answer: 'rows', reading, rows, progress: handle.progress() });
    }
    answer({ answer: 'end', reading });
  } catch (cause) {
    answer({ answer: 'failed', reading, failure: sendFailure(cause) });
  } finally {
    readings.delete(reading);
  }
}

try {
  const book = await openSheets(path, options);
  port.on('message', (request: Request) => {
    if (request.ask === 'read') {
      void read(book, request.reading, request.sheet);
      return;
    }
    const state = readings.get(request.reading);
    if (!state) return;
    if (request.ask === 'more') state.credit++;
    else state.stopped = true;
    state.wake();
  });
  answer({
    answer: 'opened',
    outline: {
      kind: book.kind,
      encoding: book.encoding,
      delimiter: book.delimiter,
      sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })),
    },
  });
} catch (cause) {
  answer({ answer: 'notOpened', failure: sendFailure(cause) });
}
