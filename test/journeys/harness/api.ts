import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

/** The API as one person (or nobody) may use it: for what a journey needs beforehand, and for what must be refused. */
export interface Api {
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  patch(path: string, body: unknown): Promise<Response>;
  /** The JSON of a GET that must succeed. */
  read<T>(path: string): Promise<T>;
}

export interface Login {
  username: string;
  password: string;
}

/** Without a login: the public. */
export async function apiOf(url: string, login?: Login): Promise<Api> {
  let cookie = '';
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie && { cookie }), 'x-lantai': '1', ...init.headers },
    });
  const sendJson = (method: string) => (path: string, body: unknown) =>
    send(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const post = sendJson('POST');
  if (login) {
    const answer = await post('/api/v1/session', login);
    if (!answer.ok) throw new Error(`${login.username} could not sign in: ${await answer.text()}`);
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
  return {
    get: (path) => send(path),
    post,
    patch: sendJson('PATCH'),
    async read<T>(path: string): Promise<T> {
      const answer = await send(path);
      if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** The public check of a certified copy by its file. @returns the page's text */
export async function verifyUpload(url: string, path: string, bytes?: Buffer): Promise<string> {
  const form = new FormData();
  const content = bytes ?? (await readFile(path));
  form.set('file', new File([new Uint8Array(content)], basename(path), { type: 'application/pdf' }));
  const answer = await fetch(`${url}/verify`, { method: 'POST', body: form });
  return answer.text();
}
