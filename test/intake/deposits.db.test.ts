import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
beforeAll(async () => {
  all = await intakeHouse();
  oa = await all.admitted({ sends: ['deposits'] });
  await mkdir(all.house.staging.folder, { recursive: true });
});
afterAll(() => all?.close());

async function uploaded(content: string, name = '公文.txt', person = oa.id): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const at = join(all.house.staging.folder, id);
  await writeFile(at, content);
  const size = Buffer.byteLength(content);
  await writeFile(`${at}.json`, JSON.stringify({ id, size, metadata: { filename: name, person } }));
  return id;
}
async function call(method: 'GET' | 'PUT', url: string, payload?: object, headers = oa.headers) {
  const answer = await all.app.inject({
    method,
    url: `/api/v1/intake/deposits${url}`,
    headers,
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}
/** The system goes on, as the queue would have it. */
async function sealed(id: string): Promise<void> {
  const [job] = all.house.deposits.jobs;
  await job?.run({
    id: newId(),
    data: { id },
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => {},
  });
}
const order = async (content: string, more: object = {}) => {
  return {
    title: '2025年公文备份',
    category: '文书',
    yearFrom: 2025,
    uploads: [{ id: await uploaded(content) }],
    ...more,
  };
};

describe('a deposit a system makes', () => {
  it('is sealed and receipted like any other, once, however often it is sent', async () => {
    const first = await order('星槎之约');
    const sent = await call('PUT', '/d-1', first);
    expect(sent).toMatchObject({
      status: 201,
      body: { outcome: 'taken', state: 'sealing', senderId: 'd-1' },
    });
    const { depositId, number } = sent.body;
    await sealed(depositId);
    expect((await call('GET', '/d-1')).body).toMatchObject({ depositId, number, state: 'kept', files: 1 });
    const again = await call('PUT', '/d-1', first);
    expect(again).toMatchObject({ status: 200, body: { outcome: 'unchanged', depositId } });
    // The same from a new upload, as after the sender lost what it knew.
    expect((await call('PUT', '/d-1', await order('星槎之约'))).body).toMatchObject({
      outcome: 'unchanged',
      depositId,
    });
    const { deposit } = await all.house.deposits.read(all.clerk.actor, depositId);
    expect(deposit).toMatchObject({ madeByName: '办公自动化系统', system: '办公自动化系统', yearTo: null });
    const receipt = await all.app.inject({
      method: 'GET',
      url: '/api/v1/intake/deposits/d-1/receipt',
      headers: oa.headers,
    });
    const trust = [await all.house.keyring.trustBundle(all.house.db.owner, deposit.archiveId)];
    expect(await verifyFile(Buffer.from(receipt.body), { trust, now: all.house.clock.now() })).toMatchObject({
      verdict: 'genuine',
      payload: { 登记号: number },
    });
    const folder = join(all.house.config.dataDir, 'deposits', depositId);
    for (const name of await readdir(folder))
      expect((await readFile(join(folder, name))).includes('星槎之约')).toBe(false);
  });

  it('is never changed: something else under its id is refused, and nothing is kept of it', async () => {
    const before = await sql<{ n: number }>`select count(*)::int as n from deposit.deposit`.execute(
      all.house.db.owner,
    );
    expect(await call('PUT', '/d-1', await order('另一份'))).toMatchObject({
      status: 409,
      body: { code: 'intake.deposited.conflict' },
    });
    const after = await sql<{ n: number }>`select count(*)::int as n from deposit.deposit`.execute(
      all.house.db.owner,
    );
    expect(after.rows).toEqual(before.rows);
  });

  it('made by two calls at once is one', async () => {
    const [a, b] = await Promise.all([
      call('PUT', '/d-2', await order('同时')),
      call('PUT', '/d-2', await order('同时')),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 201]);
    expect(a.body.depositId).toBe(b.body.depositId);
  });

  it('that failed can be sent again', async () => {
    const sent = await call('PUT', '/d-3', await order('丢失'));
    await sql`update deposit.deposit set state = 'failed' where id = ${sent.body.depositId}`.execute(
      all.house.db.owner,
    );
    const again = await call('PUT', '/d-3', await order('丢失'));
    expect(again).toMatchObject({ status: 201, body: { state: 'sealing' } });
    expect(again.body.depositId).not.toBe(sent.body.depositId);
    expect((await call('GET', '/d-3')).body.depositId).toBe(again.body.depositId);
  });

  it('is refused where the system may not send deposits, and is nobody else’s to ask for', async () => {
    const other = await all.admitted({ sends: ['records', 'packages'] });
    const refused = await call(
      'PUT',
      '/d-1',
      { title: 'x', uploads: [{ id: await uploaded('x', 'x', other.id) }] },
      other.headers,
    );
    expect(refused).toMatchObject({ status: 403, body: { code: 'intake.notSent.forbidden' } });
    for (const url of ['/d-1', '/d-1/receipt'])
      expect((await call('GET', url, undefined, other.headers)).status).toBe(404);
  });

  it('that bears a classification is turned away or set apart, and its words are nowhere', async () => {
    const marked = await call('PUT', '/d-4', await order('x', { title: '机密★星槎' }));
    expect(marked).toMatchObject({ body: { code: 'deposit.marked' } });
    const inName = await call('PUT', '/d-5', {
      title: '备份',
      uploads: [{ id: await uploaded('y', '机密★星槎.txt') }],
    });
    await sealed(inName.body.depositId);
    const standing = await call('GET', '/d-5');
    expect(standing.body.state).toBe('blocked');
    expect(JSON.stringify([marked.body, standing.body])).not.toContain('星槎');
    const kept = await sql<{
      sent: unknown;
    }>`select sent from deposit.deposit where id = ${inName.body.depositId}`.execute(all.house.db.owner);
    expect(JSON.stringify(kept.rows)).not.toContain('星槎');
  });

  it('counts against the quota of its system', async () => {
    const small = await all.admitted({ sends: ['deposits'], totalItems: 1 });
    const one = async (n: number) => ({
      title: `备份${n}`,
      uploads: [{ id: await uploaded(`${n}`, 'a.txt', small.id) }],
    });
    expect((await call('PUT', '/q-1', await one(1), small.headers)).status).toBe(201);
    expect((await call('PUT', '/q-2', await one(2), small.headers)).body.code).toBe('intake.quota');
  });
});
