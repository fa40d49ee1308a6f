import { existsSync, globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type ListHouse, listHouse } from '../../../test/support/lists.ts';
import type { LinkOrder, LinkResult } from './commands/linkWritten.ts';

let house: ListHouse;
let keeper: Actor;
let folder: string;
let vocabulary: string;
let fonds: string;
const everybody = publicActor();

beforeAll(async () => {
  house = await listHouse();
  folder = await mkdtemp(join(tmpdir(), 'lantai-lists-'));
  keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  const added = await house.authorities.addVocabulary(keeper, {
    archiveId: house.county,
    code: 'ZTC',
    name: '主题词表',
  });
  vocabulary = added.id;
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(async () => {
  await house.close();
  await rm(folder, { recursive: true, force: true });
});

let uploads = 0;
async function uploaded(name: string, text: string): Promise<string> {
  const path = join(folder, `${++uploads}-${name}`);
  await writeFile(path, text);
  house.uploads.set(path, path);
  return path;
}
async function all(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const p of pieces) text += p;
  return text;
}
const take = (uploadId: string, same: 'update' | 'skip' = 'update', archiveId = house.county) =>
  house.authorities.importEac(keeper, { archiveId, uploadId, same });
const eac = (id: string, name: string, relations = '') =>
  `<eac-cpf xmlns="urn:isbn:1-931666-33-4" xmlns:xlink="http://www.w3.org/1999/xlink"><control><recordId>${id}</recordId></control><cpfDescription>
   <identity><entityType>corporateBody</entityType><nameEntry><part>${name}</part></nameEntry></identity>
   <description><biogHist><p>沿革</p></biogHist><localDescription localType="x"><term>留</term></localDescription></description>
   <relations>${relations}</relations></cpfDescription></eac-cpf>`;
const relation = (type: string, name: string, href = '') =>
  `<cpfRelation cpfRelationType="${type}" xlink:href="${href}"><relationEntry>${name}</relationEntry><date standardDate="1978">1978</date></cpfRelation>`;

describe('records of EAC-CPF', () => {
  it('come in together, are related to one another, and are updated or passed over when they come again', async () => {
    const file = await uploaded(
      'two.xml',
      `<export>${eac('B-2', '县农业局', relation('temporal-earlier', '县农林科', 'B-1') + relation('associative', '不在名单里的单位'))}
       ${eac('B-1', '县农林科', relation('hierarchical-child', '县农业局'))}</export>`,
    );
    expect(await take(file)).toMatchObject({ added: 2, updated: 0, skipped: 0 });
    expect(await take(file, 'skip')).toMatchObject({ added: 0, updated: 0, skipped: 2 });
    const again = await take(file);
    expect(again).toMatchObject({ added: 0, updated: 2 });
    const seen = await house.authorities.read(everybody, again.records[0]!.id);
    expect(seen.authority).toMatchObject({
      recordId: 'B-2',
      name: '县农业局',
      elements: { history: '沿革' },
    });
    expect(seen.relations.map((r) => [r.type, r.other?.name ?? r.otherName, r.from]).sort()).toEqual([
      ['associative', '不在名单里的单位', '1978'],
      ['earlier', '县农林科', '1978'],
      ['superior', '县农林科', '1978'],
    ]);
    const { xml } = await house.authorities.eac(everybody, again.records[0]!.id);
    expect(xml).toContain('<localDescription localType="x">');
    expect(xml).toContain('cpfRelationType="temporal-earlier"');
    const out = await all(house.authorities.everyEac(everybody, house.county));
    expect(out.match(/<eac-cpf/g)).toHaveLength(2);
  });

  it('that went out without a number come back to the same record, which has none still', async () => {
    const id = await house.authorities.add(keeper, {
      archiveId: house.county,
      kind: 'family',
      names: [{ form: 'authorised', name: '白氏' }],
    });
    const { xml } = await house.authorities.eac(keeper, id);
    expect(await take(await uploaded('own.xml', xml))).toMatchObject({ updated: 1, records: [{ id }] });
    expect((await house.authorities.read(keeper, id)).authority).toMatchObject({
      recordId: null,
      version: 2,
    });
  });

  it('come in whole or not at all', async () => {
    const broken = await uploaded(
      'broken.xml',
      `<export>${eac('C-1', '甲')}${eac('C-2', '乙').replace('<part>乙</part>', '')}</export>`,
    );
    await expect(take(broken)).rejects.toMatchObject({ code: 'eac.noName' });
    const none = await house.authorities.list(
      everybody,
      { class: 'agent', q: '甲' },
      { cursor: undefined, limit: 10 },
    );
    expect(none.items).toEqual([]);
    const stranger = house.person(['holdings.read', 'holdings.write'], house.strange);
    await expect(
      house.authorities.importEac(stranger, { archiveId: house.county, uploadId: broken, same: 'skip' }),
    ).rejects.toMatchObject({ code: 'archive.notFound' });
  });

  const CORPUS = join(process.env.LANTAI_CORPORA ?? '', 'ead/eac-cpf-archivesspace');
  const files = existsSync(CORPUS) ? globSync(`${CORPUS}/*.xml`) : [];
  it.skipIf(files.length === 0).each(files.map((f) => [basename(f), f]))(
    '%s comes into the list and goes out with its names, dates, relations and numbers, into another list the same',
    { timeout: 60_000 },
    async (name, path) => {
      house.uploads.set(path, path);
      const { records } = await take(path);
      const { xml } = await house.authorities.eac(keeper, records[0]!.id);
      const strange = house.person(['holdings.read', 'holdings.write'], house.strange);
      const second = await house.authorities.importEac(strange, {
        archiveId: house.strange,
        uploadId: await uploaded(name, xml),
        same: 'skip',
      });
      const said = async (who: Actor, id: string) => {
        const { authority, names, relations } = await house.authorities.read(who, id);
        return {
          number: authority.recordId,
          names: names.map((n) => [n.form, n.name, n.lang, n.text, n.from, n.to]),
          exist: authority.exist,
          elements: authority.elements,
          identifiers: authority.identifiers,
          relations: relations
            .map((r) => [r.type, r.otherName ?? r.other?.name, r.text, r.from, r.to, r.note].join('|'))
            .sort(),
        };
      };
      const [one, two] = [await said(keeper, records[0]!.id), await said(strange, second.records[0]!.id)];
      expect(two).toEqual(one);
      expect(one.names.length).toBeGreaterThan(0);
      const again = (await house.authorities.eac(strange, second.records[0]!.id)).xml;
      const plain = (x: string) =>
        x.replace(/<maintenanceEvent>[\s\S]*?<\/maintenanceEvent>\s*/g, '').replace(/>\s+/g, '>');
      expect(plain(again)).toBe(plain(xml));
    },
  );
});

describe('a thesaurus', () => {
  const csv =
    '\ufeff主题词,非正式主题词,上位词,相关词,范围注释\r\n灾害救济,救灾;赈灾,社会救济,水利建设,"水、旱、虫灾"\r\n社会救济,,,,\r\n五保供养,,社会救济,,\r\n';
  const terms = (who: Actor = keeper, uploadId = '') =>
    house.authorities.importTerms(who, { vocabularyId: vocabulary, uploadId });
  const branch = async (below?: string) =>
    (
      await house.authorities.branch(everybody, {
        class: 'subject', below, vocabularyId: vocabulary, archiveId: undefined, cursor: undefined, limit: 50,
      })
    ).items; // biome-ignore format: one question

  it('comes in from a table, is walked from the top, and adds to what is there when it comes again', async () => {
    expect(await terms(keeper, await uploaded('terms.csv', csv))).toEqual({ added: 4, updated: 0 });
    const top = await branch();
    expect(top.map((x) => [x.name, x.narrower])).toEqual([
      ['水利建设', 0],
      ['社会救济', 2],
    ]);
    const [, wide] = top;
    expect((await branch(wide!.id)).map((x) => x.name)).toEqual(['五保供养', '灾害救济']);
    expect((await house.authorities.suggest(everybody, { q: '賑災', limit: 5 })).map((x) => x.name)).toEqual([
      '灾害救济',
    ]);
    const more = csv.replace('救灾;赈灾', '救灾;赈济');
    expect(await terms(keeper, await uploaded('terms.csv', more))).toEqual({ added: 0, updated: 1 });
  });

  it('goes out as a table and as SKOS, and comes back from both into another vocabulary the same', async () => {
    const own = await house.authorities.vocabulary(everybody, vocabulary);
    const asCsv = await all(house.authorities.termsAsCsv(everybody, own, 'zh-CN'));
    for (const [code, text] of [
      ['FROMCSV', asCsv],
      ['FROMSKOS', await all(house.authorities.termsAsSkos(everybody, own))],
    ] as const) {
      const other = await house.authorities.addVocabulary(keeper, {
        archiveId: house.county,
        code,
        name: code,
      });
      await house.authorities.importTerms(keeper, {
        vocabularyId: other.id,
        uploadId: await uploaded(code, text),
      });
      expect(await all(house.authorities.termsAsCsv(everybody, other, 'zh-CN'))).toBe(asCsv);
    }
  });

  it('with a circle, without headings or from elsewhere is refused whole', async () => {
    const circle = '主题词,上位词\n甲类,乙类\n乙类,丙类\n丙类,甲类\n';
    await expect(terms(keeper, await uploaded('circle.csv', circle))).rejects.toMatchObject({
      code: 'relation.circle',
    });
    expect((await branch()).map((x) => x.name)).not.toContain('甲类');
    await expect(terms(keeper, await uploaded('bare.csv', '救济,救灾\n一,二\n'))).rejects.toMatchObject({
      code: 'terms.heading',
    });
    const stranger = house.person(['holdings.read', 'holdings.write'], house.strange);
    await expect(terms(stranger, await uploaded('x.csv', csv))).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
  });
});

describe('names written in descriptions', () => {
  it('are looked at first, then linked where one authority alone has them, and a second run finds nothing new', async () => {
    const add = (name: string, former: string) =>
      house.authorities.add(keeper, {
        archiveId: house.county,
        kind: 'person',
        names: [{ form: 'authorised', name }, ...(former ? [{ form: 'other' as const, name: former }] : [])],
      });
    const river = await add('白云川', '白川');
    await add('张三', '');
    await add('张三（教师）', '张三');
    const units: string[] = [];
    for (const persons of ['白雲川；张三', '白川、李四', ''])
      units.push(
        await house.holdings.createUnit(keeper, {
          fondsId: fonds,
          title: '名册',
          creator: '无名局',
          description: { persons, subjects: '救灾' },
        }),
      );
    const run = async (preview: boolean) => {
      await house.authorities.linkWritten(keeper, {
        archiveId: house.county,
        fondsId: fonds,
        fields: ['creator', 'persons', 'subjects'],
        preview,
      });
      const job = house.authorities.jobs[0]!;
      const data = house.asked.at(-1)?.data as LinkOrder;
      return (await job.run({
        id: 'x',
        data,
        attempt: 1,
        signal: new AbortController().signal,
        progress: () => {},
      })) as LinkResult;
    };
    const looked = await run(true);
    // 救灾 stands in three vocabularies by now, 张三 is two people.
    expect(looked).toMatchObject({ seen: 3, units: 2, links: 2, authorities: 1, ambiguous: 2 });
    const links = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from authorities.unit_link`.execute(house.db.owner))
        .rows[0]!.n;
    expect(await links()).toBe(0);
    await run(false);
    await run(false);
    expect(await links()).toBe(2);
    const records = await house.authorities.records(keeper, river, {
      role: 'mentioned',
      cursor: undefined,
      limit: 10,
    });
    expect(records.items.map((u) => u.id)).toEqual(units.slice(0, 2));
    expect((await house.authorities.linksOf(keeper, units[0]!)).authorities).toMatchObject([
      { name: '白云川', way: 'job' },
    ]);
  });
});
