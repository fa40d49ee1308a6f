import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifier, type Identifier } from '#formats/pronom';

const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'pronom');

/** Files of the suite that are made for a release older than the signature file: why each comes out otherwise. */
const EXPLAINED: Readonly<Record<string, string>> = {
  'fmt-61-signature-id-78.xls': 'release 122 has no signature for fmt/61: it is told by its container alone',
  'x-fmt-39-signature-id-546.dbq': 'its bytes are those of x-fmt/10 in release 122',
  'fmt-1651-signature-id-1987.fit':
    'release 122 wants a dot before FIT, which real files have and this one lacks',
  'fmt-202-signature-id-1047.nef': 'its bytes are spread over 500 kB; the scan ends after 65,536 (see below)',
  'fmt-202-signature-id-1294.nef': 'as fmt-202-signature-id-1047.nef',
  'fmt-202-signature-id-1296.nef': 'as fmt-202-signature-id-1047.nef',
};

describe.skipIf(!corpora)('The skeleton suite by its DROID file (skipped without LANTAI_CORPORA)', () => {
  let place = '';
  let identifier: Identifier;
  const config = {
    signatures: join(folder, 'DROID_SignatureFile_V122.xml'),
    containers: join(folder, 'container-signature-20260119.xml'),
  };
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), 'lantai-skeleton-'));
    execFileSync('tar', ['-xzf', join(folder, 'skeleton-suite.tar.gz'), '-C', place]);
    identifier = await createIdentifier(config);
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const rows = () =>
    readFileSync(join(folder, 'skeleton-suite.expected.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t') as [string, string]);

  it('understands every signature', () => {
    expect(identifier.problems).toEqual([]);
  });

  it('is told right but for what is explained', async () => {
    const misses: string[] = [];
    for (const [path, puid] of rows()) {
      const matches = await identifier.identify(join(place, path));
      const right =
        matches.length === 1 && matches[0]?.puid === puid && matches[0].basis !== 'extension only';
      if (!right) misses.push(path.split('/').at(-1) ?? '');
    }
    const share = 1 - misses.length / rows().length;
    console.log(`skeleton suite: ${rows().length - misses.length} of ${rows().length} right`);
    for (const miss of misses) console.log(`  ${miss}: ${EXPLAINED[miss] ?? 'not explained'}`);
    expect(misses.filter((miss) => !(miss in EXPLAINED))).toEqual([]);
    expect(share).toBeGreaterThanOrEqual(0.98);
  });

  it('finds bytes that are spread wide when more may be scanned', async () => {
    const wide = await createIdentifier({ ...config, maxScan: 1 << 20 });
    for (const [path, puid] of rows().filter(([p]) => p.includes('fmt-202-signature-id-1')))
      expect((await wide.identify(join(place, path))).map((m) => m.puid)).toEqual([puid]);
  });
});

const DROID = { signatures: 'DROID_SignatureFile_V122.xml', containers: 'container-signature-20260119.xml' };
const configs = [
  ['the built-in table', {}],
  [
    'the DROID file',
    { signatures: join(folder, DROID.signatures), containers: join(folder, DROID.containers) },
  ],
] as const;

const below = (name: string, ending: RegExp) =>
  readdirSync(join(corpora ?? '', name), { recursive: true })
    .map((file) => join(corpora ?? '', name, String(file)))
    .filter((file) => ending.test(file));

/** What libmagic calls otherwise, and why ours is no wrong answer. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'text/plain x-fmt/18': 'a table by its extension; libmagic looks at content alone',
  'application/x-msaccess lantai/jet3': 'Access by another name: no media type is registered',
  'application/x-msaccess lantai/jet4': 'as above',
  'application/x-msaccess x-fmt/238': 'as above',
  'application/vnd.ms-office fmt/111': 'a compound file of Quattro Pro, which is not in the table',
  'application/vnd.ms-office fmt/837': 'Quattro Pro, as the folder says; libmagic knows the container',
  'application/x-wine-extension-ini x-fmt/111': 'Ami Pro is not in the table; its files are text',
  'application/x-wine-extension-ini x-fmt/191': 'Ami Pro, as the folder says',
  'application/octet-stream x-fmt/263': 'an Office theme is a ZIP; libmagic does not know it',
  'application/octet-stream fmt/524': 'the same theme, known',
  'application/octet-stream fmt/518': 'an e-book that libmagic does not know',
  'application/octet-stream fmt/485': 'the same',
  'application/x-mobipocket-ebook fmt/1937': 'no media type in PRONOM',
  'application/x-mobipocket-ebook fmt/396': 'a Palm resource file holds it; no media type in PRONOM',
  'application/x-ms-reader fmt/867': 'no media type in PRONOM',
  'application/x-arj fmt/610': 'no media type in PRONOM',
  'application/vnd.lotus-1-2-3 fmt/835': 'Quattro Pro, as the folder says; libmagic is wrong',
  'application/vnd.lotus-1-2-3 x-fmt/122': 'Quattro Pro, as the folder says; libmagic is wrong',
  'application/x-compress-ttcomp x-fmt/148': 'DisplayWrite, as the folder says; libmagic is wrong',
  'text/html fmt/583': 'HTML with vector markup, which PRONOM ranks above',
};
const SAME: Readonly<Record<string, string>> = {
  'text/xml': 'application/xml',
  'text/rtf': 'application/rtf',
};

describe.skipIf(!corpora).each(configs)(
  'Real files by %s (skipped without LANTAI_CORPORA)',
  (what, config) => {
    let identifier: Identifier;
    beforeAll(async () => {
      identifier = await createIdentifier(config);
    });
    const sure = async (path: string) =>
      (await identifier.identify(path)).filter((m) => m.basis !== 'extension only');

    it('every OFD is one, and nothing else', async () => {
      const files = below('ofd', /\.ofd$/);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files)
        expect(
          (await sure(file)).map((m) => m.puid),
          file,
        ).toEqual(['lantai/ofd']);
    });

    it('where libmagic says otherwise it is known why', async () => {
      const rows = readFileSync(join(corpora ?? '', 'formats/identified-by-libmagic.tsv'), 'utf8');
      const count = { agreed: 0, unknown: 0, otherwise: 0 };
      const unexplained: string[] = [];
      for (const row of rows.trim().split('\n').slice(1)) {
        const [path = '', , mime = ''] = row.split('\t');
        const matches = await sure(join(corpora ?? '', 'formats', path));
        const pair = `${mime} ${matches.map((m) => m.puid).join()}`;
        if (matches.length === 0) count.unknown++;
        else if (matches.some((m) => m.mime.split(', ').includes(SAME[mime] ?? mime))) count.agreed++;
        else {
          count.otherwise++;
          if (!(pair in OTHERWISE)) unexplained.push(`${path}: ${pair}`);
        }
      }
      console.log(`real files by ${what}:`, count);
      expect(unexplained).toEqual([]);
    });

    it('the parts and levels veraPDF made its files to claim are read', async () => {
      const count = { claimed: 0, plain: 0 };
      const wrong: string[] = [];
      for (const file of below('pdf/verapdf', /\.pdf$/)) {
        const claim = /PDF_A-(\d[a-z]?)\//.exec(file)?.[1];
        if (!claim) continue;
        const matches = await sure(file);
        const said = matches.filter((m) => m.name.includes('PDF/A')).map((m) => m.version);
        if (said.length === 0) count.plain++;
        else if (said.includes(claim)) count.claimed++;
        else wrong.push(`${file}: ${said.join()}`);
      }
      console.log(`claims by ${what}:`, count, wrong);
      // Files made to break the claim itself: its level left out or another one written.
      expect(wrong.length).toBeLessThanOrEqual(3);
      expect(count.claimed / (count.claimed + count.plain)).toBeGreaterThan(0.97);
    });
  },
);
