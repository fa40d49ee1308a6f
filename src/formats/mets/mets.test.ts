import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ElementEvent, writeElements, type XmlElement } from '#formats/xml';
import {
  fileOf,
  headerOf,
  hrefOf,
  METS,
  type MetsToWrite,
  metadataOf,
  metsXml,
  readMets,
  resourcePath,
} from './index.ts';

const bytesOf = (text: string, size = 7) =>
  Readable.from(
    (function* () {
      const all = Buffer.from(text);
      for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
    })(),
  );

async function events(text: string, size?: number): Promise<ElementEvent[]> {
  return Array.fromAsync(readMets(bytesOf(text, size)));
}

const join = async (pieces: AsyncIterable<string>) => (await Array.fromAsync(pieces)).join('');

/** Without where it stood. */
const plain = (e: XmlElement): unknown => ({
  tag: e.tag,
  space: e.space,
  attributes: e.attributes,
  children: e.children.map((c) => ('tag' in c ? plain(c) : 'raw' in c ? { raw: c.raw } : c)),
});
const said = (all: readonly ElementEvent[]) =>
  all.map((e) =>
    e.kind === 'stray' ? e.text : [e.kind, e.kind === 'close' ? e.element.tag : plain(e.element)],
  );

const SAMPLE = `<?xml version="1.0"?>
<m:mets xmlns:m="${METS}" xmlns:x="http://www.w3.org/1999/xlink" xmlns:odd="urn:odd" OBJID="一 &amp; 二" odd:mark="&#10;">
  <m:metsHdr CREATEDATE="2024-01-01T00:00:00"><m:agent ROLE="CREATOR"><m:name>檔案館</m:name></m:agent></m:metsHdr>
  <m:dmdSec ID="d1"><m:mdWrap MDTYPE="DC"><m:xmlData><!-- kept --><odd:dc  a = 'b'>t&lt;<![CDATA[<raw>]]></odd:dc></m:xmlData></m:mdWrap></m:dmdSec>
  <m:amdSec ID="a1">
    <m:techMD ID="t1"><m:mdRef LOCTYPE="URL" x:href="a%20b.xml" MDTYPE="OTHER" SIZE="12"/></m:techMD>
    <odd:own><odd:more/></odd:own>
  </m:amdSec>
  <m:fileSec><m:fileGrp ID="g"><m:fileGrp ID="h" USE="inner">
    <m:file ID="f1" SIZE="1" ADMID="t1  a1"><m:FLocat LOCTYPE="URL" x:href="one.txt"/></m:file>
  </m:fileGrp></m:fileGrp></m:fileSec>
  <m:structMap TYPE="logical"><m:div LABEL="root"><m:fptr FILEID="f1"/></m:div></m:structMap>
  <m:structLink><m:smLink x:from="a" x:to="b"/></m:structLink>
  <m:behaviorSec><m:behavior ID="b"/></m:behaviorSec>
</m:mets>`;

describe('A METS document', () => {
  it('is told piece by piece, with what it wraps in its own words', async () => {
    const all = await events(SAMPLE);
    expect(all.flatMap((e) => (e.kind === 'open' ? [e.element.name] : []))).toEqual([
      ...['mets', 'amdSec', 'fileSec', 'fileGrp', 'fileGrp', 'structMap', 'div', 'structLink'],
    ]);
    const whole = new Map(all.flatMap((e) => (e.kind === 'whole' ? [[e.element.name, e.element]] : [])));
    expect(headerOf(whole.get('metsHdr')!)).toMatchObject({
      agents: [{ role: 'CREATOR', names: ['檔案館'] }],
    });
    const wrapped = metadataOf(whole.get('dmdSec')!).wrapped[0]!;
    expect(wrapped.content.children[0]).toMatchObject({
      raw: `<!-- kept --><odd:dc  a = 'b'>t&lt;<![CDATA[<raw>]]></odd:dc>`,
    });
    expect(metadataOf(whole.get('techMD')!)).toMatchObject({
      id: 't1',
      references: [{ href: 'a%20b.xml', size: '12' }],
    });
    expect(fileOf(whole.get('file')!)).toMatchObject({
      id: 'f1',
      administrative: ['t1', 'a1'],
      locations: [{ href: 'one.txt' }],
    });
    expect(whole.get('own')!.children).toMatchObject([{ raw: '<odd:more/>' }]);
    expect(whole.get('file')!.line).toBe(10);
  });

  it('comes back from writing as it was read', async () => {
    const read = await events(SAMPLE, 1000);
    const again = await events(await join(writeElements(read)), 11);
    expect(said(again)).toEqual(said(read));
  });

  it.each([
    ['a document type', `<!DOCTYPE mets [<!ENTITY a "b">]><mets xmlns="${METS}"/>`, 'mets.forbidden'],
    ['another root', '<ead/>', 'mets.damaged'],
    ['another namespace', '<mets xmlns="http://www.loc.gov/METS/v2"/>', 'mets.damaged'],
    ['an end in the middle', `<mets xmlns="${METS}"><fileSec>`, 'mets.damaged'],
    ['an undeclared prefix', `<mets xmlns="${METS}" xlink:href="a"/>`, 'mets.damaged'],
    ['an attribute said twice', `<mets xmlns="${METS}" ID="a" ID="b"/>`, 'mets.damaged'],
    ['an undeclared entity', `<mets xmlns="${METS}" OBJID="&bomb;"/>`, 'mets.damaged'],
    ['nothing at all', '', 'mets.damaged'],
  ])('is refused for %s', async (_, text, code) => {
    await expect(events(text)).rejects.toMatchObject({ code });
  });

  it('is read or refused, whatever bytes are changed or cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(SAMPLE.length), fc.nat(255)), { maxLength: 4 }),
        fc.nat(SAMPLE.length),
        async (flips, cut) => {
          const bytes = Buffer.from(SAMPLE);
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          const piece = bytes.subarray(0, cut % 3 === 0 ? cut : bytes.length);
          await Array.fromAsync(readMets(Readable.from([piece]))).catch((e: unknown) =>
            expect(e).toMatchObject({ code: expect.stringMatching(/^mets\./) }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('A reference', () => {
  it('comes back from writing, whatever a path is named', () => {
    const name = fc.stringMatching(/^[a-z 中%#?&+.;一]{1,12}$/u).filter((n) => n !== '.' && n !== '..');
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), (parts) => {
        const path = parts.join('/');
        expect(resourcePath(hrefOf(path))[0]).toBe(path);
      }),
    );
  });

  it.each([
    ['../beyond', []],
    ['/etc/passwd', []],
    ['http://example.org/a', []],
    ['file:a/b.txt', ['a/b.txt']],
    ['file://./a/b.txt', ['a/b.txt']],
    ['./a/../b%20c', ['b c', 'b%20c']],
    ['100%.txt', ['100%.txt']],
  ])('%s means %j', (href, paths) => {
    expect(resourcePath(href)).toEqual(paths);
  });
});

const word = fc.stringMatching(/^[A-Za-z 中文檔<>&"'%]{1,10}$/u).map((w) => `x${w.trim()}`);
const id = fc.stringMatching(/^[a-z]{1,8}$/).map((n) => `id-${n}`);
const file = fc.record({
  id,
  path: word,
  size: fc.nat().map(String),
  checksum: fc.stringMatching(/^[0-9a-f]{64}$/),
  checksumType: fc.constant('SHA-256'),
  created: fc.constant('2024-01-01T00:00:00Z'),
  mimeType: fc.constant('text/plain'),
});

describe('What is written', () => {
  it('is read as it was meant', async () => {
    await fc.assert(
      fc.asyncProperty(
        word,
        word,
        fc.array(file, { maxLength: 20 }),
        word,
        async (objid, agent, files, label) => {
          const header = {
            created: '2024-01-01T00:00:00Z',
            packageType: 'SIP',
            agents: [{ role: 'CREATOR', names: [agent], notes: [{ text: '1', type: 'SOFTWARE VERSION' }] }],
            alternativeIds: [{ text: agent, type: 'REFERENCECODE' }],
          };
          const mets: MetsToWrite = {
            id: objid,
            type: 'Mixed',
            profile: 'urn:x',
            header,
            files: { id: 'files', groups: [{ id: 'g', use: label, files }] },
            structure: {
              id: 's',
              label: 'CSIP',
              type: 'PHYSICAL',
              division: { id: 'd', label, files: ['g'] },
            },
          };
          const all = await events(await join(metsXml(mets)), 64);
          const whole = all.flatMap((e) => (e.kind === 'whole' ? [e.element] : []));
          expect(headerOf(whole[0]!)).toMatchObject(header);
          const read = whole.filter((e) => e.name === 'file').map(fileOf);
          expect(
            read.map(({ locations: [l], ...f }) => ({ ...f, path: resourcePath(l!.href!)[0] })),
          ).toMatchObject(files);
        },
      ),
      { numRuns: 50 },
    );
  });
});
