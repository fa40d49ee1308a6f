import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
  }, 60_000);
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
  }, 60_000);

  it('finds bytes that are spread wide when more may be scanned', async () => {
    const wide = await createIdentifier({ ...config, maxScan: 1 << 20 });
    for (const [path, puid] of rows().filter(([p]) => p.includes('fmt-202-signature-id-1')))
      expect((await wide.identify(join(place, path))).map((m) => m.puid)).toEqual([puid]);
  });
});
