import { parentPort, Worker } from 'node:worker_threads';
import { Refusal } from './errors.ts';

/**
 * Work that may burn the processor, hang or die, kept in a thread of its own.
 *
 * A thread answers one request after another; when a request overruns its time, is aborted, or kills its thread,
 * the thread is ended and only that request fails. Refusals thrown inside come out as Refusals.
 */

/** The thread did not answer in time, ran out of memory, or died; `why` says which. */
export class ThreadFailure extends Error {
  override readonly name = 'ThreadFailure';
  readonly why: 'timedOut' | 'outOfMemory' | 'died';
  constructor(why: 'timedOut' | 'outOfMemory' | 'died', message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.why = why;
  }
}

export interface ThreadOptions {
  /** The script, by `new URL('./x.ts', import.meta.url)`. It calls `answerRequests`. */
  script: URL;
  data?: unknown;
  /** Limit of the JavaScript heap in MiB. Native and WebAssembly memory are not counted. */
  maxHeapMb?: number;
  /** Limit of the young part of the heap in MiB; V8 lets it grow to 128 on large machines. */
  maxYoungMb?: number;
  /** A thread that nobody asked for so long is ended, and with it goes its heap; the next request starts it again. */
  idleMs?: number;
}

export interface AskOptions {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  transfer?: readonly ArrayBuffer[];
}

interface Pending {
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

type Reply =
  | { id: number; value: unknown }
  | { id: number; refusal: { code: string; message: string; detail: Record<string, unknown> } }
  | { id: number; fault: { name: string; message: string; stack: string } };

/** One thread that can be asked and stopped. Starts at the first request, and again after it was lost. */
export class Thread {
  readonly #options: ThreadOptions;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | undefined;
  #next = 1;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** @throws Refusal from the thread's own rules; ThreadFailure when it hung or died; the signal's reason on abort. */
  ask<T>(request: unknown, { timeoutMs, signal, transfer = [] }: AskOptions): Promise<T> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    const id = this.#next++;
    return new Promise<T>((resolve, reject) => {
      const lose = (why: unknown) => void this.#lose(worker, why);
      const timer = setTimeout(
        () => lose(new ThreadFailure('timedOut', `no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      const onAbort = () => lose(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        if (this.#pending.size === 0) this.#rest();
      };
      this.#pending.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as T);
        },
        reject: (reason) => {
          settle();
          reject(reason);
        },
      });
      worker.ref();
      worker.postMessage({ id, request }, [...transfer]);
    });
  }

  /** Nothing is asked of it: it keeps nobody alive, and ends after a while. */
  #rest(): void {
    const worker = this.#worker;
    worker?.unref();
    const { idleMs } = this.#options;
    if (!worker || idleMs === undefined) return;
    const end = () => void this.#lose(worker, new ThreadFailure('died', 'the thread had nothing to do'));
    this.#idle = setTimeout(end, idleMs).unref();
  }

  /** Ends the thread; requests under way fail. The next request starts a fresh one. */
  async stop(): Promise<void> {
    if (this.#worker) await this.#lose(this.#worker, new ThreadFailure('died', 'the thread was stopped'));
  }

  #start(): Worker {
    const { script, data, maxHeapMb, maxYoungMb } = this.#options;
    const worker = new Worker(script, {
      workerData: data,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: {
        ...(maxHeapMb ? { maxOldGenerationSizeMb: maxHeapMb } : {}),
        ...(maxYoungMb ? { maxYoungGenerationSizeMb: maxYoungMb } : {}),
      },
    });
    // Libraries print their grumbles; nobody reads them, and an unread pipe would fill up.
    worker.stdout.resume();
    worker.stderr.resume();
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'outOfMemory' : 'died';
      void this.#lose(worker, new ThreadFailure(why, cause.message, { cause }));
    });
    worker.on('exit', (code) => {
      void this.#lose(worker, new ThreadFailure('died', `the thread ended with code ${code}`));
    });
    this.#worker = worker;
    return worker;
  }

  #settle(reply: Reply): void {
    const waiting = this.#pending.get(reply.id);
    if (!waiting) return;
    this.#pending.delete(reply.id);
    if ('value' in reply) waiting.resolve(reply.value);
    else if ('refusal' in reply)
      waiting.reject(new Refusal(reply.refusal.code, reply.refusal.message, reply.refusal.detail));
    else {
      const fault = new Error(reply.fault.message);
      fault.name = reply.fault.name;
      fault.stack = reply.fault.stack;
      waiting.reject(fault);
    }
  }

  async #lose(worker: Worker, reason: unknown): Promise<void> {
    if (this.#worker !== worker) return;
    clearTimeout(this.#idle);
    this.#worker = undefined;
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    for (const one of waiting) one.reject(reason);
    await worker.terminate();
  }
}

/** A fixed number of threads sharing one queue; each is renewed after `recycleAfter` answers (leaky libraries). */
export class ThreadPool {
  readonly #idle: { thread: Thread; answered: number }[] = [];
  readonly #all: Thread[] = [];
  readonly #queue: (() => void)[] = [];
  readonly #recycleAfter: number;

  constructor(options: ThreadOptions & { size: number; recycleAfter?: number }) {
    this.#recycleAfter = options.recycleAfter ?? Number.POSITIVE_INFINITY;
    for (let i = 0; i < Math.max(1, options.size); i++) {
      const thread = new Thread(options);
      this.#all.push(thread);
      this.#idle.push({ thread, answered: 0 });
    }
  }

  /** Waits for a free thread, then asks it; the time limit runs from the asking. Errors as `Thread.ask`. */
  async ask<T>(request: unknown, options: AskOptions): Promise<T> {
    const member = await this.#free(options.signal);
    try {
      return await member.thread.ask<T>(request, options);
    } finally {
      member.answered += 1;
      if (member.answered >= this.#recycleAfter) {
        member.answered = 0;
        await member.thread.stop();
      }
      this.#idle.push(member);
      this.#queue.shift()?.();
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((thread) => thread.stop()));
  }

  async #free(signal?: AbortSignal): Promise<{ thread: Thread; answered: number }> {
    for (;;) {
      signal?.throwIfAborted();
      // The one that answered last: the others need not be started, or woken.
      const member = this.#idle.pop();
      if (member) return member;
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    }
  }
}

/** An answer parts of which are handed over instead of copied. */
export class HandingOver {
  readonly value: unknown;
  readonly buffers: readonly ArrayBuffer[];
  constructor(value: unknown, buffers: readonly ArrayBuffer[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/**
 * Copies pieces of bytes into one new buffer, in order: as one it is handed over to a thread, where each of them by itself would be
 * copied with all that its own buffer holds besides.
 */
export function inOneBuffer(pieces: readonly Uint8Array[]): { buffer: ArrayBuffer; views: Uint8Array[] } {
  const buffer = new ArrayBuffer(pieces.reduce((sum, p) => sum + p.byteLength, 0));
  let at = 0;
  const views = pieces.map((piece) => {
    const view = new Uint8Array(buffer, at, piece.byteLength);
    view.set(piece);
    at += piece.byteLength;
    return view;
  });
  return { buffer, views };
}

/** Called once by a thread's script: answers each request with what `handle` returns or throws. */
export function answerRequests<Q>(handle: (request: Q) => unknown | Promise<unknown>): void {
  const port = parentPort;
  if (!port) throw new Error('answerRequests is for the script of a thread');
  port.on('message', async ({ id, request }: { id: number; request: Q }) => {
    try {
      const answer = await handle(request);
      if (answer instanceof HandingOver) port.postMessage({ id, value: answer.value }, [...answer.buffers]);
      else port.postMessage({ id, value: answer });
    } catch (e) {
      if (e instanceof Refusal)
        port.postMessage({ id, refusal: { code: e.code, message: e.message, detail: { ...e.detail } } });
      else {
        const error = e instanceof Error ? e : new Error(String(e));
        port.postMessage({
          id,
          fault: { name: error.name, message: error.message, stack: error.stack ?? '' },
        });
      }
    }
  });
}
