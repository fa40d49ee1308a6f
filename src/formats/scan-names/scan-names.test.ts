import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  codeKey,
  compareNaturally,
  compilePattern,
  defaultPatterns,
  matchScan,
  scanKind,
  walkScans,
} from './index.ts';

const usual = defaultPatterns.map(compilePattern);
const CODE = 'Z109-WS·2011·Y·办公室-0001';

function finds(path: string, code: string, page: number | null, patterns = usual): boolean {
  return matchScan(path, patterns).some((c) => c.key === codeKey(code) && c.page === page);
}

describe('names people give to scans', () => {
  it.each([
    [`${CODE}/001.jpg`, 1],
    [`2011年扫描/${CODE}/0012.tif`, 12],
    [`${CODE}_001.jpg`, 1],
    [`${CODE}-001.jpg`, 1],
    [`${CODE} (3).png`, 3],
    [`${CODE}（3）.png`, 3],
    [`${CODE}/第3页.jpg`, 3],
    [`${CODE}/P003.jpg`, 3],
    [`${CODE}.pdf`, null],
    [`${CODE}/封面.jpg`, null],
    ['Z109-WS.2011.Y.办公室-0001/001.jpg', 1],
    ['Z109_WS_2011_Y_办公室_0001_001.jpg', 1],
    ['Z109-WS-2011-Y-办公室-0001/001.JPG', 1],
    ['Ｚ１０９－ＷＳ・２０１１・Ｙ・办公室－０００１／００１．ｊｐｇ'.replaceAll('／', '/'), 1],
    ['z109-ws·2011·y·办公室-0001/001.jpg', 1],
    ['Z109-WS·2011·Y·办公室/0001/001.jpg', 1],
    ['Z109-WS·2011·Y·办公室/0001.pdf', null],
    ['Z109/WS·2011·Y·办公室/0001/001.jpg', 1],
  ])('finds the unit of %s', (path, page) => {
    expect(finds(path, CODE, page)).toBe(true);
  });
  it('finds a name whose GBK bytes were taken for something Western', () => {
    const mangled = `Z109-WS·2011·Y·办公室-0001`
      .replace('·', '-')
      .replaceAll('·', '-')
      .replace('办公室', '░∞╣½╩╥'.normalize('NFC'));
    expect(finds(`${mangled}/001.jpg`, CODE, 1)).toBe(true);
  });
  it('finds decomposed names', () => {
    expect(finds('J019-é1/001.jpg'.normalize('NFD'), 'J019-É1'.normalize('NFC'), 1)).toBe(true);
  });
  it('offers every reading of an ambiguous name, the likeliest first', () => {
    const found = matchScan('J019-KU·01·2017-001/003.pdf', usual);
    expect(found.map((c) => [c.key, c.page])).toEqual([
      ['J019-KU-01-2017-001', 3],
      ['003', null],
      ['J019-KU-01-2017-001-003', null],
      ['J019-KU-01-2017-001', null],
    ]);
  });
  it('builds the code of elements', () => {
    const rule = compilePattern('{fonds}/{volume}/{item}-{page}.{ext}');
    expect(matchScan('J019/001/002-0003.jpg', [rule])).toMatchObject([{ code: 'J019-001-002', page: 3 }]);
  });
  it.each([
    '',
    '{page}.{ext}',
    '{refcode',
    'refcode}',
    '{page}/{page}{refcode}',
    '{refcode}{any}',
    'x'.repeat(300),
  ])('refuses the pattern %s', (source) => {
    expect(() => compilePattern(source)).toThrow(expect.objectContaining({ code: 'scan.badPattern' }));
  });
  it('knows scans by their ending', () => {
    expect(['a.JPG', 'a.tiff', 'a.pdf', 'a.ofd', 'a.txt', 'a', 'a.constructor'].map(scanKind)).toEqual([
      'image',
      'image',
      'pdf',
      'ofd',
      null,
      null,
      null,
    ]);
  });
  it('orders pages as people count', () => {
    const names = ['b/2.jpg', 'b/10.jpg', 'b/1a.jpg', 'b/1.jpg', 'a2/1.jpg', 'a10/1.jpg'];
    expect(names.sort(compareNaturally)).toEqual([
      'a2/1.jpg',
      'a10/1.jpg',
      'b/1.jpg',
      'b/1a.jpg',
      'b/2.jpg',
      'b/10.jpg',
    ]);
  });
});

describe('properties of scan names', () => {
  const element = fc.string({ unit: fc.constantFrom(...'ABZ0159办公室'), minLength: 1, maxLength: 6 });
  const code = fc
    .tuple(
      fc.constantFrom('A001', 'J019', 'Z109'),
      fc.array(fc.tuple(fc.constantFrom('-', '·'), element), { maxLength: 5 }),
    )
    .map(([f, rest]) => f + rest.map(([s, e]) => s + e).join(''));
  const separators = fc.constantFrom('-', '_', '.', '·', '・', '－', ' ');
  it('finds any code in folder names, whatever separators were written', () => {
    fc.assert(
      fc.property(code, separators, fc.integer({ min: 1, max: 99999 }), (c, sign, page) => {
        const written = c.replace(/[-·]/g, sign);
        expect(finds(`${written}/${String(page).padStart(4, '0')}.tif`, c, page)).toBe(true);
      }),
    );
  });
  it('never throws, and gives no candidate twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (path) => {
        const found = matchScan(path, usual).map((c) => `${c.key}|${c.page}|${c.pageSuffix}`);
        expect(new Set(found).size).toBe(found.length);
      }),
    );
  });
});

describe('walking a folder of scans', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantai-walk-'));
    await mkdir(join(folder, 'J019-001/__MACOSX'), { recursive: true });
    await writeFile(join(folder, 'J019-001/001.jpg'), 'x');
    await writeFile(join(folder, 'J019-001/Thumbs.db'), 'x');
    await writeFile(join(folder, 'J019-001/__MACOSX/001.jpg'), 'x');
    await writeFile(
      Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xb5, 0xb5, 0x31]), Buffer.from('.jpg')]),
      'gbk',
    );
    await symlink('/etc', join(folder, 'etc'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  it('finds files with their exact names, junk and links apart', async () => {
    const found: [string, string, string][] = [];
    for await (const f of walkScans(folder)) found.push([f.path, f.kind, f.names.at(-1)?.exact ?? '']);
    expect(found.sort()).toEqual(
      [
        ['J019-001/001.jpg', 'file', '001.jpg'],
        ['J019-001/Thumbs.db', 'junk', 'Thumbs.db'],
        ['J019-001/__MACOSX/001.jpg', 'junk', '001.jpg'],
        ['etc', 'link', 'etc'],
        ['档1.jpg', 'file', '%B5%B51.jpg'],
      ].sort(),
    );
  });
  it('says when the folder is not there', async () => {
    await expect(walkScans(join(folder, 'absent')).next()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
