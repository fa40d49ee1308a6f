import { Worker } from 'node:worker_threads';
import { refuse } from '../refusals.ts';
import type { OpenOptions, SheetBook, SheetHandle, SheetRow } from '../types.ts';
import { type Answer, type Outline, type Request, receivedFailure } from './messages.ts';

/** Memory of the reading thread, MiB. A file that needs more is refused instead of taking the process along. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/** Batches on their way from the thread to one reader. */
class Inbox {
  progress = 0;
  #batches: SheetRow[][] = [];
  #ended = false;
  #failure: unknown;
  #wake = () => {};

  put(batch: SheetRow[], progress: number): void {
    this.#batches.push(batch);
    this.progress = progress;
    this.#wake();
  }

  end(failure?: unknown): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }

  /** The next batch; undefined at the end. */
  async take(): Promise<SheetRow[] | undefined> {
    while (this.#batches.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch = this.#batches.shift();
    if (batch === undefined && this.#failure !== undefined) throw this.#failure;
    return batch;
  }
}

/**
 * Like `openSheets`, but the file is unpacked and parsed in a thread of its own, so that the calling loop stays
 * free. The thread runs at most a few batches ahead of whoever reads. `close` ends it. Handing the rows over costs
 * about 2 µs a row; packing them into fewer values was measured and gained nothing.
 *
 * @throws the same Refusals as `openSheets`; `sheet.tooLarge` when the file needs more memory than the thread has
 */
export async function readInWorker(path: string, options: OpenOptions = {}): Promise<SheetBook> {
  const worker = new Worker(new URL('./reading-thread.ts', import.meta.url), {
    workerData: { path, options },
    resourceLimits: THREAD_MEMORY,
  });
  const inboxes = new Map<number, Inbox>();
  const ask = (request: Request): void => worker.postMessage(request);
  let down: unknown;
  const outline = await new Promise<Outline>((resolve, reject) => {
    const fall = (cause: unknown): void => {
      down ??= cause;
      for (const inbox of inboxes.values()) inbox.end(down);
      reject(down);
    };
    worker.on('error', (cause: NodeJS.ErrnoException) =>
      fall(
        cause.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? refuse(
              'tooLarge',
              'the file needs more memory to be read than is allowed: divide it.',
              {},
              {},
              cause,
            )
          : cause,
      ),
    );
    worker.on('exit', () => fall(new Error('the reading of the file was ended')));
    worker.on('message', (message: Answer) => {
      if (message.answer === 'opened') resolve(message.outline);
      else if (message.answer === 'notOpened') reject(receivedFailure(message.failure));
      else if (message.answer === 'rows') inboxes.get(message.reading)?.put(message.rows, message.progress);
      else if (message.answer === 'end') inboxes.get(message.reading)?.end();
      else inboxes.get(message.reading)?.end(receivedFailure(message.failure));
    });
  }).catch(async (cause) => {
    await worker.terminate();
    throw cause;
  });

  let readings = 0;
  const read = async function* (sheet: number, inbox: Inbox): AsyncGenerator<SheetRow[], void, undefined> {
    if (down !== undefined) throw down;
    const reading = ++readings;
    inboxes.set(reading, inbox);
    ask({ ask: 'read', reading, sheet });
    try {
      for (let batch = await inbox.take(); batch !== undefined; batch = await inbox.take()) {
        ask({ ask: 'more', reading });
        yield batch;
      }
    } finally {
      inboxes.delete(reading);
      ask({ ask: 'stop', reading });
    }
  };

  const { sheets, ...about } = outline;
  return {
    ...about,
    sheets: sheets.map((sheet, index): SheetHandle => {
      let latest = new Inbox();
      return {
        ...sheet,
        index,
        progress: () => latest.progress,
        rows() {
          latest = new Inbox();
          return read(index, latest);
        },
      };
    }),
    async close() {
      await worker.terminate();
    },
  };
}
