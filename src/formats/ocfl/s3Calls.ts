import { setTimeout as pause } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { messageOf, Refusal } from '#kernel/errors';
import { describeLocation, type S3Location } from './locations.ts';

/** How long a server is waited for, in milliseconds. */
export interface S3Limits {
  readonly connectMs: number;
  /** One call, the sending of up to 8 MiB included, more for more; reading an answer's content is not counted here. */
  readonly callMs: number;
  /** Without a byte, while content is read. */
  readonly idleMs: number;
  /** Tries of one call, with longer and longer pauses between. */
  readonly tries: number;
}

export const S3_LIMITS: S3Limits = { connectMs: 10_000, callMs: 60_000, idleMs: 60_000, tries: 5 };

export interface SendOptions {
  readonly abortSignal: AbortSignal;
}

/** Calls of one client: tried again where that helps, with one clear sentence where it does not. */
export interface Calls {
  /**
   * @param what what is being done, in words
   * @param answers what stands for an error of the server, by its code
   * @param bytes that are sent
   * @throws Refusal `store.unreachable`, `store.slow`, `store.denied`, `store.noBucket`, `store.answersWrong`
   */
  send<T, A extends string | null | boolean = never>(
    what: string,
    call: (options: SendOptions) => Promise<T>,
    answers?: Readonly<Record<string, A>>,
    bytes?: number,
  ): Promise<T | A>;
  /** The server's own time, by the date of its last answer. */
  serverNow(): number;
  odd(what: string, why: string, cause?: unknown): Refusal;
}

interface Trouble {
  readonly code: string;
  readonly status: number | undefined;
}

function troubleOf(e: unknown): Trouble {
  if (!(e instanceof Error)) return { code: '', status: undefined };
  const status =
    '$metadata' in e &&
    typeof e.$metadata === 'object' &&
    e.$metadata !== null &&
    'httpStatusCode' in e.$metadata
      ? Number(e.$metadata.httpStatusCode)
      : undefined;
  return { code: e.name, status };
}

const DENIED = new Set(['AccessDenied', 'Forbidden', 'InvalidAccessKeyId', 'SignatureDoesNotMatch']);
// The library sets its clock by the answer that says it is wrong.
const AGAIN = new Set([
  'RequestTimeTooSkewed',
  'SlowDown',
  'RequestTimeout',
  'InternalError',
  'ServiceUnavailable',
  'Throttling',
]);

/** Whether a second try may do better: nobody answered, or the server said it could not just now. */
function mayHelp({ code, status }: Trouble): boolean {
  if (status === undefined) return true;
  return status >= 500 || status === 429 || AGAIN.has(code);
}

export function callsOf(client: S3Client, location: S3Location, limits: S3Limits): Calls {
  const place = describeLocation(location);
  let seen: { server: number; here: number } | null = null;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (typeof response === 'object' && response !== null && 'headers' in response) {
        const headers = response.headers as Record<string, string | undefined>;
        const server = Date.parse(headers.date ?? '');
        if (!Number.isNaN(server)) seen = { server, here: performance.now() };
      }
      return result;
    },
    { step: 'deserialize', name: 'serverDate', priority: 'low' },
  );

  function refusal(what: string, e: unknown, late: boolean): Refusal {
    const { code, status } = troubleOf(e);
    const detail = { place, what };
    const options = { cause: e };
    // The library also calls a line that was cut a timeout.
    if (late)
      return new Refusal(
        'store.slow',
        `The store ${place} did not answer in time (${what}).`,
        detail,
        options,
      );
    if (status === undefined || status >= 500)
      return new Refusal(
        'store.unreachable',
        `The store ${place} can not be reached (${what}): ${messageOf(e)}.`,
        detail,
        options,
      );
    if (code === 'NoSuchBucket')
      return new Refusal('store.noBucket', `The store ${place} has no such bucket.`, detail, options);
    if (DENIED.has(code) || status === 403 || status === 401)
      return new Refusal(
        'store.denied',
        `The store ${place} refuses us (${what}): ${code}.`,
        detail,
        options,
      );
    return odd(what, `${code} ${messageOf(e)}`, e);
  }
  const odd = (what: string, why: string, cause?: unknown) =>
    new Refusal(
      'store.answersWrong',
      `The store ${place} gave an answer that can not be used (${what}): ${why}.`,
      { place, what },
      { cause },
    );

  return {
    odd,
    serverNow: () => (seen ? seen.server + (performance.now() - seen.here) : Date.now()),
    async send(what, call, answers, bytes = 0) {
      const patience = limits.callMs * Math.max(1, bytes / (8 * 1024 * 1024));
      for (let tries = 1; ; tries++) {
        // Not AbortSignal.timeout: that would go on counting while the content of an answer is read.
        const late = new AbortController();
        const timer = setTimeout(() => late.abort(), patience);
        try {
          return await call({ abortSignal: late.signal });
        } catch (e) {
          if (e instanceof Refusal) throw e;
          const trouble = troubleOf(e);
          if (answers && Object.hasOwn(answers, trouble.code)) return answers[trouble.code]!;
          if (late.signal.aborted) tries++;
          if (tries >= limits.tries || !mayHelp(trouble)) throw refusal(what, e, late.signal.aborted);
          await pause(Math.min(5_000, 100 * 2 ** tries) * (0.5 + Math.random()));
        } finally {
          clearTimeout(timer);
        }
      }
    },
  };
}
