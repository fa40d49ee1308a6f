import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookInside } from '#formats/inside';

const corpora = process.env.LANTAI_CORPORA;
const path = (...names: string[]) => join(corpora ?? '', ...names);
const below = (...names: string[]) =>
  readdirSync(path(...names), { recursive: true })
    .map((name) => join(path(...names), String(name)))
    .filter((file) => statSync(file).isFile());

describe.skipIf(!corpora)('inside of the corpus (skipped without LANTAI_CORPORA)', () => {
  it('verifies the seal and the digests of a sealed OFD', async () => {
    const { signatures } = await lookInside(path('ofd', 'v4signed.ofd'));
    expect(signatures).toMatchObject([{ content: 'right', signature: 'right', trusted: false }]);
  });

  it('checks the digests of a signature that brings no certificate, and says so', async () => {
    const { signatures } = await lookInside(path('ofd', 'DigitalSign.ofd'));
    expect(signatures).toMatchObject([{ content: 'right', signature: 'notChecked' }]);
    expect(signatures?.[0]?.words).toContain('no certificate');
  });

  it('verifies a signed list of parts', async () => {
    const { signatures } = await lookInside(path('ofd', 'hello-integrity.ofd'));
    expect(signatures).toMatchObject([{ content: 'right', signature: 'right', coversAll: false }]);
  });

  it('looks into damaged and strange files without falling', async () => {
    const folders = [['ofd'], ['pdf', 'cabinet-of-horrors'], ['pdf', 'govdocs1-error'], ['pdf', 'handbuilt']];
    for (const names of folders) {
      // A sample: the readers themselves are tried on all files by the test of PDF/A.
      const files = below(...names).filter((file, i) => /\.(ofd|pdf)$/.test(file) && i % 7 === 0);
      for (const file of files) expect((await lookInside(file)).kind, file).toMatch(/ofd|pdf|other/);
    }
  }, 300_000);
});
