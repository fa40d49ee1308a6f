import { createReadStream, existsSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readElements, type XmlElement } from '#formats/xml';
import { type EacRecord, readEac, writeEac } from './index.ts';

const MADE = {
  agencyCode: '990111',
  agencyName: '石桥县档案馆',
  recordId: '01890000-0000-7000-8000-000000000001',
  created: { at: new Date('2026-03-01T02:00:00Z'), by: '王某' },
};
async function* bytesOf(text: string) {
  yield Buffer.from(text);
}
async function all(bytes: AsyncIterable<Buffer>): Promise<EacRecord[]> {
  const records: EacRecord[] = [];
  for await (const r of readEac(bytes)) records.push(r);
  return records;
}
const one = async (text: string) => (await all(bytesOf(text)))[0]!;
const eac = (inside: string, control = '') =>
  `<eac-cpf xmlns="urn:isbn:1-931666-33-4" xmlns:xlink="http://www.w3.org/1999/xlink"><control><recordId>R1</recordId>${control}</control>` +
  `<cpfDescription>${inside}</cpfDescription></eac-cpf>`;
const named =
  '<identity><entityType>corporateBody</entityType><nameEntry><part>县民政局</part><authorizedForm>x</authorizedForm></nameEntry></identity>';

/** Every element of a document with its attributes and its own words, by the way to it; as often as it stands there. */
async function saidBy(bytes: AsyncIterable<Buffer>, within = 'eac-cpf'): Promise<string[]> {
  const said: string[] = [];
  const walk = (e: XmlElement, path: string): void => {
    const text = e.children
      .map((c) => ('text' in c ? c.text : ''))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
    const attributes = e.attributes
      .filter((a) => !a.name.startsWith('xmlns'))
      .map((a) => `${a.local}=${a.value}`);
    said.push([path, ...attributes.sort(), text].join('|'));
    for (const c of e.children) if ('tag' in c) walk(c, `${path}/${c.name}`);
  };
  const refusals = { damaged: (w: string) => new Error(w), forbidden: (w: string) => new Error(w) };
  for await (const e of readElements(bytes, { isContainer: (x) => x.name !== within }, refusals))
    if (e.kind === 'whole') walk(e.element, within);
  return said.sort();
}

describe('a record of EAC-CPF', () => {
  it('is read into names, dates, texts and relations', async () => {
    const r = await one(
      eac(
        `<identity><entityId localType="uscc">91350100M000100Y43</entityId><entityType>corporateBody</entityType>
        <nameEntry xml:lang="chi"><part>石桥县民政局</part><useDates><dateRange><fromDate standardDate="1978-03">1978年3月</fromDate><toDate/></dateRange></useDates><authorizedForm>gb</authorizedForm></nameEntry>
        <nameEntry><part>民政科</part><alternativeForm>gb</alternativeForm></nameEntry></identity>
        <description><existDates><dateRange><fromDate standardDate="1949-10-01"/><toDate standardDate="2020"/></dateRange></existDates>
        <biogHist><p>一九四九年设科。</p><p>一九七八年改局。</p></biogHist></description>
        <relations><cpfRelation cpfRelationType="temporal-earlier" xlink:href="R0"><relationEntry>县革委会民政组</relationEntry><date standardDate="1978">1978</date></cpfRelation></relations>`,
        '<publicationStatus>approved</publicationStatus>',
      ),
    );
    expect(r).toMatchObject({
      recordId: 'R1',
      kind: 'body',
      final: true,
      identifiers: [{ type: 'uscc', value: '91350100M000100Y43' }],
      exist: { text: null, from: '1949-10-01', to: '2020' },
      texts: { history: '一九四九年设科。\n一九七八年改局。' },
      relations: [{ type: 'earlier', name: '县革委会民政组', recordId: 'R0', from: '1978', to: '1978' }],
    });
    expect(r.names.map((n) => [n.form, n.name, n.lang, n.from, n.to])).toEqual([
      ['authorised', '石桥县民政局', 'chi', '1978-03', null],
      ['other', '民政科', null, null, null],
    ]);
  });

  it('made here goes out and comes back the same', async () => {
    const own: EacRecord = {
      recordId: 'A-7',
      kind: 'family',
      final: true,
      names: [
        {
          form: 'authorised',
          name: '白氏',
          lang: 'chi',
          note: null,
          text: '明末至今',
          from: '1640',
          to: null,
          kept: {},
        },
        {
          form: 'other',
          name: '白家 & <堡>',
          lang: null,
          note: '俗称\n  两行',
          text: null,
          from: '1900',
          to: '1949',
          kept: {},
        },
      ],
      identifiers: [{ type: '', value: 'X-1' }],
      exist: { text: '明末', from: null, to: null },
      texts: {
        history: '第一段\n\n第三段',
        structure: '长房\n  次房',
        sources: '族谱\n县志',
        rules: 'DA/T 18',
        languages: '中文',
        functions: '经商',
      },
      relations: [
        {
          type: 'superior',
          name: '白氏大宗',
          recordId: null,
          note: '分支',
          text: null,
          from: '1700',
          to: null,
          kept: {},
        },
      ],
      kept: {},
    };
    const back = await one(await writeEac(own, MADE));
    const plain = (r: EacRecord) => ({
      ...r,
      kept: {},
      names: r.names.map((n) => ({ ...n, kept: {} })),
      relations: r.relations.map((x) => ({ ...x, kept: {} })),
    });
    expect(plain(back)).toEqual(own);
  });

  it('keeps what has no field, and writes anew only what was changed', async () => {
    const text = eac(
      `${named}<description><biogHist><abstract>短</abstract><p>原文</p></biogHist><localDescription localType="seal"><term>印</term></localDescription></description>
      <relations><resourceRelation resourceRelationType="creatorOf"><relationEntry>全宗</relationEntry></resourceRelation></relations>`,
      '<localControl localType="detailLevel"><term>Complet</term></localControl>',
    );
    const r = await one(text);
    const out = await writeEac(
      { ...r, texts: { ...r.texts, history: '改写' } },
      { ...MADE, revised: { at: MADE.created.at, by: '李某' } },
    );
    expect(out).toContain('<localDescription localType="seal">');
    expect(out).toContain('<localControl localType="detailLevel">');
    expect(out).toContain('resourceRelationType="creatorOf"');
    expect(out).toContain('<p>改写</p>');
    expect(out).not.toContain('原文');
    expect(out).toContain('<agent>李某</agent>');
  });

  it('is refused where it is hostile, damaged, or nothing of the kind', async () => {
    const refused = (text: string, code: string) =>
      expect(all(bytesOf(text))).rejects.toMatchObject({ code });
    await refused(
      '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><eac-cpf>&a;</eac-cpf>',
      'eac.forbiddenXml',
    );
    await refused('<eac-cpf><control>', 'eac.damaged');
    await refused('<html><body>no</body></html>', 'eac.notEac');
    await refused(eac('<identity><entityType>person</entityType></identity>'), 'eac.noName');
  });
});

const CORPUS = join(process.env.LANTAI_CORPORA ?? '', 'ead');
const FILES = existsSync(CORPUS)
  ? globSync([`${CORPUS}/eac-cpf-archivesspace/*.xml`, `${CORPUS}/**/*CPF*.xml`])
  : [];

describe.skipIf(FILES.length === 0)('records of other people', () => {
  it.each(FILES.map((f) => [basename(f), f]))(
    '%s goes out as it came in, to the last element',
    async (_, path) => {
      const [record] = await all(createReadStream(path));
      const out = await writeEac(record!, MADE);
      const [before, after] = [await saidBy(createReadStream(path)), await saidBy(bytesOf(out))];
      // Beside what came, a record says how it is maintained.
      const ours =
        /^eac-cpf\|?[^/]*$|^eac-cpf\/control\/(maintenanceStatus|maintenanceAgency|maintenanceHistory)/;
      expect(before.filter((x) => ours.test(x) && !after.includes(x)).filter((x) => x.includes('/'))).toEqual(
        [],
      );
      const theirs = (said: readonly string[]) => said.filter((x) => !ours.test(x));
      expect(theirs(after)).toEqual(theirs(before));
      const [again] = await all(bytesOf(out));
      const seen = (r: EacRecord) => [
        r.recordId,
        r.kind,
        r.names.map((n) => [n.form, n.name, n.text, n.from, n.to]),
        r.exist,
        r.texts,
        r.relations.map((x) => [x.type, x.name, x.text, x.from, x.to, x.note]),
        r.identifiers,
      ];
      expect(seen(again!)).toEqual(seen(record!));
      expect(record!.names.length).toBeGreaterThan(0);
    },
  );
});
