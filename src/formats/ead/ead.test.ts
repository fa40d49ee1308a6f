import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginsAsXml, type EadDescription, openEad } from './index.ts';
import type { EadLimits } from './limits.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ead-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function read(text: string | Buffer, limits: Partial<EadLimits> = {}): Promise<EadDescription[]> {
  const path = join(folder, `${files++}.xml`);
  await writeFile(path, text);
  const document = await openEad(path, limits);
  const found: EadDescription[] = [];
  for await (const batch of document.read()) found.push(...batch);
  expect(found).toHaveLength(document.descriptions);
  return found;
}

const plain = (d: EadDescription | undefined, name: string) => d?.elements.get(name)?.join(' | ');
const wrap = (inner: string) => `<ead><archdesc level="fonds"><did/><dsc>${inner}</dsc></archdesc></ead>`;

describe('EAD 2002', () => {
  const OLD = `<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE ead PUBLIC "+//ISBN 1-931666-00-8//DTD ead.dtd (Encoded Archival Description (EAD) Version 2002)//EN" "ead.dtd" [
  <!ENTITY logo SYSTEM "logo.gif" NDATA gif> <!ENTITY mdash "&#8212;">
]>
<ead><eadheader><eadid>us-9</eadid><filedesc><titlestmt><titleproper>Guide</titleproper></titlestmt></filedesc></eadheader>
<frontmatter><titlepage><titleproper>not a description</titleproper></titlepage></frontmatter>
<archdesc level="collection" type="inventory"><did><head>Overview</head>
  <unittitle>Caf\u00e9 papers, <unitdate type="inclusive" normal="1901/1950">1901-1950</unitdate></unittitle>
  <unitdate type="bulk" normal="1920/1930">bulk 1920s</unitdate><unitid>MS 9</unitid>
  <physdesc><extent>2 boxes</extent><extent>1 roll</extent></physdesc>
  <langmaterial><language langcode="fre"/></langmaterial></did>
  <descgrp type="admininfo"><head>Use</head><accessrestrict><head>Access</head><p>Open &mdash; ask.</p></accessrestrict></descgrp>
  <controlaccess><head>Terms</head><controlaccess><subject>Coffee</subject></controlaccess><persname>Roux, <emph>A.</emph></persname></controlaccess>
  <dsc type="combined"><head>Contents</head>
    <c01 level="series" id="s1"><did><unitid>I</unitid><unittitle>Letters</unittitle></did>
      <c02 level="otherlevel" otherlevel="Binder"><did><unittitle>To A<lb/>and B</unittitle>
        <container type="box" id="b1">1</container><container type="folder" parent="b1">2</container></did>
        <scopecontent><p>One.</p><list><item>a</item><item>b</item></list></scopecontent></c02>
    </c01>
  </dsc>
  <index><head>Index</head><indexentry><name>Roux</name><ref href="http://x.example/1">1</ref></indexentry></index>
</archdesc></ead>`;

  it('is read by document type, in the encoding it declares, without fetching anything', async () => {
    const [fonds, series, binder] = await read(Buffer.from(OLD, 'latin1'));
    expect(fonds).toMatchObject({
      number: 1,
      above: 0,
      depth: 1,
      level: 'collection',
      hasParts: true,
      recordId: 'us-9',
      unitIds: [{ text: 'MS 9' }],
      titles: [{ text: 'Café papers, 1901-1950' }],
      dates: [
        { text: '1901-1950', from: '1901', to: '1950', bulk: false },
        { text: 'bulk 1920s', from: '1920', to: '1930', bulk: true },
      ],
    });
    expect(plain(fonds, 'physdesc')).toBe('2 boxes 1 roll');
    expect(plain(fonds, 'langmaterial')).toBe('fre');
    expect(plain(fonds, 'accessrestrict')).toBe('Open — ask.');
    expect(plain(fonds, 'subject')).toBe('Coffee');
    expect(plain(fonds, 'persname')).toBe('Roux, A.');
    expect(plain(fonds, 'eadheader')).toBe('Guide');
    expect(series).toMatchObject({
      number: 2,
      above: 1,
      depth: 2,
      level: 'series',
      id: 's1',
      hasParts: true,
    });
    expect(binder).toMatchObject({
      number: 3,
      above: 2,
      depth: 3,
      otherLevel: 'Binder',
      hasParts: false,
      titles: [{ text: 'To A and B' }],
      containers: [
        { type: 'box', text: '1', id: 'b1', within: '' },
        { type: 'folder', text: '2', within: 'b1' },
      ],
    });
    expect(plain(binder, 'scopecontent')).toBe('One.\na\nb');
  });

  it('keeps what stands behind the components with the description it belongs to', async () => {
    const [fonds] = await read(Buffer.from(OLD, 'latin1'));
    expect(plain(fonds, 'index')).toBe('Index\nRoux 1 http://x.example/1');
    const [, outer, inner] = await read(
      wrap('<c><did/><c><did><unittitle>in</unittitle></did></c><odd><p>late</p></odd></c>'),
    );
    expect([plain(outer, 'odd'), plain(inner, 'odd')]).toEqual(['late', undefined]);
  });
});

describe('EAD3', () => {
  it('is read with its structured dates, extents and parts of names', async () => {
    const [d, item] = await read(`<?xml version="1.0"?><e:ead xmlns:e="http://ead3.archivists.org/schema/">
<e:control><e:recordid>r1</e:recordid></e:control><e:archdesc level="fonds"><e:did>
<e:unittitle>Papers</e:unittitle>
<e:unitdatestructured unitdatetype="bulk"><e:daterange><e:fromdate>1917</e:fromdate><e:todate standarddate="1955-06">June 1955</e:todate></e:daterange></e:unitdatestructured>
<e:unitdatestructured><e:dateset><e:datesingle standarddate="1960">about 1960</e:datesingle><e:daterange><e:fromdate notbefore="1970">1970s</e:fromdate></e:daterange></e:dateset></e:unitdatestructured>
<e:physdescset><e:physdescstructured><e:quantity>3</e:quantity><e:unittype>boxes</e:unittype></e:physdescstructured></e:physdescset>
<e:origination><e:persname><e:part>Roux</e:part><e:part>A. (Anne)</e:part>, ed.</e:persname></e:origination>
</e:did><e:dsc><e:c level="item"><e:did><e:unitdate normal="1923"/><e:dao href="http://x.example/p.jpg"/></e:did>
<e:relations><e:relation><e:objectxmlwrap><c01><did><unittitle>foreign</unittitle></did></c01></e:objectxmlwrap></e:relation></e:relations></e:c></e:dsc></e:archdesc></e:ead>`);
    expect(d?.dates).toEqual([
      { text: '1917 - June 1955', from: '1917', to: '1955-06', bulk: true },
      { text: 'about 1960', from: '1960', to: '1960', bulk: false },
      { text: '1970s', from: '1970', to: '', bulk: false },
    ]);
    expect(plain(d, 'physdesc')).toBe('3 boxes');
    expect(plain(d, 'origination')).toBe('Roux A. (Anne), ed.');
    expect(d?.recordId).toBe('r1');
    expect(item).toMatchObject({ titles: [], dates: [{ text: '', from: '1923', to: '1923' }] });
    expect(plain(item, 'dao')).toBe('http://x.example/p.jpg');
    expect(plain(item, 'relations')).toBe('foreign');
  });
});

describe('a finding aid', () => {
  it('tells apart what is for staff alone', async () => {
    const [, open, closed, below] = await read(
      wrap(
        `<c><did><unittitle>Open</unittitle><unitid audience="internal">X-1</unitid></did><odd><p>all</p><p audience="internal">staff</p></odd></c>
         <c audience="internal"><did><unittitle>Closed</unittitle></did><c><did/></c></c>`,
      ),
    );
    expect(open).toMatchObject({ internal: false, unitIds: [], internalNotes: ['unitid: X-1', 'p: staff'] });
    expect(plain(open, 'odd')).toBe('all');
    expect([closed?.internal, below?.internal]).toEqual([true, true]);
  });

  it('loses no component, not even in an element nobody knows', async () => {
    const found = await read(
      wrap('<c01><did/></c01><group>words<c01><did><unittitle>in</unittitle></did></c01></group><c01/>'),
    );
    expect(found.map((d) => [d.number, d.depth])).toEqual([[1, 1], [2, 2], [3, 2], [4, 2]]); // biome-ignore format: pairs
    expect(found[2]?.titles[0]?.text).toBe('in');
  });

  interface Tree {
    name: string;
    parts: Tree[];
  }
  const name = fc.constantFrom('c', 'c01', 'c02', 'c12');
  const tree = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 6, withCrossShrink: true },
      name.map((n) => ({ name: n, parts: [] })),
      fc.record({ name, parts: fc.array(tie('tree'), { maxLength: 4 }) }),
    ),
  })).tree;
  const write = (t: Tree): string =>
    `<${t.name}><did><unittitle>${t.name}</unittitle></did>${t.parts.map(write).join('<odd><p>x</p></odd>')}</${t.name}>`;
  const list = (t: Tree, depth: number): [string, number][] => [
    [t.name, depth],
    ...t.parts.flatMap((p) => list(p, depth + 1)),
  ];

  it('gives every component once, in order and at its depth', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 5 }), async (trees) => {
        const [, ...found] = await read(wrap(trees.map(write).join('')));
        expect(found.map((d) => [d.titles[0]?.text, d.depth])).toEqual(trees.flatMap((t) => list(t, 2)));
        for (const d of found) {
          const above = d.above === 1 ? undefined : found[d.above - 2];
          expect(d.depth).toBe((above?.depth ?? 1) + 1);
          expect(above?.hasParts ?? true).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is no finding aid, or a dangerous one', () => {
  const bomb = `<!DOCTYPE ead [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>${wrap('<c><did><unittitle>&b;</unittitle></did></c>')}`;
  it.each([
    ['an EAC-CPF record', '<eac-cpf><control/></eac-cpf>', 'ead.notEad'],
    ['another kind of XML', '<root/>', 'ead.notEad'],
    ['no archdesc', '<ead><eadheader/></ead>', 'ead.noArchdesc'],
    ['a document that breaks off', wrap('<c/>').slice(0, -9), 'ead.damaged'],
    ['tags that do not nest', '<ead><archdesc></ead></archdesc>', 'ead.damaged'],
    ['an entity bomb', bomb, 'ead.forbiddenXml'],
    ['an entity that reads a file', `<!DOCTYPE ead [<!ENTITY x SYSTEM "/etc/passwd">]>${wrap('<c><did><unittitle>&x;</unittitle></did></c>')}`, 'ead.forbiddenXml'],
    ['components without end in one another', wrap('<c>'.repeat(120) + '</c>'.repeat(120)), 'ead.tooDeep'],
    ['elements without end in one another', wrap(`<odd>${'<p>'.repeat(500)}${'</p>'.repeat(500)}</odd>`), 'ead.damaged'],
    ['bytes that are no text', Buffer.from([0x3c, 0x65, 0x61, 0x64, 0x3e, 0xff]), 'ead.damaged'],
    ['nothing', '', 'ead.damaged'],
  ])('is refused in a sentence: %s', async (_, text, code) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(/^The|^Comp.*\.$/) });
  }); // biome-ignore format: a table of cases

  it.each([
    ['descriptions', { descriptions: 3 }, wrap('<c/><c/><c/>')],
    ['characters in an element', { elementLength: 50 }, wrap(`<c><odd>${'x'.repeat(60)}</odd></c>`)],
    [
      'characters in a description',
      { descriptionLength: 50 },
      wrap(`<c>${'<odd>ten of them</odd>'.repeat(9)}</c>`),
    ],
    ['characters out of place', { lateLength: 300 }, wrap(`<c/>${'<p>late</p>'.repeat(9)}`)],
    ['bytes', { fileBytes: 10 }, wrap('')],
  ])('is refused with more than the allowed %s', async (_, limits, text) => {
    await expect(read(text, limits)).rejects.toMatchObject({ code: 'ead.tooLarge' });
  });

  it('says when there is no file', async () => {
    await expect(openEad(join(folder, 'none.xml'))).rejects.toMatchObject({ code: 'ead.notFound' });
  });

  it('changed in any byte is read or refused, never more', async () => {
    const whole = Buffer.from(wrap('<c01 level="file"><did><unittitle>A &amp; B</unittitle></did></c01>'));
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), async (at, byte) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        const answer = await read(changed).catch((e: { code?: string }) => e.code);
        if (!Array.isArray(answer)) expect(answer).toMatch(/^ead\./);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what begins as XML', () => {
  it.each([
    ['<?xml version="1.0"?>', true],
    ['\ufeff \n<ead>', true],
    ['<!DOCTYPE ead PUBLIC', true],
    ['<!-- made by hand --><ead>', true],
    ['<ead:ead xmlns:ead="x">', true],
    ['<eac-cpf xmlns="x">', true],
    ['<html lang="en">', false],
    ['< 5 pages', false],
    ['<5,<6', false],
    ['<!DOCTYPE html>', false],
    ['档号,题名', false],
    ['', false],
  ])('%j: %s', (text, is) => {
    expect(beginsAsXml(Buffer.from(text))).toBe(is);
    if (text !== '')
      expect(beginsAsXml(Buffer.from(`\ufeff${text.replace('\ufeff', '')}`, 'utf16le'))).toBe(is);
  });
});
