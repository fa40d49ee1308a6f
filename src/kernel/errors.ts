/**
 * The three kinds of failure.
 *
 * - **Finding**: data. The content is wrong; a check says so and goes on. Never thrown.
 * - **Refusal**: the call can not be done as asked (wrong state, not found, no right). Thrown with a stable code
 *   and a sentence for the person; mapped to HTTP in `http/errors.ts` and to exit code 2 in `cli`.
 * - **Fault**: everything else. Logged with its cause, answered with a reference number.
 */

export type Severity = 'error' | 'warning' | 'info';

/** What a check found. `path` names the place (file, sheet cell, element), `message` says it in words. */
export interface Finding {
  code: string;
  severity: Severity;
  path: string;
  message: string;
}

/**
 * An expected refusal.
 *
 * @param code stable, dotted: `unit.notFound`, `import.notASpreadsheet`. "May not see" uses the code of "not found".
 * @param message one plain sentence in English; screens translate by code and `detail`.
 * @param detail values the sentence speaks of, for translation and for machines. No personal data.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
  constructor(
    code: string,
    message: string,
    detail: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.code = code;
    this.detail = detail;
  }
}

export function isRefusal(e: unknown): e is Refusal {
  return e instanceof Refusal;
}

/** The sentence of anything thrown, for logs and last-resort messages. */
export function messageOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
