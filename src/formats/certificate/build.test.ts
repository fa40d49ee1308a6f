import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustBundlePem } from '#kernel/signing/trust';
import { buildCertifiedCopy } from './build.ts';
import { issuedAt, sampleInput, sampleKeys, samplePage } from './certificate.fixture.ts';
import { drawable, loadFace } from './fonts.ts';
import { contentDigest } from './statement.ts';
import { verifyFile } from './verify.ts';

const has = (command: string): boolean => spawnSync(command, ['--version']).error === undefined;
const hasPoppler = has('pdfsig') && has('pdftotext') && has('pdfdetach');
const hasQpdf = has('qpdf');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lantai-copy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const a4 = { width: 1240, height: 1754 };

describe('a certified copy', () => {
  it('states each page with the digest of its source, and the digest of all that anyone can repeat', async () => {
    const pages = [
      samplePage('1', a4),
      samplePage('2', a4, 210),
      samplePage('3', { width: 1754, height: 1240 }),
    ];
    const { statement, sheets } = await buildCertifiedCopy(
      sampleInput({ pages, passages: [] }),
      await sampleKeys(),
    );
    const sources = await Promise.all(pages.map((page) => page.read()));
    const digests = sources.map(({ picture }) => createHash('sha256').update(picture).digest('hex'));
    expect(statement.pages.map((page) => [page.label, page.kind, page.sha256])).toEqual(
      digests.map((digest, i) => [String(i + 1), 'image', digest]),
    );
    expect(statement.contentDigest.value).toBe(
      createHash('sha256')
        .update(`${digests.join('\n')}\n`)
        .digest('hex'),
    );
    expect(sheets).toBe(4);
  });

  it('keeps the digest of the held file where the picture is a rendering of it', async () => {
    const held = 'ab'.repeat(32);
    const rendering = {
      label: '1',
      read: async () => ({ ...(await samplePage('1', a4).read()), sourceSha256: held }),
    };
    const { statement } = await buildCertifiedCopy(
      sampleInput({ pages: [rendering], passages: [] }),
      await sampleKeys(),
    );
    expect(statement.pages[0]?.sha256).toBe(held);
    expect(statement.contentDigest.value).toBe(contentDigest(statement.pages));
  });

  it('lets a long extract flow over pages', async () => {
    const passages = [1, 2, 3].map((n) => ({
      label: String(n),
      text: '双方自愿结婚，准予登记，发给结婚证。\n'.repeat(40),
    }));
    const { sheets } = await buildCertifiedCopy(sampleInput({ passages }), await sampleKeys());
    expect(sheets).toBeGreaterThan(3);
  });

  it('is refused when empty, too large, with an unusable number, or with a page that cannot be read in full', async () => {
    const keys = await sampleKeys();
    const refused = (change: Parameters<typeof sampleInput>[0]) =>
      expect(buildCertifiedCopy(sampleInput(change), keys)).rejects;
    await refused({ passages: [] }).toMatchObject({ code: 'certificate.empty' });
    await refused({ passages: [{ label: '1', text: '字'.repeat(300_001) }] }).toMatchObject({
      code: 'certificate.tooLarge',
    });
    await refused({ number: 'A\n1' }).toMatchObject({ code: 'certificate.numberUnusable' });
    const { picture } = await samplePage('7', a4, 3).read();
    const whole = Buffer.from(picture);
    const half = { label: '7', read: async () => ({ picture: whole.subarray(0, whole.length >> 1) }) };
    await refused({ pages: [half] }).toMatchObject({
      code: 'certificate.pageUnreadable',
      detail: { page: '7' },
    });
    const gone = { label: '8', read: async () => ({ picture: join(folder, 'gone.jpg') }) };
    await refused({ pages: [gone] }).toMatchObject({ code: 'certificate.pageUnreadable' });
  });
});

describe('the type face', () => {
  it('covers all of the basic CJK block, simplified and traditional, and extension A', () => {
    const { covers } = loadFace();
    const missing = (from: number, to: number): number => {
      let count = 0;
      for (let c = from; c <= to; c++) if (!covers(c)) count++;
      return count;
    };
    expect(missing(0x4e00, 0x9fff)).toBe(0);
    expect(missing(0x3400, 0x4dbf)).toBe(0);
    for (const character of '档案檔嚴範規㛃龘〇〔〕·（）：')
      expect(covers(character.codePointAt(0)!)).toBe(true);
  });

  it('hides nothing: what it lacks, and what is invisible, is shown by its number', () => {
    const face = loadFace();
    expect(drawable('𠮷田', face)).toEqual({ text: '〔U+20BB7〕田', replaced: ['𠮷'] });
    expect(drawable('a\u202eb', face).text).toBe('a〔U+202E〕b');
    expect(drawable('a\u200bb', face).text).toBe('a〔U+200B〕b');
    expect(drawable('葛\u{e0100}', face).text).toBe('葛〔U+E0100〕');
  });

  it('does not exchange one CJK character for another', () => {
    expect(drawable('\uf90a', { covers: () => true }).text).toBe('\uf90a');
  });
});

describe.skipIf(!hasPoppler)('checked with poppler', () => {
  it.each([
    ['zh-CN', 'sm2', 'p256', '云州县档案馆'],
    ['zh-TW', 'ed25519', 'rsa', '雲州縣檔案館'],
    ['en', 'ed25519', 'p256', 'Yunzhou County Archives'],
  ] as const)(
    'a copy in %s has a valid signature over the whole document',
    async (language, statement, pdf, name) => {
      const keys = await sampleKeys({ statement, pdf, name });
      const copy = await buildCertifiedCopy(sampleInput({ language }), keys);
      const path = join(folder, `${language}.pdf`);
      writeFileSync(path, copy.pdf);
      const said = execFileSync('pdfsig', [path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      expect(said).toContain('Signature is Valid');
      expect(said).toContain('Total document signed');
      expect(said).toContain('SHA-256');
      expect(said).toContain(name);
      const text = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' });
      for (const word of ['双方自愿结婚', 'J019-WS·1986-D30-MZ-0123', '王某某、李某某结婚登记申请书']) {
        expect(text).toContain(word);
      }
      const attached = join(folder, `${language}.json`);
      execFileSync('pdfdetach', ['-save', '1', '-o', attached, path]);
      const read = await verifyFile(attached, { trust: [trustBundlePem(keys)], now: issuedAt });
      expect(read).toMatchObject({ verdict: 'genuine', type: 'lantai/certified-copy' });
    },
  );
});

describe.skipIf(!hasQpdf)('checked with qpdf', () => {
  it('a copy has no structural errors', async () => {
    const pages = [samplePage('1', a4)];
    const { pdf } = await buildCertifiedCopy(sampleInput({ pages }), await sampleKeys());
    const path = join(folder, 'structure.pdf');
    writeFileSync(path, pdf);
    const said = spawnSync('qpdf', ['--check', path], { encoding: 'utf8' });
    expect(said.status).toBe(0);
    expect(said.stdout + said.stderr).not.toMatch(/warning/i);
  });
});
