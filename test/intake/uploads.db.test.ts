import { createHash, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let url: string;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
beforeAll(async () => {
  all = await intakeHouse();
  url = await all.listen();
  oa = await all.admitted({ dayBytes: 10_000 });
});
afterAll(() => all?.close());

const TUS = { 'tus-resumable': '1.0.0' };
const begin = (bytes: number, headers: Record<string, string> = oa.headers) =>
  fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      ...TUS,
      'upload-length': String(bytes),
      'upload-metadata': `filename ${Buffer.from('正文.bin').toString('base64')}`,
    },
  });
const send = (at: string, offset: number, body: Buffer, headers = oa.headers) =>
  fetch(at, {
    method: 'PATCH',
    headers: {
      ...headers,
      ...TUS,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(body),
  });
const offsetOf = async (at: string, headers = oa.headers) => {
  const answer = await fetch(at, { method: 'HEAD', headers: { ...headers, ...TUS } });
  return answer.status === 200 ? Number(answer.headers.get('upload-offset')) : answer.status;
};
const put = async (id: string, files: object[], headers = oa.headers) => {
  const answer = await fetch(`${url}/api/v1/intake/records/${id}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { title: id, date: '2025-01-01' }, files }),
  });
  const body = (await answer.json()) as { recordId: string; outcome: string; code?: string };
  return { status: answer.status, body };
};

async function uploaded(content: Buffer, headers = oa.headers): Promise<string> {
  const made = await begin(content.length, headers);
  const at = new URL(made.headers.get('location') ?? '', `${url}/api/v1/uploads/`).href;
  await send(at, 0, content, headers);
  return at.split('/').at(-1) ?? '';
}

describe('an upload of a system', () => {
  it('goes on where the line broke, is held to its digest, and makes a record once', async () => {
    const content = randomBytes(5_000);
    const made = await begin(content.length);
    expect(made.status).toBe(201);
    const at = new URL(made.headers.get('location') ?? '', `${url}/api/v1/uploads/`).href;
    const id = at.split('/').at(-1) ?? '';
    await send(at, 0, content.subarray(0, 2_000));
    expect(await offsetOf(at)).toBe(2_000);
    expect(JSON.stringify((await put('u-1', [{ name: 'a.bin', upload: id }])).body)).toContain(
      'upload.wrongState',
    );
    expect((await send(at, 1_000, content.subarray(1_000))).status).toBe(409);
    expect((await send(at, 2_000, content.subarray(2_000))).status).toBe(204);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const wrong = await put('u-1', [{ name: 'a.bin', upload: id, digest: `sha256:${'1'.repeat(64)}` }]);
    expect(JSON.stringify(wrong.body)).toContain('intake.digest');
    const taken = await put('u-1', [{ name: 'a.bin', upload: id, digest: `sha256:${sha256}` }]);
    expect(taken.status).toBe(201);
    // Sent again although the upload is gone: the same answer.
    expect(await offsetOf(at)).toBe(404);
    expect(await put('u-1', [{ name: 'a.bin', upload: id }])).toMatchObject({
      status: 200,
      body: { outcome: 'unchanged' },
    });
    const { files } = await all.house.filing.record(all.clerk.actor, taken.body.recordId);
    expect(files[0]).toMatchObject({
      bytes: 5_000,
      sha512: createHash('sha512').update(content).digest('hex'),
    });
  });

  it('counts against the quota of the day while it waits, also with two at once', async () => {
    const small = await all.admitted({ name: '小', dayBytes: 1_000 });
    const answers = await Promise.all([begin(600, small.headers), begin(600, small.headers)]);
    expect(answers.map((a) => a.status).sort()).toEqual([201, 429]);
    expect(await answers.find((a) => a.status === 429)?.json()).toMatchObject({
      code: 'intake.quota.tooMany',
    });
    const first = answers.find((a) => a.status === 201)!;
    const at = new URL(first.headers.get('location') ?? '', `${url}/api/v1/uploads/`).href;
    expect((await fetch(at, { method: 'DELETE', headers: { ...small.headers, ...TUS } })).status).toBe(204);
    await expect.poll(async () => (await begin(900, small.headers)).status).toBe(201);
  });

  it('is nobody else’s, and ends when nothing used it for a week', async () => {
    const other = await all.admitted({}, all.school);
    const id = await uploaded(randomBytes(100), other.headers);
    expect(await offsetOf(`${url}/api/v1/uploads/${id}`)).toBe(404);
    expect(JSON.stringify((await put('u-2', [{ name: 'a.bin', upload: id }])).body)).toContain(
      'upload.notFound',
    );
    await sql`update intake.upload set at = now() - interval '8 days' where id = ${id}`.execute(all.db.owner);
    expect(await all.house.intake.sweep()).toBe(1);
    await expect(stat(join(all.folder, 'staging', id))).rejects.toThrow('ENOENT');
  });
});
