import { isRefusal, messageOf, Refusal } from '#kernel/errors';
import type { SheetKind, SheetRow } from '../types.ts';

/** What the reading thread is asked. A reading is one run through one sheet. */
export type Request =
  | { ask: 'read'; reading: number; sheet: number }
  | { ask: 'more'; reading: number }
  | { ask: 'stop'; reading: number };

export interface Outline {
  kind: SheetKind;
  encoding?: string;
  delimiter?: string;
  sheets: { name: string; hidden: boolean }[];
}

/** A failure in a form that survives the way between threads. */
export interface SentFailure {
  refusal?: { code: string; detail: Record<string, unknown> };
  message: string;
  stack?: string;
}

/** What the reading thread answers. */
export type Answer =
  | { answer: 'opened'; outline: Outline }
  | { answer: 'notOpened'; failure: SentFailure }
  | { answer: 'rows'; reading: number; rows: SheetRow[]; progress: number }
  | { answer: 'end'; reading: number }
  | { answer: 'failed'; reading: number; failure: SentFailure };

/** Batches the thread may be ahead of the one who reads. */
export const AHEAD = 3;

export function sendFailure(cause: unknown): SentFailure {
  const message = messageOf(cause);
  if (isRefusal(cause)) return { message, refusal: { code: cause.code, detail: { ...cause.detail } } };
  return { message, stack: cause instanceof Error ? cause.stack : undefined };
}

export function receivedFailure(sent: SentFailure): Error {
  if (sent.refusal) return new Refusal(sent.refusal.code, sent.message, sent.refusal.detail);
  const fault = new Error(sent.message);
  if (sent.stack) fault.stack = sent.stack;
  return fault;
}
