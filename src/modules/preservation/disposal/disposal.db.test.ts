import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { scopeOf } from '#kernel/actor';
import { historyOf } from '#kernel/audit';
import { sql } from '#kernel/db';
import { find } from '#modules/search';
import { type KeptHouse, keptHouse } from '../../../../test/support/keptHouse.ts';

let kept: KeptHouse;
beforeAll(async () => {
  kept = await keptHouse();
});
afterAll(() => kept.close());

const proposal = (unitIds: readonly string[]) => ({
  archiveId: kept.archive,
  unitIds,
  title: '2013年到期文书',
  reason: '保管期满，无继续保存价值',
  basis: '鉴定委员会 2026 年第 3 号意见',
});
/** Every file of a folder whose bytes hold a text. */
async function filesWith(folder: string, needle: string): Promise<string[]> {
  const found: string[] = [];
  for (const e of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(e.parentPath, e.name);
    if (e.isFile() && (await readFile(path)).includes(needle)) found.push(path);
  }
  return found;
}
const searched = async (q: string) =>
  (await kept.db.as(scopeOf(kept.keeper), (tx) => find(tx, { q, limit: 10 }))).hits.map((h) => h.id);

async function agreedBy(id: string, ...names: string[]): Promise<void> {
  for (const name of names) await kept.house.disposals.decide(kept.person(name), id, 'agreed', null);
}

describe('destroying content', () => {
  it('takes three persons, and leaves nothing but what is to stay', async () => {
    const [unit = '', other = ''] = await kept.hold([
      { code: 'J019-WS·2003·D10-0001', title: '关于拨款的批复', text: '鹿鸣呦呦第一号机要字样' },
      { code: 'J019-WS·2003·D10-0002', title: '关于会议的通知', text: '留下来的内容在此' },
    ]);
    expect(await searched('鹿鸣呦呦')).toEqual([unit]);
    expect(await filesWith(kept.folder, '鹿鸣呦呦')).not.toEqual([]);
    const { disposals, preservation, holdings } = kept.house;
    const id = await disposals.propose(kept.keeper, proposal([unit]));
    await expect(disposals.decide(kept.keeper, id, 'agreed', null)).rejects.toMatchObject({
      code: 'disposal.samePerson',
    });
    const first = kept.person('李某');
    await disposals.decide(first, id, 'agreed', '同意');
    await expect(disposals.decide(first, id, 'agreed', null)).rejects.toMatchObject({
      code: 'disposal.samePerson',
    });
    await kept.run('destroy-content', { id });
    expect(await searched('鹿鸣呦呦'), 'one voice is not enough').toEqual([unit]);
    await agreedBy(id, '赵某');
    expect(await kept.run('destroy-content', { id })).toEqual({ state: 'done', waiting: 0 });

    expect(await searched('鹿鸣呦呦')).toEqual([]);
    expect(await searched('留下来的内容')).toEqual([other]);
    expect(await preservation.pages(kept.keeper, unit)).toEqual([]);
    expect(await preservation.repository.exists(`urn:uuid:${unit}`)).toBe(false);
    // The disc it came from is not ours; nothing under our own folder has it any more.
    expect(await filesWith(kept.config.dataDir, '鹿鸣呦呦')).toEqual([]);
    const { unit: row } = await holdings.readUnit(kept.keeper, unit);
    expect(row).toMatchObject({ pageCount: 0, objectId: null, referenceCode: 'J019-WS·2003·D10-0001' });
    expect(row.description.destruction).toMatch(/^990111-X-\d{4}-0001 /);
    await expect(
      holdings.createUnit(kept.keeper, {
        fondsId: kept.fonds,
        title: '另一件',
        referenceCode: 'J019-WS·2003·D10-0001',
      }),
    ).rejects.toMatchObject({ code: 'unit.duplicate' });

    const seen = await disposals.disposal(kept.keeper, id);
    expect(seen.disposal.state).toBe('done');
    expect(seen.voices.map((v) => v.personName)).toEqual(['李某', '赵某']);
    const tombstone = `urn:lantai:disposal:${id}`;
    const object = await preservation.repository.getObject(tombstone);
    expect(
      object
        .files()
        .map((f) => f.logicalPath)
        .sort(),
    ).toEqual(['README.txt', 'certificate.json', 'list/00001.jsonl', 'order.json']);
    const read = async (name: string) =>
      text((await preservation.repository.openFile(tombstone, name, { verify: true })).stream);
    const lines = (await read('list/00001.jsonl'))
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as Record<string, unknown>);
    expect(lines[0]).toMatchObject({ kind: 'unit', unit, title: '关于拨款的批复' });
    expect(lines.find((l) => l.path === 'content/0001.txt')).toMatchObject({
      kind: 'file',
      version: 'v1',
      mediaType: 'text/plain',
      sha512: expect.stringMatching(/^[0-9a-f]{128}$/),
    });

    const trust = await kept.house.access.trust('990111');
    const certificate = Buffer.from((await disposals.certificate(kept.keeper, id)).certificate ?? '', 'utf8');
    const verdict = await verifyFile(certificate, { trust: [trust], now: kept.house.clock.now() });
    expect(verdict).toMatchObject({ verdict: 'genuine', type: 'lantai/destruction-certificate' });
    const altered = Buffer.from(certificate.toString('utf8').replace('"units":1', '"units":2'), 'utf8');
    expect(await verifyFile(altered, { trust: [trust], now: kept.house.clock.now() })).toMatchObject({
      verdict: 'altered',
    });

    const history = await kept.db.as(scopeOf(kept.keeper), (tx) =>
      historyOf(tx, { type: 'unit', id: unit }, { limit: 50 }),
    );
    expect(history.map((h) => h.act)).toContain('unit.contentDestroyed');
    const events = await sql<{ type: string }>`select type from preservation.event
      where object_id = ${`urn:uuid:${unit}`} order by at, id`.execute(kept.db.owner);
    expect(events.rows.map((e) => e.type)).toContain('deletion');
    await kept.run('destroy-content', { id });
  });

  it('holds nothing for the entry again, and keeps text that is read late out', async () => {
    const [unit = ''] = await kept.hold([
      { code: 'J019-WS·2003·D10-0003', title: '旧表', text: '柳暗花明一句' },
    ]);
    const id = await kept.house.disposals.propose(kept.keeper, proposal([unit]));
    await agreedBy(id, '李某', '赵某');
    await kept.run('destroy-content', { id });
    const dir = join(kept.folder, 'disc-1', '..', 'again');
    await kept.db.owner.transaction().execute((tx) =>
      sql`insert into digitisation.page_text (unit_id, archive_id, page_no, state, origin, engine, text, read_at)
          values (${unit}, ${kept.archive}, 1, 'ready', 'ocr', 'late', '柳暗花明一句', now())`.execute(tx),
    );
    expect(await kept.house.digitisation.texts(kept.keeper, unit)).toEqual([]);
    expect(await searched('柳暗花明')).toEqual([]);
    const { mkdir, writeFile } = await import('node:fs/promises');
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'J019-WS.2003.D10-0003_001.txt'), '再来一次');
    const from = { folder: dir };
    const scan = await kept.house.digitisation.begin(kept.keeper, { archiveId: kept.archive, from });
    await kept.run('match-scans', { id: scan, from, personId: '' });
    await kept.house.digitisation.run(kept.keeper, scan);
    await kept.run('import-scans', { id: scan });
    const files = await kept.house.digitisation.files(kept.keeper, { importId: scan, limit: 10 });
    expect(files.items.map((f) => [f.state, f.code])).toEqual([['rejected', 'object.destroyed']]);
    expect(await kept.house.preservation.repository.exists(`urn:uuid:${unit}`)).toBe(false);
  });

  it('refuses what may not go, says which and why, and leaves it out when asked to', async () => {
    const { disposals, holdings } = kept.house;
    const [permanent = '', early = '', held = '', good = ''] = await kept.hold([
      { code: 'J019-WS·2003·Y-0001', title: '永久', text: '甲', retention: 'Y' },
      { code: 'J019-WS·2020·D10-0001', title: '未到期', text: '乙', year: 2020 },
      { code: 'J019-WS·2003·D10-0011', title: '诉讼中', text: '丙' },
      { code: 'J019-WS·2003·D10-0012', title: '可销', text: '丁' },
    ]);
    const hold = await disposals.setLegalHold(kept.keeper, {
      archiveId: kept.archive,
      unitId: held,
      reason: '诉讼',
      basis: '法院通知',
    });
    const all = [permanent, early, held, good];
    const preview = await disposals.preview(kept.keeper, { archiveId: kept.archive, unitIds: all });
    expect(preview).toMatchObject({ units: 4, eligible: 1, files: 1, bytes: 3 });
    expect(preview.retentions).toEqual([{ code: 'D10', count: 1, expiresOn: '2013-12-31' }]);
    expect(preview.refused.map((r) => [r.code, r.count]).sort()).toEqual([
      ['legalHold', 1],
      ['notExpired', 1],
      ['permanent', 1],
    ]);
    await expect(disposals.propose(kept.keeper, proposal(all))).rejects.toMatchObject({
      code: 'disposal.refused',
      detail: { count: 3 },
    });
    const id = await disposals.propose(kept.keeper, { ...proposal(all), leaveOut: true });
    // A person counts the files as they came, not what was written about them since.
    expect((await disposals.disposal(kept.keeper, id)).disposal).toMatchObject({
      unitCount: 1,
      fileCount: 1,
    });
    expect((await disposals.ofUnit(kept.keeper, good))?.listed).toMatchObject({ id, state: 'proposed' });
    expect((await disposals.ofUnit(kept.keeper, held))?.legalHolds).toMatchObject([
      { reason: '诉讼', on: { referenceCode: 'J019-WS·2003·D10-0011', title: '诉讼中' } },
    ]);
    expect(
      (await disposals.preview(kept.keeper, { archiveId: kept.archive, unitIds: [good] })).refused,
    ).toMatchObject([{ code: 'listed' }]);
    // What comes to be needed between the voices and the job is spared.
    await agreedBy(id, '李某', '赵某');
    await disposals.setLegalHold(kept.keeper, {
      archiveId: kept.archive,
      fondsId: kept.fonds,
      reason: '审计',
      basis: '审计局函',
    });
    expect(await kept.run('destroy-content', { id })).toEqual({ state: 'withdrawn' });
    expect((await holdings.readUnit(kept.keeper, good)).unit.pageCount).toBe(1);
    for (const h of (await disposals.legalHolds(kept.keeper, { ended: false, limit: 10 })).items)
      await disposals.endLegalHold(kept.keeper, h.id, '已结');
    expect((await disposals.ofUnit(kept.keeper, held))?.legalHolds).toEqual([]);
    await expect(disposals.endLegalHold(kept.keeper, hold.id, '再')).rejects.toMatchObject({
      code: 'legalHold.wrongState',
    });
  });

  it('has its rule of three persons in the database too', async () => {
    const [unit = ''] = await kept.hold([{ code: 'J019-WS·2003·D10-0021', title: '规则', text: '规则' }]);
    const id = await kept.house.disposals.propose(kept.keeper, proposal([unit]));
    await expect(
      sql`update preservation.disposal set state = 'agreed' where id = ${id}`.execute(kept.db.owner),
    ).rejects.toThrow('two persons');
    await expect(
      sql`insert into preservation.disposal_voice (disposal_id, archive_id, person_id, person_name, decision, at)
        values (${id}, ${kept.archive}, ${kept.keeper.id}, 'x', 'agreed', now())`.execute(kept.db.owner),
    ).rejects.toThrow('no voice');
    await expect(
      sql`delete from holdings.unit where id in (select unit_id from preservation.destroyed)`.execute(
        kept.db.owner,
      ),
    ).rejects.toThrow('stay in the catalogue');
    await kept.house.disposals.withdraw(kept.keeper, id, '改天');
  });

  it('asks a stand-in’s principal no second time', async () => {
    const [unit = ''] = await kept.hold([{ code: 'J019-WS·2003·D10-0022', title: '代理', text: '代理' }]);
    const { disposals } = kept.house;
    const id = await disposals.propose(kept.keeper, proposal([unit]));
    const head = kept.person('馆长');
    const standIn = {
      ...kept.person('副馆长'),
      delegatedBy: new Map([[kept.archive, [{ id: head.id ?? '', name: head.name }]]]),
      authenticatedAt: kept.house.clock.now(),
    };
    await disposals.decide(standIn, id, 'agreed', null);
    await expect(disposals.decide(head, id, 'agreed', null)).rejects.toMatchObject({
      code: 'disposal.samePerson',
    });
    await disposals.decide(kept.person('办公室主任'), id, 'refused', '再议');
    expect((await disposals.disposal(kept.keeper, id)).disposal).toMatchObject({
      state: 'rejected',
      closedReason: '再议',
    });
  });
});
