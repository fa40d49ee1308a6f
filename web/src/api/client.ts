import createClient from 'openapi-fetch';
import { fetchWithProof } from './proof.ts';
import type { paths } from './schema.generated.ts';
import type { Problem, Unit } from './shapes.ts';

export const BASE = '/api/v1';
/** Sent with every call: other sites can not set it, so a cookie alone does nothing (CSRF). */
export const OWN_HEADERS = { 'X-Lantai': '1' } as const;

/** A call that was refused or failed, with the stable code the catalogue of messages knows. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly problem: Problem | undefined;
  constructor(status: number, code: string, problem?: Problem, options?: { cause?: unknown }) {
    super(problem?.detail ?? problem?.title ?? code, options);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
  /** The other person's version, when a change met a newer one. */
  get current(): Unit | undefined {
    return this.problem?.values?.current;
  }
}

export const api = createClient<paths>({
  baseUrl: BASE,
  credentials: 'same-origin',
  headers: OWN_HEADERS,
  fetch: async (request) => {
    try {
      return await fetchWithProof(request);
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new ApiError(0, 'network', undefined, { cause });
    }
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Whether the server says why it refused. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'title' in value;
}

/** The body of a good answer; anything else is thrown as ApiError. */
export async function body<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined && data !== null) return data;
  const problem = isProblem(error) ? error : undefined;
  throw new ApiError(response.status, problem?.code ?? `http.${response.status}`, problem);
}

/** For answers without a body (204). */
export async function done(call: Promise<Answer<unknown>>): Promise<void> {
  const { error, response } = await call;
  if (response.ok) return;
  const problem = isProblem(error) ? error : undefined;
  throw new ApiError(response.status, problem?.code ?? `http.${response.status}`, problem);
}

/** An address with its query, for links to files (workbooks, certificates). Empty values are left out. */
export function fileUrl(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) params.set(key, value);
  const text = params.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}
