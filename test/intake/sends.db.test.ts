import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import { type IntakeHouse, intakeHouse } from './house.ts';

let all: IntakeHouse;
let system: Actor;
let run = 0;
beforeAll(async () => {
  all = await intakeHouse();
  const { id } = await all.admitted();
  system = { ...all.clerk.actor, id };
});
afterAll(() => all?.close());

interface Send {
  key: number;
  revision: number;
}
const base64 = (text: string) => Buffer.from(text).toString('base64');
const messageOf = ({ key, revision }: Send, counted: boolean) => ({
  ...(counted && { revision }),
  metadata: { title: `件 ${key} 第 ${revision} 版`, date: '2025-01-01' },
  files: [{ name: `${revision}.txt`, content: base64(`${key} ${revision}`) }],
  parts: revision % 2 === 0 ? [{ id: 'a', metadata: { title: `附件 ${revision}` } }] : [],
});

async function send(prefix: string, one: Send, counted = true): Promise<string> {
  const order = {
    senderId: `${prefix}-${one.key}`,
    said: messageOf(one, counted),
    way: 'api',
    language: 'zh-CN',
  } as const;
  return all.house.intake.send(system, order).then(
    (a) => a.outcome,
    (e: unknown) => (isRefusal(e) ? e.code : Promise.reject(e)),
  );
}

async function standing(prefix: string, key: number) {
  const { recordId } = await all.house.intake.sentRecord(system, `${prefix}-${key}`);
  const { record, files, parts } = await all.house.filing.record(all.clerk.actor, recordId);
  return { title: record.title, files: files.map((f) => f.name), parts: parts.map((p) => p.record.title) };
}
const oneOfEach = ({ key, revision }: Send) => ({
  title: `件 ${key} 第 ${revision} 版`,
  files: [`${revision}.txt`],
  parts: revision % 2 === 0 ? [`附件 ${revision}`] : [],
});

describe('sends of a system', () => {
  it('in any order, repeated and several at once, come to the same as one of each', async () => {
    const send1 = fc.record({
      key: fc.integer({ min: 0, max: 2 }),
      revision: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(send1, { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 3 }),
        async (sends, atOnce) => {
          const prefix = `p${++run}`;
          for (let i = 0; i < sends.length; i += atOnce)
            await Promise.all(sends.slice(i, i + atOnce).map((s) => send(prefix, s)));
          for (const key of new Set(sends.map((s) => s.key))) {
            const revision = Math.max(...sends.filter((s) => s.key === key).map((s) => s.revision));
            expect(await standing(prefix, key)).toEqual(oneOfEach({ key, revision }));
          }
          const q = { agencyId: all.civil, cursor: undefined, limit: 200 } as const;
          const there = (await all.house.filing.records(all.clerk.actor, q)).items.length;
          for (const s of sends) await send(prefix, s);
          expect((await all.house.filing.records(all.clerk.actor, q)).items.length).toBe(there);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('that are counted by nobody change nothing back by coming late', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 8 }),
        async (revisions) => {
          const prefix = `q${++run}`;
          const first = [...new Set(revisions)];
          for (const revision of revisions) await send(prefix, { key: 0, revision }, false);
          // What was new last stands; what came again did nothing.
          expect(await standing(prefix, 0)).toEqual(oneOfEach({ key: 0, revision: first.at(-1) ?? 0 }));
        },
      ),
      { numRuns: 8 },
    );
  });
});
