import { open, readFile, rm, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ThreadPool } from '../threads.ts';
import { type Digested, type DigestName, digestBytes } from './digests.ts';
import type { DigestWork } from './work.ts';

/** Threads that read, copy and digest files, so that the event loop keeps serving. */
export interface DigestPool {
  /** Digests of a file in one pass. Node's file errors (ENOENT …) come through. */
  digestFile(path: string | Buffer, names: readonly DigestName[]): Promise<Digested>;
  /**
   * Copies a file while digesting it. The target must not exist; it is flushed to the disk unless `sync` is false, and
   * removed again when the copy fails. Flushing its folder is the caller's (see `#kernel/durably`).
   */
  copyAndDigest(
    source: string | Buffer,
    target: string,
    names: readonly DigestName[],
    options?: { sync?: boolean },
  ): Promise<Digested>;
  /**
   * Asks a script of one's own (see `answerRequests` in `#kernel/threads`), on threads that are started when first needed
   * and live as long as this.
   *
   * @param script by `new URL('./x.ts', import.meta.url)`
   * @param transfer buffers of the request that are handed over
   */
  ask<T>(script: URL, request: unknown, transfer?: readonly ArrayBuffer[]): Promise<T>;
  /** Ends the threads; work under way is finished first, later calls fail. */
  close(): Promise<void>;
}

interface Waiting {
  readonly work: DigestWork;
  readonly resolve: (digested: Digested) => void;
  readonly reject: (error: unknown) => void;
}

/** So many threads may wait for the disk besides those that work: a processor is not idle while a file is flushed. */
const FLUSHING = 6;

/** A request may wait for a disk that is slow, and for many files; never for ever. */
const LONGEST_MS = 24 * 3600_000;

/** Files up to this size are done on the calling thread: sending them to another costs more than it frees. */
const SMALL = 64 * 1024;

async function doSmall({ source, names, target, sync }: DigestWork): Promise<Digested> {
  const bytes = await readFile(source);
  if (target !== undefined) {
    const file = await open(target, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      if (sync !== false) await file.sync();
    } catch (e) {
      await rm(target, { force: true });
      throw e;
    } finally {
      await file.close();
    }
  }
  return digestBytes(bytes, names);
}

/** What a script holds of an object grows with it at most in arrays of bytes, which are not of the heap. */
const HEAP_MB = 512;
/** So long threads are kept with nothing to do. */
const IDLE_MS = 30_000;

/** V8 would let the young part of each thread's heap grow to 128 MiB, and what lives in these is gone at once. */
const YOUNG_MB = 8;

/**
 * @param threads at most this many work at once (default: one per processor), and a few more may wait for the disk;
 * started when first needed, and they do not keep the process alive while idle.
 */
export function createDigestPool(threads = availableParallelism()): DigestPool {
  const idle: Worker[] = [];
  const busy = new Map<Worker, Waiting>();
  const flushing = new Set<Worker>();
  const queue: Waiting[] = [];
  const others = new Map<string, ThreadPool>();
  let closing: (() => void) | null = null;
  let resting: NodeJS.Timeout | undefined;

  function settled(worker: Worker): void {
    worker.unref();
    busy.delete(worker);
    flushing.delete(worker);
    idle.push(worker);
    next();
    clearTimeout(resting);
    if (busy.size === 0) resting = setTimeout(rest, IDLE_MS).unref();
  }
  /** Nothing was digested for a while: what the threads hold is given back. */
  function rest(): void {
    if (busy.size === 0) for (const worker of idle.splice(0)) void worker.terminate();
  }
  function start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    worker.on('message', (answer: 'flushing' | { done: Digested } | { error: Error; code: unknown }) => {
      if (answer === 'flushing') {
        if (flushing.size < FLUSHING) flushing.add(worker);
        next();
        return;
      }
      const waiting = busy.get(worker);
      settled(worker);
      if ('done' in answer) waiting?.resolve(answer.done);
      else waiting?.reject(Object.assign(answer.error, { code: answer.code }));
    });
    worker.on('error', (error) => {
      busy.get(worker)?.reject(error);
      busy.delete(worker);
      flushing.delete(worker);
      next();
    });
    return worker;
  }
  function next(): void {
    while (queue.length > 0 && busy.size - flushing.size < threads) {
      const waiting = queue.shift()!;
      const worker = idle.pop() ?? start();
      busy.set(worker, waiting);
      worker.ref();
      worker.postMessage(waiting.work);
    }
    if (closing && busy.size === 0 && queue.length === 0) closing();
  }
  async function run(work: DigestWork): Promise<Digested> {
    if (closing) throw new Error('the digest pool is closed');
    const { size } = await stat(work.source);
    if (size <= SMALL) return doSmall(work);
    return new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      next();
    });
  }

  return {
    digestFile: (source, names) => run({ source, names }),
    copyAndDigest: (source, target, names, options) =>
      run({ source, names, target, sync: options?.sync ?? true }),
    async ask(script, request, transfer = []) {
      if (closing) throw new Error('the digest pool is closed');
      let pool = others.get(script.href);
      // Some of them wait for the disk.
      pool ??= new ThreadPool({
        script,
        size: threads + 1,
        maxHeapMb: HEAP_MB,
        maxYoungMb: YOUNG_MB,
        idleMs: IDLE_MS,
      });
      others.set(script.href, pool);
      return pool.ask(request, { timeoutMs: LONGEST_MS, transfer });
    },
    async close() {
      await new Promise<void>((resolve) => {
        closing = resolve;
        next();
      });
      clearTimeout(resting);
      await Promise.all(idle.splice(0).map((worker) => worker.terminate()));
      await Promise.all([...others.values()].map((pool) => pool.close()));
    },
  };
}
