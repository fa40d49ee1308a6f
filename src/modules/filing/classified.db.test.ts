import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { personAt } from '../../../test/support/agencyPeople.ts';
import { everyText } from '../../../test/support/everyText.ts';
import type { Filing } from './index.ts';
import { type FilingHouse, filingHouse } from './testing/house.ts';
import { people } from './testing/people.ts';

/** Stands in nothing but what may be seen by nobody. */
const WORD = '星槎计划';
const SECRET = { code: 'record.secret' };

let all: FilingHouse;
let filing: Filing;
let clerk: Actor;
let receiving: Actor;
let security: Actor;
let elsewhere: Actor;

beforeAll(async () => {
  all = await filingHouse();
  filing = all.filing;
  const of = people(all.house.county);
  clerk = of.clerk(all.civil);
  receiving = of.receiving();
  security = personAt(all.house.county, '安如山', ['secrets.handle'], null);
  elsewhere = personAt(all.house.neighbour, '安别处', ['secrets.handle'], null);
});
afterAll(() => all.close());

const place = (agencyId = all.civil) => ({ archiveId: all.house.county, agencyId, year: 2025 });
const waiting = async (who: Actor = security) =>
  (await all.classified.list(who, { waiting: true, cursor: undefined, limit: 50 })).items;
const refusalOf = (call: Promise<unknown>) =>
  call.then(
    () => Promise.reject(new Error('was not refused')),
    (e: { code: string; message: string; detail: object }) => e,
  );

describe('a record that bears a classification', () => {
  it('is turned away at every door, and nothing of it is said to who sent it', async () => {
    const marked = [
      { title: `${WORD}实施方案`, classification: '机密★10年' },
      { title: `【绝密】${WORD}名册` },
      { title: '方案', description: { secrecyTerm: `秘密 ${WORD}` } },
      { title: '来文', docNo: `（机密）${WORD}〔2025〕1号` },
    ];
    for (const [i, input] of marked.entries()) {
      const refused = await refusalOf(
        filing.register(clerk, place(), input, { source: 'oa', senderKey: `k${i}` }),
      );
      expect(refused).toMatchObject(SECRET);
      expect(JSON.stringify([refused.message, refused.detail])).not.toMatch(/星槎|密|密级|classification/);
      expect(refused.detail).toMatchObject({ number: expect.stringMatching(/^SM-[0-9A-F]{8}$/) });
    }
    const { registered, refused } = await filing.registerRows(clerk, place(), [
      { title: '一般文件' },
      { title: `${WORD}汇报`, classification: 'top secret' },
    ]);
    expect(registered).toBe(0);
    expect(refused).toEqual([
      { row: 2, code: 'record.secret', field: null, number: expect.any(String), message: expect.any(String) },
    ]);
    expect(JSON.stringify(refused)).not.toContain(WORD);
    const { id } = await filing.register(clerk, place(), { title: '寻常通知' });
    await expect(
      filing.correctRecord(clerk, id, { version: 1, input: { title: `机密★ ${WORD}` } }),
    ).rejects.toMatchObject(SECRET);
    await expect(filing.classify(clerk, [id], { className: `(秘密)${WORD}` })).rejects.toMatchObject(SECRET);
    expect((await filing.record(clerk, id)).record.title).toBe('寻常通知');
    // Once in this way of speaking: of the archive and the agency, by doors.
    expect((await waiting()).map((b) => b.door)).toEqual(Array(7).fill('record'));
  });

  it('is noted once, however often the same is sent', async () => {
    const before = (await waiting()).length;
    const input = { title: `【机密】${WORD}第三稿` };
    const numbers = [];
    for (let i = 0; i < 3; i++) {
      const { detail } = await refusalOf(filing.register(clerk, place(), input));
      numbers.push(detail);
    }
    expect(new Set(numbers.map((n) => JSON.stringify(n))).size).toBe(1);
    const after = await waiting();
    expect(after.length).toBe(before + 1);
    expect(after[0]).toMatchObject({ times: 3, source: 'form', kinds: ['title'], sentByName: '经办' });
  });

  it('was none: what only speaks of secrets, was declassified, or is a secret of work, is registered', async () => {
    const harmless = [
      { title: '关于保守国家秘密的通知' },
      { title: '原机密文件清理情况', classification: '原机密' },
      { title: '一览', classification: '工作秘密' },
    ];
    for (const input of harmless) expect((await filing.register(clerk, place(), input)).isNew).toBe(true);
  });
});

describe('a file whose name bears a classification', () => {
  it('is set apart with all others of its kind, leaves nothing where it waited, and nothing is attached', async () => {
    const { id } = await filing.register(clerk, place(), { title: '附件测试' });
    const marked = await all.uploaded(clerk, `机密★${WORD}.pdf`, 'x');
    const plain = await all.uploaded(clerk, '正文.pdf', 'y');
    const refused = await refusalOf(filing.attach(clerk, id, { uploadIds: [plain, marked] }));
    expect(refused).toMatchObject(SECRET);
    expect(JSON.stringify([refused.message, refused.detail])).not.toContain(WORD);
    expect((await filing.record(clerk, id)).files).toEqual([]);
    const staged = await readdir(join(all.folder, 'staging'));
    expect(staged.filter((n) => n.startsWith(marked))).toEqual([]);
    expect(staged).toContain(plain);
    // The same of a file of this machine, as another system leaves it.
    const dropped = join(all.folder, `(秘密)${WORD}.txt`);
    await writeFile(dropped, 'z');
    await expect(
      filing.attachLocal(clerk, id, [{ path: dropped, name: `(秘密)${WORD}.txt` }]),
    ).rejects.toMatchObject(SECRET);
    expect(await readdir(all.folder)).not.toContain(`(秘密)${WORD}.txt`);
    const [last] = await waiting();
    const { marks, files } = await all.classified.look(security, last!.id);
    expect(marks).toEqual([{ what: 'name', place: `(秘密)${WORD}.txt` }]);
    expect(files).toEqual([{ name: `(秘密)${WORD}.txt`, bytes: 1 }]);
    expect(await readFile(join(all.folder, 'blocked/doors', last!.id, '1'), 'utf8')).toBe('z');
  });
});

describe('what is set apart', () => {
  it('stands in no row of the database, the trail included', async () => {
    await all.house.db.system(async (tx) => {
      for await (const { table, text } of everyText(tx)) if (text.includes(WORD)) expect(table).toBe('none');
    });
  });

  it('is seen by the security administrator of that archive alone', async () => {
    const [one] = await waiting();
    for (const other of [clerk, receiving, elsewhere]) {
      expect(await waiting(other)).toEqual([]);
      await expect(all.classified.look(other, one!.id)).rejects.toMatchObject({
        code: 'classified.notFound',
      });
      await expect(all.classified.remove(other, one!.id, 'x')).rejects.toMatchObject({
        code: 'classified.notFound',
      });
    }
    await expect(
      all.house.db.as(scopeOf(clerk), (tx) => sql`select 1 from classified.blocked`.execute(tx)),
    ).rejects.toThrow();
  });

  it('is removed for a reason, and its looking and removing stand in the trail', async () => {
    const [one] = await waiting();
    await expect(all.classified.remove(security, one!.id, ' ')).rejects.toMatchObject({
      code: 'classified.reason',
    });
    await all.classified.remove(security, one!.id, '已送保密柜');
    await expect(all.classified.remove(security, one!.id, '再来')).rejects.toMatchObject({
      code: 'classified.wrongState',
    });
    expect(await readdir(join(all.folder, 'blocked/doors'))).not.toContain(one!.id);
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where target_id = ${one!.id} order by at, id`.execute(all.house.db.owner);
    expect(acts.rows.map((r) => r.act)).toEqual([
      'classified.blocked',
      'classified.shown',
      'classified.removed',
    ]);
  });

  it('is noted by the house’s clock where a kill came between setting apart and noting', async () => {
    const folder = join(all.folder, 'blocked/doors');
    const before = await waiting();
    const [one] = before;
    const text = await readFile(join(folder, one!.id, 'found.json'), 'utf8');
    const id = '0197a000-0000-7000-8000-00000000beef';
    await mkdir(join(folder, `.${id}`));
    const kept = { ...JSON.parse(text), id, same: 'another' };
    await writeFile(join(folder, `.${id}`, 'found.json'), JSON.stringify(kept));
    // Broken off even earlier: nothing was said of it yet.
    await mkdir(join(folder, '.0197a000-0000-7000-8000-00000000dead'));
    await all.classified.clearUp();
    const now = await waiting();
    expect(now.map((b) => b.id)).toContain(id);
    expect(now.length).toBe(before.length + 1);
    expect((await readdir(folder)).filter((n) => n.startsWith('.'))).toEqual([]);
    await all.classified.clearUp();
    expect((await waiting()).length).toBe(before.length + 1);
    await rename(join(folder, id), join(folder, `gone-${id}`));
    expect((await all.classified.look(systemActor('test'), id)).marks).toEqual([]);
  });
});
