import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTreeWriter, openTree, type WrittenWrapper } from '#formats/tree';
import {
  type EarkFile,
  type EarkPackage,
  type EarkReport,
  REQUIREMENTS,
  readEark,
  recogniseEark,
  writeEark,
} from './index.ts';
import { judgeEark } from './testing.ts';

let work: string;
let turn = 0;
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'eark-test-'));
});
afterAll(() => rm(work, { recursive: true, force: true }));

const CREATED = new Date('2025-03-04T05:06:07Z');
const AGENT = {
  role: 'CREATOR',
  type: 'ORGANIZATION',
  names: ['臨河縣檔案館'],
  notes: [{ text: 'C-1', type: 'IDENTIFICATIONCODE' }],
};
const file = (path: string, text = path): EarkFile => ({
  path,
  bytes: Buffer.byteLength(text),
  content: () => [Buffer.from(text)],
  mimeType: 'text/plain',
});

const sample = (more: Partial<EarkPackage> = {}): EarkPackage => ({
  id: 'package-1',
  packageType: 'SIP',
  created: CREATED,
  software: { name: 'Lantai', version: '1' },
  agents: [AGENT],
  descriptive: [{ ...file('ead.xml', '<ead/>'), type: 'EAD' }],
  preservation: [{ ...file('premis.xml', '<premis/>'), type: 'PREMIS' }],
  schemas: [file('mets.xsd')],
  documentation: [file('讀我.txt')],
  representations: [{ name: 'rep1', data: [file('一/二 三.txt'), file('100%.txt')] }],
  ...more,
});

async function write(given: EarkPackage, wrapper: WrittenWrapper = 'folder'): Promise<string> {
  const target = join(work, `${turn++}.${wrapper}`);
  const writer = await createTreeWriter(target, { wrapper });
  await writeEark(writer, given, work);
  await writer.finish();
  return target;
}

const errors = (r: EarkReport) =>
  r.findings.filter((f) => f.severity === 'error').map((f) => `${f.code} ${f.path} ${f.message}`);

describe('A package that is written', () => {
  it.each(['SIP', 'AIP', 'DIP'] as const)(
    'is valid as %s, by each version and in each wrapper',
    async (packageType) => {
      for (const version of ['2.0', '2.1', '2.2'] as const)
        for (const wrapper of ['folder', 'zip', 'tar'] as const) {
          const report = await judgeEark(await write(sample({ packageType, version }), wrapper));
          expect(errors(report)).toEqual([]);
          expect(report).toMatchObject({
            valid: true,
            kind: packageType === 'AIP' ? 'CSIP' : packageType,
            identifier: 'package-1',
            representations: 1,
          });
        }
    },
  );

  it('is the same, byte for byte, when it is written again', async () => {
    const [a, b] = await Promise.all([write(sample(), 'tar'), write(sample(), 'tar')]);
    expect((await readFile(a)).equals(await readFile(b))).toBe(true);
  });

  it('gives back what was put in, whatever it is called', async () => {
    const part = fc
      .stringMatching(/^[A-Za-z0-9 中文檔案%#&+~é'-]{1,12}$/u)
      .map((s) => `n${s.trim()}`.normalize('NFC'));
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((p) => p.join('/'));
    const files = fc
      .uniqueArray(path, { maxLength: 6, selector: (p) => p.toLowerCase() })
      .map((all) => all.filter((p) => !all.some((q) => q.toLowerCase().startsWith(`${p.toLowerCase()}/`))));
    const names = fc.uniqueArray(part, { minLength: 1, maxLength: 4, selector: (n) => n.toLowerCase() });
    await fc.assert(
      fc.asyncProperty(part, names, files, files, async (id, representations, data, documentation) => {
        const given = sample({
          id,
          documentation: documentation.map((p) => file(p)),
          representations: representations.map((name) => ({
            name,
            data: data.map((p) => file(p, `${name}/${p}`)),
          })),
        });
        const written = await write(given, 'zip');
        expect(errors(await judgeEark(written))).toEqual([]);
        const tree = await openTree(written);
        const read = await readEark(tree);
        expect(read.identifier).toBe(id);
        expect(read.header).toMatchObject({ packageType: 'SIP' });
        expect(read.representations.map((r) => r.name).sort()).toEqual([...representations].sort());
        expect(read.metadata.map((m) => m.paths)).toEqual([
          ['metadata/descriptive/ead.xml'],
          ['metadata/preservation/premis.xml'],
        ]);
        const listed = await Array.fromAsync(read.files());
        for (const name of representations) {
          const own = listed.filter((f) => f.representation === name && f.use === 'Data');
          expect(own.map((f) => f.path).sort()).toEqual(
            data.map((p) => `representations/${name}/data/${p}`).sort(),
          );
          for (const f of own)
            expect((await buffer(await read.tree.open(f.path!))).toString()).toBe(
              f.path!.replace(/^representations\/([^/]+)\/data\//, '$1/'),
            );
        }
        expect(listed.filter((f) => f.use === 'Documentation').length).toBe(documentation.length);
        await tree.close();
      }),
      { numRuns: 12 },
    );
  });

  it.each(['', '..', 'a/b', 'a\\b'])('is refused under the name "%s"', async (id) => {
    const writer = await createTreeWriter(join(work, `refused-${turn++}`), { wrapper: 'folder' });
    await expect(writeEark(writer, sample({ id }), work)).rejects.toMatchObject({ code: 'eark.badName' });
    await writer.discard();
  });
});

/** A written package with its METS document changed. */
async function changed(change: (mets: string) => string | Buffer, given = sample()): Promise<EarkReport> {
  const folder = join(await write(given), given.id);
  const mets = join(folder, 'METS.xml');
  await writeFile(mets, change(await readFile(mets, 'utf8')));
  return judgeEark(folder);
}

const REP = 'representations/rep1';
const drop = (pattern: RegExp) => (mets: string) => mets.replace(pattern, '');
const put = (pattern: RegExp | string, by: string) => (mets: string) => mets.replace(pattern, by);

describe('What is wrong is found under its requirement', () => {
  it.each([
    ['CSIP1', drop(/ OBJID="[^"]*"/)],
    ['CSIP2', put(/ TYPE="Mixed"/, ' TYPE="No such"')],
    ['CSIP3', put(/ TYPE="Mixed"/, ' TYPE="OTHER"')],
    ['CSIP3', put(/ TYPE="Mixed"/, ' TYPE="Mixed" csip:OTHERTYPE="Maps"')],
    ['CSIP4', put('csip:CONTENTINFORMATIONTYPE="MIXED"', 'csip:CONTENTINFORMATIONTYPE="ODD"')],
    ['CSIP5', put('csip:CONTENTINFORMATIONTYPE="MIXED"', 'csip:CONTENTINFORMATIONTYPE="OTHER"')],
    ['CSIP6', drop(/ PROFILE="[^"]*"/)],
    ['CSIP117', drop(/<metsHdr[\s\S]*<\/metsHdr>/)],
    ['CSIP7', drop(/ CREATEDATE="[^"]*"/)],
    ['CSIP8', put(/ LASTMODDATE="[^"]*"/, ' LASTMODDATE="yesterday"')],
    ['CSIP9', put(/OAISPACKAGETYPE="SIP"/, 'OAISPACKAGETYPE="BAG"')],
    ['CSIP10', drop(/<agent [\s\S]*<\/agent>/)],
    ['CSIP11', put('ROLE="CREATOR" TYPE="OTHER"', 'ROLE="EDITOR" TYPE="OTHER"')],
    ['CSIP12', put('TYPE="OTHER" OTHERTYPE="SOFTWARE"', 'TYPE="INDIVIDUAL" OTHERTYPE="SOFTWARE"')],
    ['CSIP13', drop(/ OTHERTYPE="SOFTWARE"/)],
    ['CSIP14', drop(/<name>Lantai<\/name>/)],
    ['CSIP15', drop(/<note csip:NOTETYPE="SOFTWARE VERSION">1<\/note>/)],
    ['CSIP16', drop(/ csip:NOTETYPE="SOFTWARE VERSION"/)],
    ['CSIP17', drop(/<dmdSec[\s\S]*<\/dmdSec>/)],
    ['CSIP18', put(/<dmdSec ID="/, '<dmdSec ID="1')],
    ['CSIP19', drop(/(?<=<dmdSec [^>]*) CREATED="[^"]*"/)],
    ['CSIP20', put('STATUS="CURRENT"', 'STATUS="OLD"')],
    ['CSIP21', drop(/<mdRef[^>]*EAD[^>]*\/>/)],
    ['CSIP22', put('<mdRef LOCTYPE="URL"', '<mdRef LOCTYPE="URN"')],
    ['CSIP23', put('xlink:type="simple"', 'xlink:type="extended"')],
    ['CSIP24', put('descriptive/ead.xml', 'descriptive/gone.xml')],
    ['CSIP25', put('MDTYPE="EAD"', 'MDTYPE="EADX"')],
    ['CSIP26', put('MIMETYPE="text/plain" SIZE="6"', 'MIMETYPE="PNG" SIZE="6"')],
    ['CSIP27', put('SIZE="6"', 'SIZE="7"')],
    ['CSIP28', drop(/(?<=<mdRef [^>]*) CREATED="[^"]*"/)],
    ['CSIP29', put(/(?<=<mdRef [^>]*CHECKSUM=")[^"]*/, '00')],
    ['CSIP30', put('CHECKSUMTYPE="SHA-256"', 'CHECKSUMTYPE="SHA256"')],
    ['CSIP31', drop(/<amdSec>[\s\S]*<\/amdSec>/)],
    ['CSIP33', put(/<digiprovMD ID="/, '<digiprovMD ID="1')],
    ['CSIP38', put('preservation/premis.xml', 'preservation/gone.xml')],
    ['CSIP41', put('SIZE="9"', 'SIZE="8"')],
    ['CSIP58', drop(/<fileSec [\s\S]*<\/fileSec>/), 'warning'],
    ['CSIP59', drop(/(?<=<fileSec) ID="[^"]*"/)],
    ['CSIP60', drop(/<fileGrp [^>]*USE="Documentation"[\s\S]*?<\/fileGrp>/)],
    ['CSIP113', drop(/<fileGrp [^>]*USE="Schemas"[\s\S]*?<\/fileGrp>/)],
    ['CSIP114', drop(/<fileGrp [^>]*USE="Representations\/rep1"[\s\S]*?<\/fileGrp>/)],
    ['CSIP61', put('USE="Schemas"', 'USE="Schemas" ADMID="gone"'), 'warning'],
    ['CSIP64', drop(/ USE="Schemas"/)],
    ['CSIP65', drop(/(?<=<fileGrp) ID="[^"]*"(?= USE="Schemas")/)],
    ['CSIP66', put(/(<fileGrp [^>]*USE="Schemas">)[\s\S]*?(<\/fileGrp>)/, '$1$2')],
    ['CSIP67', drop(/(?<=<file) ID="[^"]*"/)],
    ['CSIP68', drop(/(?<=<file [^>]*) MIMETYPE="[^"]*"/)],
    ['CSIP69', drop(/(?<=<file [^>]*) SIZE="[^"]*"/)],
    ['CSIP70', put(/(?<=<file [^>]*CREATED=")[^"]*/, '2024')],
    ['CSIP71', put(/(?<=<file [^>]*CHECKSUM=")[^"]*/, '00')],
    ['CSIP72', drop(/(?<=<file [^>]*) CHECKSUMTYPE="[^"]*"/)],
    ['CSIP75', put('<file ', '<file DMDID="gone" '), 'warning'],
    ['CSIP76', drop(/<FLocat [^>]*>/)],
    ['CSIP77', put('<FLocat LOCTYPE="URL"', '<FLocat LOCTYPE="OTHER"')],
    ['CSIP78', put(/(<FLocat [^>]*xlink:type=")simple/, '$1locator')],
    ['CSIP79', put(/(<FLocat [^>]*xlink:href=")/, '$1no/')],
    ['CSIP80', drop(/<structMap[\s\S]*<\/structMap>/)],
    ['CSIP81', put('TYPE="PHYSICAL"', 'TYPE="LOGICAL"')],
    ['CSIP82', put('LABEL="CSIP"', 'LABEL="Own"')],
    ['CSIP83', drop(/(?<=<structMap) ID="[^"]*"/)],
    ['CSIP84', put('</structMap>', '<div ID="d2"/></structMap>')],
    ['CSIP88', drop(/<div [^>]*LABEL="Metadata"[^>]*>\s*<\/div>/)],
    ['CSIP89', drop(/(?<=<div) ID="[^"]*"(?= LABEL="Metadata")/)],
    ['CSIP90', put('LABEL="Metadata"', 'LABEL="metadata"')],
    ['CSIP91', drop(/(?<=<div [^>]*) ADMID="[^"]*"/), 'warning'],
    ['CSIP92', put(/DMDID="/, 'DMDID="gone '), 'warning'],
    ['CSIP93', drop(/<div [^>]*LABEL="Documentation">[\s\S]*?<\/div>/), 'warning'],
    ['CSIP95', put('LABEL="Documentation"', 'LABEL="DOCUMENTATION"')],
    ['CSIP96', put(/(LABEL="Documentation">)[\s\S]*?(<\/div>)/, '$1$2'), 'warning'],
    ['CSIP116', put(/(LABEL="Documentation">\s*<fptr) FILEID="[^"]*"/, '$1')],
    ['CSIP118', put(/(LABEL="Schemas">\s*<fptr FILEID=")/, '$1x')],
    ['CSIP105', drop(/<div [^>]*LABEL="Representations\/rep1">[\s\S]*?<\/div>/), 'warning'],
    ['CSIP106', drop(/(?<=<div) ID="[^"]*"(?= LABEL="Representations\/rep1")/)],
    ['CSIP107', put('LABEL="Representations/rep1"', 'LABEL="Representations/rep2"')],
    ['CSIP108', drop(/ xlink:title="[^"]*"/)],
    ['CSIP109', drop(/<mptr [^>]*>/)],
    [
      'CSIP110',
      put(
        `<mptr LOCTYPE="URL" xlink:type="simple" xlink:href="${REP}`,
        '<mptr LOCTYPE="URL" xlink:type="simple" xlink:href="gone',
      ),
    ],
    ['CSIP111', put('<mptr LOCTYPE="URL" xlink:type="simple"', '<mptr LOCTYPE="URL"')],
    ['CSIP112', put('<mptr LOCTYPE="URL"', '<mptr LOCTYPE="DOI"')],
    ['SIP1', put('<mets ', '<mets LABEL="" '), 'info'],
    ['SIP2', put(/ PROFILE="[^"]*"/, ' PROFILE="https://example.org/profile.xml"')],
    ['SIP3', put('<metsHdr ', '<metsHdr RECORDSTATUS="ODD" '), 'info'],
    ['SIP4', put(/OAISPACKAGETYPE="SIP"/, 'OAISPACKAGETYPE="AIP"')],
    ['SIP7', put('</metsHdr>', '<altRecordID TYPE="REFERENCECODE"/></metsHdr>'), 'info'],
    ['SIP15', drop(/<agent ROLE="CREATOR" TYPE="ORGANIZATION">[\s\S]*?<\/agent>/)],
    ['SIP32', put('<file ', '<file sip:FILEFORMATNAME="" '), 'warning'],
    ['CSIPSTR2', (m: string) => m.replace('OBJID="package-1"', 'OBJID="package-2"'), 'warning'],
  ] as [string, (m: string) => string, string?][])('%s', async (code, change, severity = 'error') => {
    expect(REQUIREMENTS.has(code)).toBe(true);
    const report = await changed(change);
    expect(report.findings.map((f) => `${f.code} ${f.severity}`)).toContain(`${code} ${severity}`);
  });

  it('tells a file whose line ends were changed from one that is another', async () => {
    const given = sample({ documentation: [file('a.txt', 'one\r\ntwo\r\n')] });
    const folder = join(await write(given), given.id);
    await writeFile(join(folder, 'documentation/a.txt'), 'one\ntwo\n');
    expect(errors(await judgeEark(folder)).map((e) => e.split(' ')[0])).toEqual(['eark.lineEnds']);
    await writeFile(join(folder, 'documentation/a.txt'), 'one\ntwO\n');
    expect(errors(await judgeEark(folder)).map((e) => e.split(' ')[0])).toEqual(['CSIP69', 'CSIP71']);
  });

  it('names a file that differs by case alone', async () => {
    const report = await changed(put('schemas/mets.xsd', 'schemas/METS.xsd'));
    expect(errors(report).join()).toContain('the file is called "schemas/mets.xsd"');
  });

  it('lists files that no document lists', async () => {
    const given = sample();
    const folder = join(await write(given), given.id);
    await writeFile(join(folder, 'documentation/more.txt'), '');
    expect((await judgeEark(folder)).findings).toContainEqual(
      expect.objectContaining({ code: 'CSIP60', severity: 'warning', path: 'documentation/more.txt' }),
    );
  });
});

describe('What is no package', () => {
  it('is told from one', async () => {
    const empty = await mkdtemp(join(work, 'empty-'));
    const tree = await openTree(empty);
    expect(await recogniseEark(tree)).toBe(false);
    expect(errors(await judgeEark(empty))[0]).toMatch(/^CSIPSTR4 /);
  });

  it('is found out, whatever its document was made into', async () => {
    const given = sample();
    const folder = join(await write(given), given.id);
    const whole = await readFile(join(folder, 'METS.xml'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 3 }),
        fc.nat(),
        async (flips, cut) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          await writeFile(
            join(folder, 'METS.xml'),
            cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes,
          );
          const report = await judgeEark(folder);
          expect(report.valid).toBe(!report.findings.some((f) => f.severity === 'error'));
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each([
    [
      'a bomb of entities',
      '<!DOCTYPE mets [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><mets xmlns="http://www.loc.gov/METS/" OBJID="&b;"/>',
      'mets.forbidden',
    ],
    [
      'an entity elsewhere',
      '<!DOCTYPE mets SYSTEM "http://127.0.0.1:9/x.dtd"><mets xmlns="http://www.loc.gov/METS/"/>',
      'mets.forbidden',
    ],
    ['no XML', 'PK\u0003\u0004', 'mets.damaged'],
    ['other XML', '<html/>', 'mets.damaged'],
  ])('is refused for %s', async (_, text, code) => {
    expect(errors(await changed(() => text))[0]).toMatch(new RegExp(`^${code} METS.xml`));
  });
});
