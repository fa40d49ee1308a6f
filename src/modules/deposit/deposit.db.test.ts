import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { type Actor, scopeOf, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { sheetOf } from '../transfer/registerSheet.ts';
import { answerAll, handoverZip, people, uploaded } from '../transfer/testing/handover.ts';
import type { Deposits } from './index.ts';

const system = systemActor('test');
const code = (c: string) => ({ code: c });

let kept: KeptHouse;
let deposits: Deposits;
let agencyId: string;
let who: ReturnType<typeof people>;
let elsewhere: ReturnType<typeof people>;

beforeAll(async () => {
  kept = await keptHouse();
  deposits = kept.house.deposits;
  const { holdings } = kept.house;
  agencyId = await holdings.addAgency(kept.keeper, {
    archiveId: kept.archive,
    code: 'A01',
    name: '县民政局',
  });
  const other = await holdings.addArchive(system, {
    parentId: null,
    code: '990199',
    name: '白鹭县档案馆',
    level: 'county',
  });
  const theirs = await holdings.addAgency(system, { archiveId: other, code: 'B01', name: '邻县粮食局' });
  who = people(kept.archive, agencyId);
  elsewhere = people(other, theirs);
  await mkdir(join(kept.folder, 'out'), { recursive: true });
  await mkdir(kept.house.staging.folder, { recursive: true });
});
afterAll(() => kept.close());

const folder = () => join(kept.house.config.dataDir, 'deposits');

async function sent(name: string, content: string | Buffer, by: Actor = who.clerk): Promise<string> {
  const path = join(kept.folder, 'out', newId());
  await writeFile(path, content);
  return uploaded(kept.house.staging.folder, by, path, name);
}

async function made(uploadIds: string[], title = '2025年公文备份', by: Actor = who.clerk): Promise<string> {
  return deposits.make(by, {
    archiveId: kept.archive,
    agencyId,
    title,
    system: '办公系统',
    category: '文书',
    yearFrom: 2025,
    yearTo: 2025,
    note: null,
    uploadIds,
  });
}
const sealed = async (id: string): Promise<void> => void (await kept.run('seal-deposit', { id }));

describe('a deposit', () => {
  it('is sealed, receipted, and read by nobody, from the database, the disk or the API', async () => {
    const id = await made([await sent('通知.txt', '星槎之约'), await sent('附件.csv', 'a,b')]);
    await sealed(id);
    const { deposit, isOpen } = await deposits.read(who.clerk, id);
    expect(deposit).toMatchObject({
      state: 'kept',
      files: 2,
      number: expect.stringMatching(/^990111-BF-\d{4}-0001$/),
    });
    expect(isOpen).toBe(false);
    const { text: receipt } = await deposits.receipt(who.clerk, id);
    const trust = [await kept.house.keyring.trustBundle(kept.db.owner, kept.archive)];
    const now = kept.house.clock.now();
    expect(await verifyFile(Buffer.from(receipt), { trust, now })).toMatchObject({
      verdict: 'genuine',
      type: 'lantai/deposit',
      payload: { 登记号: deposit.number, 数量: 2, manifest: { digest: deposit.manifest } },
    });
    const altered = receipt.replace('2025年公文备份', '2024年公文备份');
    expect((await verifyFile(Buffer.from(altered), { trust, now })).verdict).toBe('altered');
    for (const name of await readdir(join(folder(), id)))
      expect((await readFile(join(folder(), id, name))).includes('星槎之约')).toBe(false);
    expect(await readdir(kept.house.staging.folder)).toEqual([]);
    for (const one of [who.clerk, who.receiving, who.decider])
      await expect(deposits.openFile(one, id, 0)).rejects.toMatchObject(code('deposit.sealed'));
    for (const one of [who.stranger, elsewhere.clerk, elsewhere.decider, who.security]) {
      for (const call of [
        () => deposits.read(one, id),
        () => deposits.files(one, id, { cursor: undefined, limit: 5 }),
        () => deposits.receipt(one, id),
        () => deposits.openFile(one, id, 0),
        () => deposits.ask(one, id, 'x'),
        () => deposits.end(one, id, 'x'),
      ])
        await expect(call()).rejects.toMatchObject(code('deposit.notFound'));
      expect((await deposits.list(one, { cursor: undefined, limit: 5 })).items).toEqual([]);
    }
    await expect(made([await sent('x', 'x', who.receiving)], 'x', who.receiving)).rejects.toMatchObject(
      code('actor.forbidden'),
    );
    await expect(made(['0'.repeat(32)], 'x', who.stranger)).rejects.toMatchObject(code('agency.notFound'));
    await expect(
      kept.db.as(scopeOf(who.clerk), (tx) => sql`select 1 from deposit.key`.execute(tx)),
    ).rejects.toThrow();
  });

  it('is unsealed for the agency by another person, for a time, and each taking stands in the trail', async () => {
    const id = await made([await sent('来文.txt', '正文内容')]);
    await sealed(id);
    await expect(deposits.ask(who.clerk, id, ' ')).rejects.toMatchObject(code('deposit.reason'));
    await deposits.ask(who.clerk, id, '硬盘损坏，取回副本');
    await expect(deposits.ask(who.clerk, id, '再')).rejects.toMatchObject(code('deposit.asked'));
    const asked = async () => (await deposits.read(who.decider, id)).unsealings[0]!;
    const decide = (by: Actor, approve = true) =>
      asked().then((u) => deposits.decide(by, id, { unsealingId: u.id, approve, note: '情况属实' }));
    await expect(decide(who.clerk)).rejects.toMatchObject(code('actor.forbidden'));
    await expect(decide(elsewhere.decider)).rejects.toMatchObject(code('deposit.notFound'));
    await decide(who.decider);
    await expect(decide(who.receiving)).rejects.toMatchObject(code('deposit.wrongState'));
    const { file, content } = await deposits.openFile(who.officer, id, 0);
    expect([file.path, await text(content)]).toEqual(['来文.txt', '正文内容']);
    // Opened for the agency, it is still closed to the archive.
    await expect(deposits.openFile(who.decider, id, 0)).rejects.toMatchObject(code('deposit.sealed'));
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where target_id = ${id} order by at, id`.execute(kept.db.owner);
    expect(acts.rows.map((r) => r.act)).toEqual([
      'deposit.made',
      'deposit.sealed',
      'deposit.unsealingAsked',
      'deposit.unsealed',
      'deposit.fileTaken',
    ]);
    await sql`update deposit.unsealing set open_until = now() - interval '1 minute' where deposit_id = ${id}`.execute(
      kept.db.owner,
    );
    await expect(deposits.openFile(who.officer, id, 0)).rejects.toMatchObject(code('deposit.sealed'));
  });

  it('is looked at by the archive only when one person asks and another agrees', async () => {
    const id = await made([await sent('a.txt', 'a')]);
    await sealed(id);
    await deposits.ask(who.decider, id, '抽查');
    const [u] = (await deposits.read(who.receiving, id)).unsealings;
    await expect(
      deposits.decide(who.decider, id, { unsealingId: u!.id, approve: true, note: '' }),
    ).rejects.toMatchObject(code('deposit.samePerson'));
    await expect(
      deposits.decide(who.receiving, id, { unsealingId: u!.id, approve: false, note: '' }),
    ).rejects.toMatchObject(code('deposit.reason'));
    await deposits.decide(who.receiving, id, { unsealingId: u!.id, approve: true, note: '' });
    expect(await text((await deposits.openFile(who.decider, id, 0)).content)).toBe('a');
    await expect(deposits.openFile(who.receiving, id, 0)).rejects.toMatchObject(code('deposit.sealed'));
    await expect(deposits.openFile(who.clerk, id, 0)).rejects.toMatchObject(code('deposit.sealed'));
  });

  it('broken off while it is sealed begins anew, leaves nothing half, and is sealed once', async () => {
    const id = await made([
      await sent('大.bin', Buffer.alloc(5 * 1024 * 1024, 7)),
      await sent('小.txt', 's'),
    ]);
    let seen = 0;
    await expect(kept.runUntil('seal-deposit', { id }, () => ++seen > 2)).rejects.toThrow();
    expect((await deposits.read(who.clerk, id)).deposit.state).toBe('sealing');
    expect((await readdir(folder())).filter((n) => n.includes(id))).toEqual([]);
    // Killed after everything lay in its place, and before a row spoke of it.
    await mkdir(join(folder(), id));
    await mkdir(join(folder(), `.${id}`));
    await writeFile(join(folder(), id, '0'), 'half');
    await deposits.tidy();
    await sealed(id);
    await sealed(id);
    const { deposit } = await deposits.read(who.clerk, id);
    expect(deposit).toMatchObject({ state: 'kept', files: 2 });
    expect(await readdir(join(folder(), id))).toEqual(['0', '1']);
    // What nobody speaks of goes by itself.
    await mkdir(join(folder(), `.${newId()}`));
    await mkdir(join(folder(), newId()));
    await deposits.tidy();
    const there = (await readdir(folder())).toSorted();
    const living = await sql<{
      id: string;
    }>`select id from deposit.deposit where state = 'kept' order by id`.execute(kept.db.owner);
    expect(there).toEqual(living.rows.map((r) => r.id).toSorted());
  });

  it('is proved in its turn, and told of when a byte of it is not as it was sealed', async () => {
    const id = await made([await sent('b.txt', 'bbb')]);
    await sealed(id);
    const turn = () =>
      sql`update deposit.deposit set checked_at = now() - interval '200 days' where id = ${id}`.execute(
        kept.db.owner,
      );
    await turn();
    await deposits.tidy();
    expect((await deposits.read(who.decider, id)).deposit).toMatchObject({ damagedAt: null });
    const path = join(folder(), id, '0');
    const whole = await readFile(path);
    const bad = Buffer.from(whole);
    bad[20]! ^= 1;
    await writeFile(path, bad);
    await turn();
    await deposits.tidy();
    expect((await deposits.read(who.decider, id)).deposit.damagedAt).not.toBeNull();
    const due = await kept.house.guidance.due(who.decider, {
      cursor: undefined,
      limit: 50,
      kinds: ['depositDamaged'],
    });
    expect(due.items.map((d) => d.id)).toEqual([id]);
    await writeFile(path, whole);
    await turn();
    await deposits.tidy();
    expect((await deposits.read(who.decider, id)).deposit.damagedAt).toBeNull();
  });

  it('is kept for its time and not ended before; ended, its key and content are gone', async () => {
    const id = await made([await sent('c.txt', 'ccc')]);
    await sealed(id);
    const year = Number(kept.house.today().slice(0, 4));
    expect((await deposits.read(who.clerk, id)).deposit.keptUntil).toMatch(new RegExp(`^${year + 10}-`));
    await expect(deposits.end(who.decider, id, '期满')).rejects.toMatchObject(code('deposit.notOver'));
    await expect(deposits.prolong(who.decider, id, '2026-01-01')).rejects.toMatchObject(
      code('deposit.until'),
    );
    await deposits.prolong(who.decider, id, `${year + 20}-01-01`);
    await sql`update deposit.deposit set kept_until = '2020-01-01' where id = ${id}`.execute(kept.db.owner);
    await expect(deposits.end(who.clerk, id, '期满')).rejects.toMatchObject(code('actor.forbidden'));
    await deposits.end(who.decider, id, '期满');
    expect((await deposits.read(who.clerk, id)).deposit).toMatchObject({
      state: 'ended',
      endedReason: '期满',
    });
    expect(await readdir(folder())).not.toContain(id);
    const keys = await sql`select 1 from deposit.key where deposit_id = ${id}`.execute(kept.db.owner);
    expect(keys.rows).toEqual([]);
  });

  it('that bears a classification in a name is set apart, and nothing of it said', async () => {
    const id = await made([await sent('机密★星槎.txt', 'x'), await sent('其他.txt', 'y')]);
    await sealed(id);
    const { deposit } = await deposits.read(who.clerk, id);
    expect(deposit.state).toBe('blocked');
    expect(JSON.stringify(deposit)).not.toContain('星槎');
    expect((await deposits.files(who.clerk, id, { cursor: undefined, limit: 5 })).items).toEqual([]);
    for (const name of await readdir(kept.house.staging.folder))
      expect(await readFile(join(kept.house.staging.folder, name), 'utf8')).not.toContain('星槎');
    const { items } = await kept.house.classified.list(who.security, {
      waiting: true,
      cursor: undefined,
      limit: 5,
    });
    const { marks, files } = await kept.house.classified.look(who.security, items[0]!.id);
    expect(marks).toEqual([{ what: 'name', place: '机密★星槎.txt' }]);
    expect(files.length).toBe(2);
    await expect(made([await sent('z', 'z')], '【秘密】备份')).rejects.toMatchObject(code('deposit.marked'));
  });
});

describe('a batch that arrives', () => {
  it('is compared with what its agency had deposited, and the reviewers see it; others do not', async () => {
    const { transfers } = kept.house;
    const codes = ['J019-WS·2023·D30-0001', 'J019-WS·2023·D30-0002'];
    const zip = join(kept.folder, 'out', 'first.zip');
    await handoverZip(
      zip,
      codes.map((c) => ({ code: c })),
    );
    // One file as it will be handed over, one that will be another, one that will not come.
    const first = await sent('正文.txt', `正文 ${codes[0]}`);
    const id = await made([first, await sent('不移交.txt', '留存')], '2023年备份');
    await sealed(id);
    const batch = await transfers.begin(who.clerk, {
      archiveId: kept.archive,
      agencyId,
      planId: null,
      title: '2023年移交',
      content: '',
      fonds: null,
    });
    await transfers.give(who.clerk, batch, [
      await uploaded(kept.house.staging.folder, who.clerk, zip, '移交.zip'),
    ]);
    const act = async (by: Actor, what: 'precheck' | 'send' | 'register') => {
      const { version } = await transfers.one(by, batch);
      await transfers.act(by, batch, { act: what, version });
    };
    await act(who.clerk, 'precheck');
    await kept.run('transfer', { id: batch });
    await act(who.officer, 'send');
    await kept.run('transfer', { id: batch });
    const jobs = await sql<{
      n: number;
    }>`select count(*)::int as n from lantai.job where kind = 'compare-deposits'`.execute(kept.db.owner);
    expect(jobs.rows[0]!.n).toBe(1);
    await kept.run('compare-deposits', { id: batch });
    await kept.run('compare-deposits', { id: batch });
    const found = await deposits.comparison(who.receiving, batch);
    const { deposit } = await deposits.read(who.clerk, id);
    expect(found).toMatchObject({
      round: 1,
      same: 1,
      changed: 0,
      missing: 1,
      deposits: [{ number: deposit.number }],
    });
    const { items } = await deposits.differences(who.decider, batch, { cursor: undefined, limit: 200 });
    expect(items.filter((d) => d.kind === 'missing')).toMatchObject([{ depositedPath: '不移交.txt' }]);
    expect(items.length).toBe(found!.missing + found!.added);
    for (const one of [who.stranger, elsewhere.decider]) {
      expect(await deposits.comparison(one, batch)).toBeUndefined();
      expect((await deposits.differences(one, batch, { cursor: undefined, limit: 5 })).items).toEqual([]);
    }
    await act(who.receiving, 'register');
    await kept.run('transfer', { id: batch });
    expect((await transfers.one(who.decider, batch)).state).toBe('reviewing');
    expect((await deposits.comparison(who.decider, batch))?.same).toBe(1);
    await isSigned(batch, {
      numbers: [deposit.number],
      same: 1,
      changed: 0,
      missing: 1,
      added: found!.added,
    });
  });

  /** Accepts a batch; what its comparison came to stands in what is signed and on the paper, and is proved. */
  async function isSigned(
    batch: string,
    {
      numbers,
      ...counted
    }: { numbers: string[]; same: number; changed: number; missing: number; added: number },
  ) {
    const { transfers, checks } = kept.house;
    const { arrivalCheck } = await transfers.one(who.decider, batch);
    await answerAll(checks, who.decider, arrivalCheck?.runId ?? '');
    const decide = async (by: Actor, what: 'propose' | 'accept', more: object = {}) => {
      const { version } = await transfers.one(by, batch);
      await transfers.act(by, batch, { act: what, version, ...more });
    };
    await decide(who.receiving, 'propose', { decision: { accepts: 'all', reason: '', leftOut: [] } });
    await decide(who.decider, 'accept');
    // Of a comparison that had not come so far when it was decided the same is said.
    await sql`delete from deposit.comparison where batch_id = ${batch}`.execute(kept.db.owner);
    await kept.run('transfer', { id: batch });
    expect((await transfers.one(who.clerk, batch)).state).toBe('accepted');
    const trust = [await kept.house.keyring.trustBundle(kept.db.owner, kept.archive)];
    const now = kept.house.clock.now();
    const proved = async (paper: 'register' | 'receipt') => {
      const { text: signed } = await transfers.paper(who.clerk, batch, paper);
      const read = await verifyFile(Buffer.from(signed), { trust, now });
      expect(read.verdict).toBe('genuine');
      const altered = signed.replace(/("(?:missing|缺少)":)1/, '$10');
      expect(altered).not.toBe(signed);
      expect((await verifyFile(Buffer.from(altered), { trust, now })).verdict).toBe('altered');
      return read.payload;
    };
    const { same, changed, missing, added } = counted;
    expect(await proved('receipt')).toMatchObject({ deposits: { numbers, ...counted } });
    expect(await proved('register')).toMatchObject({
      登记备份比对: { 登记号: numbers, 相同: same, 不同: changed, 缺少: missing, 新增: added },
    });
    const outcome = await deposits.keptOutcome({ id: batch, round: 1 });
    const { batch: accepted, moves } = await transfers.read(who.clerk, batch);
    for (const [language, words] of [
      ['zh-CN', `相同 ${same} 个文件，不同 ${changed} 个，缺少 ${missing} 个，新增 ${added} 个`],
      ['zh-TW', `相同 ${same} 個電子檔，不同 ${changed} 個，缺少 ${missing} 個，新增 ${added} 個`],
      ['en', `${same} files the same, ${changed} differing, ${missing} missing, ${added} added`],
    ] as const) {
      const { rows } = sheetOf({
        batch: accepted,
        archive: { code: '990111', name: '石桥县档案馆' },
        moves,
        agencyRegister: null,
        register: null,
        checked: { agency: undefined, archive: undefined },
        deposits: outcome,
        language,
        timeZone: 'Asia/Shanghai',
        at: now,
      });
      const drawn = rows.flat().map((cell) => cell.text);
      expect(drawn.find((t) => t.includes(words))).toContain(numbers[0]);
      expect((await transfers.sheet(who.clerk, batch, language)).pdf.length).toBeGreaterThan(1_000);
    }
  }

  it('that is gone by then has no comparison, and nothing fails', async () => {
    expect(await kept.run('compare-deposits', { id: newId() })).toBeUndefined();
    await rm(join(kept.folder, 'out'), { recursive: true, force: true });
  });
});
