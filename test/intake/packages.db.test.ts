import { randomBytes } from 'node:crypto';
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { handoverZip } from '../../src/modules/transfer/testing/handover.ts';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
let zip: string;
beforeAll(async () => {
  all = await intakeHouse();
  oa = await all.admitted();
  zip = join(all.folder, 'p.zip');
  await handoverZip(zip, [{ code: 'J012-WS·2023-Y-0001' }]);
});
afterAll(() => all?.close());

async function uploaded(path = zip, name = '移交.zip', person = oa.id): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const at = join(all.house.staging.folder, id);
  await copyFile(path, at);
  const { size } = await stat(path);
  await writeFile(`${at}.json`, JSON.stringify({ id, size, metadata: { filename: name, person } }));
  return id;
}
async function call(method: 'GET' | 'PUT', url: string, payload?: object, headers = oa.headers) {
  const answer = await all.app.inject({
    method,
    url: `/api/v1/intake/packages${url}`,
    headers,
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}
const one = async (id: string) => all.house.transfers.one(all.clerk.actor, id);

describe('a package a system sends', () => {
  it('becomes a batch that people look at, once, however often it is sent', async () => {
    const id = await uploaded();
    const order = { title: '2023年度文书档案', uploads: [{ id }] };
    const sent = await call('PUT', '/p-1', order);
    expect(sent).toMatchObject({ status: 201, body: { outcome: 'taken', version: 1 } });
    const batch = await one(sent.body.batchId);
    expect(batch).toMatchObject({
      state: 'preparing',
      title: order.title,
      files: 1,
      preparedByName: '办公自动化系统',
    });
    expect((await call('PUT', '/p-1', order)).body).toMatchObject({
      outcome: 'unchanged',
      batchId: batch.id,
    });
    // The same package from a new upload, as after the sender lost what it knew.
    const again = await call('PUT', '/p-1', { ...order, uploads: [{ id: await uploaded() }] });
    expect(again.body).toMatchObject({ outcome: 'unchanged', batchId: batch.id });
    expect((await call('GET', '/p-1')).body).toMatchObject({
      state: 'preparing',
      number: batch.number,
      checks: null,
      receipt: false,
    });
    expect((await call('GET', '')).body.items).toHaveLength(1);
    const n = await sql<{ n: number }>`select count(*)::int as n from transfer.batch`.execute(all.db.owner);
    expect(n.rows[0]!.n).toBe(1);
  });

  it('can be sent anew while the batch is the agency’s to change, and no more after', async () => {
    const sent = await call('PUT', '/p-2', { title: '甲', uploads: [{ id: await uploaded() }] });
    const other = join(all.folder, 'q.zip');
    await handoverZip(other, [{ code: 'J012-WS·2023-Y-0002' }]);
    const changed = await call('PUT', '/p-2', { title: '甲', uploads: [{ id: await uploaded(other) }] });
    expect(changed.body).toMatchObject({ outcome: 'changed', version: 2, batchId: sent.body.batchId });
    expect((await call('PUT', '/p-2', { title: '甲', uploads: [{ id: await uploaded() }] })).body.code).toBe(
      'intake.superseded.conflict',
    );
    await sql`update transfer.batch set state = 'checked' where id = ${sent.body.batchId}`.execute(
      all.db.owner,
    );
    const late = await call('PUT', '/p-2', { title: '乙', uploads: [{ id: await uploaded(other) }] });
    expect(late).toMatchObject({ status: 409, body: { code: 'intake.filed.conflict' } });
  });

  it('goes on to the checks by itself where its system is set so, and is sent by a person alone', async () => {
    const eager = await all.admitted({ name: '自动', onward: 'precheck' });
    const sent = await call(
      'PUT',
      '/p-3',
      { title: '丙', uploads: [{ id: await uploaded(zip, 'x.zip', eager.id) }] },
      eager.headers,
    );
    expect((await one(sent.body.batchId)).state).toBe('prechecking');
    const acted = await all.app.inject({
      method: 'POST',
      url: `/api/v1/transfers/${sent.body.batchId}/acts`,
      headers: eager.headers,
      payload: { act: 'send', version: 1 },
    });
    expect(acted.statusCode).toBe(403);
  });

  it('goes on after a break between any two steps', async () => {
    const { intake, transfers } = all.house;
    const id = await uploaded();
    const order = {
      senderId: 'p-4',
      title: '丁',
      content: '',
      fonds: null,
      uploads: [{ id }],
      way: 'api',
      language: 'zh-CN',
    } as const;
    const actor = { ...all.clerk.actor, id: oa.id };
    const { give } = transfers;
    transfers.give = () => Promise.reject(new Error('killed'));
    await expect(intake.sendPackage(actor, order)).rejects.toThrow('killed');
    transfers.give = give;
    expect((await call('GET', '/p-4')).body.state).toBe('preparing');
    const sent = await intake.sendPackage(actor, order);
    expect(sent).toMatchObject({ outcome: 'taken', version: 1 });
    expect((await one(sent.batchId)).files).toBe(1);
    const used = await sql<{
      items: number;
    }>`select items::int as items from intake.system where id = ${oa.id}`.execute(all.db.owner);
    expect(used.rows[0]!.items).toBe(3);
  });

  it('is one batch where two processes send it at the same moment, and what was said of it last is what the batch holds', async () => {
    const { intake, transfers } = all.house;
    const other = all.another();
    const actor = { ...all.clerk.actor, id: oa.id };
    for (let n = 0; n < 5; n++) {
      const orders = [];
      for (const title of ['同时', '同时', '同时，另一种说法'])
        orders.push({
          senderId: `both-${n}`,
          title,
          content: '',
          fonds: null,
          uploads: [{ id: await uploaded() }],
          way: 'api',
          language: 'zh-CN',
        } as const);
      const told = await Promise.allSettled(
        orders.map((order, i) => (i % 2 === 0 ? intake : other).sendPackage(actor, order)),
      );
      const batches = told.map((t) => {
        if (t.status === 'fulfilled') return t.value.batchId;
        // One that is sent late changes nothing back.
        expect(t.reason).toMatchObject({ code: 'intake.superseded.conflict' });
        return null;
      });
      const ids = new Set(batches.filter((b) => b !== null));
      expect(ids.size).toBe(1);
      const [id = ''] = ids;
      const { title } = await transfers.one(all.clerk.actor, id);
      const last = orders.find((o) => o.title === title)!;
      expect(await intake.sendPackage(actor, last)).toMatchObject({ outcome: 'unchanged', batchId: id });
    }
  });

  it('is refused where it bears a classification, or names what is not its own', async () => {
    expect(
      (await call('PUT', '/p-5', { title: '机密★档案', uploads: [{ id: await uploaded() }] })).body.code,
    ).toBe('transfer.marked');
    const foreign = await uploaded(zip, 'x.zip', all.civil);
    expect(
      JSON.stringify((await call('PUT', '/p-6', { title: '戊', uploads: [{ id: foreign }] })).body),
    ).toContain('upload.notFound');
    const wrong = { title: '己', uploads: [{ id: await uploaded(), digest: `sm3:${'0'.repeat(64)}` }] };
    expect(JSON.stringify((await call('PUT', '/p-7', wrong)).body)).toContain('intake.digest');
    expect((await readFile(zip)).length).toBeGreaterThan(0);
  });
});
