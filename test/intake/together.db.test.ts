import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
beforeAll(async () => {
  all = await intakeHouse();
});
afterAll(() => all?.close());

type System = Awaited<ReturnType<IntakeHouse['admitted']>>;
const message = (title: string, more: object = {}) => ({
  metadata: { title, date: '2025-03-01' },
  files: [{ name: '正文.bin', content: randomBytes(300).toString('base64') }],
  ...more,
});

async function put(system: System, id: string, payload: object, remoteAddress = '127.0.0.1') {
  const url = `/api/v1/intake/records/${encodeURIComponent(id)}`;
  const answer = await all.app.inject({
    method: 'PUT',
    url,
    headers: system.headers,
    payload,
    remoteAddress,
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function post(system: System, records: object[]) {
  const url = '/api/v1/intake/records';
  const answer = await all.app.inject({ method: 'POST', url, headers: system.headers, payload: { records } });
  expect(answer.statusCode, answer.body).toBe(200);
  const { results }: { results: { outcome: string; code?: string; recordId?: string }[] } = answer.json();
  return results;
}

/** Transactions that entered items of a system. */
async function transactions({ id }: System): Promise<number> {
  const r = await sql<{
    n: number;
  }>`select count(distinct xmin::text)::int as n from intake.item where system_id = ${id}`.execute(
    all.db.owner,
  );
  return r.rows[0]?.n ?? 0;
}

describe('records that come at once', () => {
  it('are written together, each with its documents, files, events and line, and its own entry in the trail', async () => {
    const system = await all.admitted();
    const records = Array.from({ length: 120 }, (_, n) => ({
      id: `t-${n}`,
      ...message(`件 ${n}`, {
        parts: [
          { id: 'b', metadata: { title: '附件二' } },
          { id: 'a', part: 'final', metadata: { title: '定稿' }, files: message('').files },
        ],
        events: [
          { action: '拟稿', at: '2025-02-01' },
          { action: '签发', at: '2025-03-01' },
        ],
      }),
    }));
    const results = await post(system, records);
    expect(results.map((r) => r.outcome)).toEqual(records.map(() => 'taken'));
    expect(await transactions(system)).toBeLessThan(20);
    const { record, files, parts } = await all.house.filing.record(
      all.clerk.actor,
      results[7]?.recordId ?? '',
    );
    expect(record).toMatchObject({ title: '件 7', files: 1, bytes: 300 });
    expect(files.map((f) => [f.name, f.bytes])).toEqual([['正文.bin', 300]]);
    expect(parts.map((p) => [p.record.part, p.record.title, p.record.files])).toEqual([
      ['final', '定稿', 1],
      ['annex', '附件二', 0],
    ]);
    const told = await sql<{ entries: number; lines: number; events: number }>`select
        (select count(*) from audit.entry where act = 'record.registered' and detail ->> 'source' = ${`system:${system.id}`}) as entries,
        (select count(*) from intake.arrival where system_id = ${system.id}) as lines,
        (select count(*) from filing.event e join intake.item i on i.target_id = e.record_id where i.system_id = ${system.id}) as events`.execute(
      all.db.owner,
    );
    expect(told.rows[0]).toEqual({ entries: 120, lines: 120, events: 240 });
    // The same once more.
    expect(new Set((await post(system, records)).map((r) => r.outcome))).toEqual(new Set(['unchanged']));
  });

  it('spoil nothing for each other where one can not be taken', async () => {
    const system = await all.admitted({ name: '窄系统', dayItems: 3 });
    await put(system, 'there', message('有'));
    const results = await post(system, [
      { id: 'a', ...message('甲') },
      { id: 'bad', ...message('') },
      { id: 'b', ...message('乙') },
      { id: 'c', ...message('丙') },
      { id: 'there', ...message('有，改') },
    ]);
    const told = results.map((r) => r.code ?? r.outcome);
    expect([told[1], told[4]]).toEqual(['intake.findings', 'changed']);
    // Two more of the day's three, whichever were ready first.
    expect([told[0], told[2], told[3]].sort()).toEqual(['intake.quota.tooMany', 'taken', 'taken']);
  });

  it('are refused one by one where a text can not be kept', async () => {
    const system = await all.admitted();
    const half = '\ud83d';
    const results = await post(system, [
      { id: 'n-1', ...message(`半个字 ${half}`) },
      { id: 'n-2', ...message('事件', { events: [{ action: `签${half}发`, at: '2025' }] }) },
      { id: 'n-3', ...message('部分', { parts: [{ id: `a${half}`, metadata: { title: '附件' } }] }) },
      { id: 'n-4', ...message('好的') },
    ]);
    expect(results.map((r) => r.code ?? r.outcome)).toEqual([
      ...Array.from({ length: 3 }, () => 'intake.message.invalid'),
      'taken',
    ]);
    const order = { senderId: 'n-5', said: message('零\u0000字'), way: 'drop', language: 'zh-CN' } as const;
    await expect(all.house.intake.send({ ...all.clerk.actor, id: system.id }, order)).rejects.toMatchObject({
      code: 'intake.message.invalid',
    });
  });

  it('are told each with the address it came from', async () => {
    const system = await all.admitted();
    const from = Array.from({ length: 8 }, (_, n) => `192.0.2.${n + 1}`);
    const sent = await Promise.all(
      from.map((address) => put(system, address, message(`来自 ${address}`), address)),
    );
    expect(sent.map((s) => s.status)).toEqual(from.map(() => 201));
    const r = await sql<{
      title: string;
      address: string;
    }>`select detail ->> 'name' as title, address from audit.entry
      where act = 'record.registered' and detail ->> 'source' = ${`system:${system.id}`} order by 1`.execute(
      all.db.owner,
    );
    expect(r.rows).toEqual(from.map((address) => ({ title: `来自 ${address}`, address })));
  });
});
