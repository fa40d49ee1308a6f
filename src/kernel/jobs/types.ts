import type { Tx } from '../db.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Where long work stands, as screens show it: done / total / rate / remaining / errors so far. */
export interface Progress {
  /** Code of the present step, for the screen to put into words: `reading`, `checking`, `storing`. */
  step?: string;
  done: number;
  /** Unknown while absent: a bar that would lie is not drawn. */
  total?: number;
  rejected?: number;
  /** Per second, over the last seconds. */
  rate?: number;
}

/** What a handler gets. It may run twice for one job (a killed process): it must find its place by itself. */
export interface JobRun<D> {
  id: string;
  data: D;
  /** 1 on the first try. */
  attempt: number;
  /** Set off when the process stops or the job is cancelled. The handler then returns or throws soon. */
  signal: AbortSignal;
  /** Shows progress; throttled, so it may be called often. */
  progress(p: Progress): void;
}

/** A kind of job. Handlers carry ids in their data, never content. */
export interface JobKind<D extends object = object> {
  name: string;
  /** Runs at once in one process. Default 1. */
  concurrency?: number;
  /** Tries in all. Default 5, with growing pauses. A Refusal is not tried again. */
  attempts?: number;
  run(job: JobRun<D>): Promise<unknown>;
}

/** A refusal as screens put it into words: `error.<code>` with its values. */
export interface JobRefusal {
  code: string;
  values: Readonly<Record<string, string | number>>;
}

export interface JobRecord {
  id: string;
  kind: string;
  archiveId: string | null;
  title: string;
  state: JobState;
  progress: Progress | Record<string, never>;
  result: unknown;
  error: string | null;
  /** Where it failed since it was refused. */
  refusal: JobRefusal | null;
  attempt: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export interface EnqueueOptions {
  archiveId?: string | null;
  /** For the list of jobs: a file name, a reference code. */
  title?: string;
  createdBy?: string | null;
  /** Whether a person can follow it (a row in lantai.job). Default true; false for swarms such as the text of one item. */
  followed?: boolean;
  /** Tries in all, as the kind has it; processes that were killed count. Default 5. */
  attempts?: number;
}

export interface Jobs {
  /** Adds a job in the caller's transaction: it exists if and only if the change does. Returns its id. */
  enqueue<D extends object>(tx: Tx, kind: string, data: D, options?: EnqueueOptions): Promise<string>;
  /** Adds many jobs of a kind that nobody follows, by one statement. */
  enqueueAll(tx: Tx, kind: string, data: readonly object[]): Promise<void>;
  /** Makes queue schema and queues. Called by migrate, as the owner. */
  prepare(kinds: readonly string[]): Promise<void>;
  /** Opens the queue for enqueueing, without working. */
  open(): Promise<void>;
  /** Starts working on these kinds in this process. */
  work(kinds: readonly JobKind<never>[]): Promise<void>;
  /** Reads one followed job; the scope of the transaction decides whether it exists. */
  find(tx: Tx, id: string): Promise<JobRecord | undefined>;
  /** The newest jobs of what the transaction's scope may see. */
  recent(tx: Tx, limit: number): Promise<JobRecord[]>;
  cancel(tx: Tx, id: string): Promise<boolean>;
  /** Ends what people follow and the queue has given up: every process that worked on it was killed. @returns how many */
  endForgotten(): Promise<number>;
  /** How many jobs of these kinds wait or run. */
  pending(kinds: readonly string[]): Promise<number>;
  stop(): Promise<void>;
}
