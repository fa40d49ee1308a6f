import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '#formats/tree';
import { newId } from '#kernel/ids';
import { contractWorld, type World } from './world.ts';

let world: World;
let url = '';
let folder = '';

beforeAll(async () => {
  world = await contractWorld();
  url = await world.app.listen({ port: 0, host: '127.0.0.1' });
  folder = await mkdtemp(join(tmpdir(), 'lantai-dropped-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const who = (name: string) => ({
  ...world.person(name, ['import.run'], world.ours).headers,
  'x-lantai': '1',
  'tus-resumable': '1.0.0',
});
type Who = ReturnType<typeof who>;

const metadata = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
    .join(',');

/** Announces a file. @returns its address, or why not */
async function announce(by: Who, fields: Record<string, string>, bytes: number) {
  const headers = { ...by, 'upload-length': String(bytes), 'upload-metadata': metadata(fields) };
  const answer = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers });
  await answer.text();
  return { status: answer.status, at: answer.headers.get('location') ?? '' };
}

async function upload(by: Who, fields: Record<string, string>, content: Buffer): Promise<string> {
  const { status, at } = await announce(by, fields, content.length);
  expect(status).toBe(201);
  const headers = { ...by, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  if (content.length > 0) {
    const sent = await fetch(new URL(at, url), { method: 'PATCH', headers, body: new Uint8Array(content) });
    expect(sent.status).toBe(204);
  }
  return at.split('/').at(-1)!;
}

const post = async (by: Who, uploadIds: string[]) => {
  const answer = await fetch(`${url}/api/v1/examinations`, {
    method: 'POST',
    headers: { ...by, 'content-type': 'application/json' },
    body: JSON.stringify({ uploadIds }),
  });
  return { status: answer.status, body: (await answer.json()) as { id: string; code?: string } };
};
const report = async (by: Who, id: string) => {
  const answer = await fetch(`${url}/api/v1/examinations/${id}`, { headers: by });
  return (await answer.json()) as Record<string, unknown> & { groups: { code: string }[] };
};
/** As the worker does it. */
const work = (id: string) =>
  world.house.examinations.jobs[0]!.run({
    id: newId(),
    data: { id },
    attempt: 1,
    progress: () => {},
    signal: new AbortController().signal,
  });
const place = () => join(world.house.config.dataDir, 'examinations');

describe('what strangers drop on the page', () => {
  it('with a path that leads elsewhere is refused, and nothing is written', async () => {
    const her = who('paths');
    for (const relativePath of [
      '../../../escaped.txt',
      '/etc/escaped',
      'a/../../escaped',
      'a\\..\\escaped',
      'a/\u0000b',
    ]) {
      const id = await upload(her, { filename: 'escaped.txt', relativePath }, Buffer.from('x'));
      expect(await post(her, [id])).toMatchObject({ status: 422, body: { code: 'upload.badPath' } });
    }
    expect(await readdir(place()).catch(() => [])).toEqual([]);
  });

  it('with a name no file system takes is refused, however long; the house goes on', async () => {
    const her = who('names');
    const id = await upload(her, { filename: '名'.repeat(200) }, Buffer.from('x'));
    expect(await post(her, [id])).toMatchObject({ status: 422, body: { code: 'upload.badPath' } });
    const beyond = await announce(her, { filename: 'a'.repeat(60_000) }, 1).catch(() => ({ status: 0 }));
    expect([0, 400, 413, 431]).toContain(beyond.status);
    expect((await fetch(`${url}/api/v1/examinations/room`, { headers: her })).status).toBe(200);
  });

  it('by somebody who breaks off is not looked at before it is whole, and can be sent on', async () => {
    const her = who('breaker');
    const content = Buffer.alloc(400_000, 'GIF89a');
    const { at } = await announce(her, { filename: 'page.gif' }, content.length);
    const id = at.split('/').at(-1)!;
    const broken = request(new URL(at, url), {
      method: 'PATCH',
      headers: {
        ...her,
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
        'content-length': String(content.length),
      },
    });
    broken.on('error', () => {});
    broken.write(content.subarray(0, 100_000));
    await new Promise((done) => setTimeout(done, 200));
    const closed = new Promise((done) => broken.on('close', done));
    broken.destroy();
    await closed;
    expect(await post(her, [id])).toMatchObject({ status: 409, body: { code: 'upload.wrongState' } });
    const asked = await fetch(new URL(at, url), { method: 'HEAD', headers: her });
    const offset = Number(asked.headers.get('upload-offset'));
    expect(offset).toBeLessThan(content.length);
    const sent = await fetch(new URL(at, url), {
      method: 'PATCH',
      headers: { ...her, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(content.subarray(offset)),
    });
    expect(sent.status).toBe(204);
    expect((await post(her, [id])).status).toBe(201);
  });

  it('twice at once is looked at once; what is another’s is not there', async () => {
    const her = who('twice');
    const id = await upload(her, { filename: 'page.gif' }, Buffer.from('GIF89a'));
    const both = await Promise.all([post(her, [id]), post(her, [id])]);
    expect(both.map((one) => one.status).sort()).toEqual([201, 409]);
    expect(await post(who('other'), [id])).toMatchObject({ status: 404, body: { code: 'upload.notFound' } });
    const { body } = both.find((one) => one.status === 201)!;
    for (const path of [
      '',
      '/findings',
      '/entries',
      '/entries/1',
      '/entries/1/inside',
      '/report.json',
      '/report.pdf',
    ]) {
      const answer = await fetch(`${url}/api/v1/examinations/${body.id}${path}`, { headers: who('other') });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  it('an empty file is one; a bomb is named as such and never unpacked', async () => {
    const her = who('bomber');
    const empty = await post(her, [await upload(her, { filename: '空.txt' }, Buffer.alloc(0))]);
    await work(empty.body.id);
    expect(await report(her, empty.body.id)).toMatchObject({ state: 'done', kind: 'file', bytes: 0 });
    const zip = join(folder, 'bomb.zip');
    await writeZip(zip, [{ path: 'zeros', content: Buffer.alloc(60_000_000) }]);
    const bomb = await post(her, [await upload(her, { filename: 'bomb.zip' }, await readFile(zip))]);
    await work(bomb.body.id);
    const told = await report(her, bomb.body.id);
    expect(told).toMatchObject({ state: 'done', kind: 'unknown', valid: false });
    expect(told.groups.map((g) => g.code)).toEqual(['tree.ratio']);
    expect(await readdir(join(place(), bomb.body.id))).toEqual(['content']);
  });

  it('deleted while it is being looked at stops that, and nothing of it stays', async () => {
    const her = who('leaver');
    const files = Array.from({ length: 30 }, (_, i) => ({ path: `${i}.txt`, content: Buffer.from(`${i}`) }));
    const zip = join(folder, 'files.zip');
    await writeZip(zip, files);
    const { body } = await post(her, [await upload(her, { filename: 'files.zip' }, await readFile(zip))]);
    const working = work(body.id);
    const gone = await fetch(`${url}/api/v1/examinations/${body.id}`, { method: 'DELETE', headers: her });
    expect(gone.status).toBe(204);
    await working;
    expect(await readdir(place())).not.toContain(body.id);
    expect((await fetch(`${url}/api/v1/examinations/${body.id}`, { headers: her })).status).toBe(404);
  });
});
