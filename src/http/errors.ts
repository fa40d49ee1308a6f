import { randomBytes } from 'node:crypto';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal } from '#kernel/errors';

/** RFC 9457 problem document. `code` is stable; `detail` is a sentence; `values` is what the sentence speaks of. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  values?: Record<string, unknown>;
  reference?: string;
}

const BY_LAST_WORD: Record<string, number> = {
  notFound: 404,
  changed: 409,
  wrongState: 409,
  duplicate: 409,
  conflict: 409,
  samePerson: 409,
  forbidden: 403,
  none: 401,
  wrong: 401,
  stale: 401,
  tooMany: 429,
  tooLarge: 413,
  invalid: 400,
  unreachable: 503,
  slow: 503,
  noRoom: 507,
};

/** HTTP status of a refusal's code: by its last word, else 422. */
export function statusOf(code: string): number {
  return BY_LAST_WORD[code.slice(code.lastIndexOf('.') + 1)] ?? 422;
}

/** Turns anything thrown into a problem document. Faults tell nothing but a reference number. */
export function problemOf(error: unknown): Problem {
  if (isRefusal(error)) {
    return problem(statusOf(error.code), error.code, error.message, error.detail);
  }
  const e = error as Partial<FastifyError>;
  if (e.validation)
    return problem(400, 'request.invalid', e.message ?? 'The request does not fit the schema.');
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500) {
    return problem(e.statusCode, 'request.invalid', e.message ?? 'The request can not be used.');
  }
  if (isUnusableValue(error))
    return problem(
      400,
      'request.invalid',
      'A value of the request can not be used: it is too large or malformed.',
    );
  const reference = randomBytes(5).toString('hex');
  return {
    ...problem(
      500,
      'fault',
      `Something broke on our side. Give your administrator this reference: ${reference}.`,
    ),
    reference,
  };
}

function problem(
  status: number,
  code: string,
  detail: string,
  values?: Readonly<Record<string, unknown>>,
): Problem {
  return {
    type: `urn:lantai:problem:${code}`,
    title: code,
    status,
    code,
    detail,
    ...(values && Object.keys(values).length > 0 ? { values } : {}),
  };
}

/**
 * PostgreSQL's class of errors about values (22xxx): a number past its range, a text that is no id. What it says is kept
 * from the asker.
 */
function isUnusableValue(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^22[0-9A-Z]{3}$/.test(String(error.code));
}

export function answerProblem(error: unknown, req: FastifyRequest, reply: FastifyReply): void {
  const p = problemOf(error);
  if (isUnusableValue(error))
    req.log.warn({ err: error }, 'a value of a request was refused by the database');
  if (p.status >= 500) req.log.error({ err: error, reference: p.reference }, 'fault');
  if (p.status === 429 && typeof p.values?.seconds === 'number')
    void reply.header('retry-after', p.values.seconds);
  void reply.status(p.status).type('application/problem+json').send(JSON.stringify(p));
}
