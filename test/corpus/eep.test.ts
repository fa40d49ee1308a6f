import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileSource, readEep, validateEep } from '#formats/eep';

const corpora = process.env.LANTAI_CORPORA ?? '';
const corpus = join(corpora, 'eep');
const samples = corpora === '' ? [] : (await readdir(corpus)).filter((name) => /\.(xml|eep)$/i.test(name));

/** What a package made outside the standard leaves out, or does otherwise; each has to be said. */
const LACKING = [
  'eep.noData',
  'eep.wrapperMissing',
  'eep.missing',
  'eep.unknownElement',
  'eep.signaturePair',
  'eep.notASignature',
];

describe.skipIf(corpora === '')(
  'packages of DA/T 48 as they are made in practice (skipped without LANTAI_CORPORA)',
  () => {
    it('are there', () => expect(samples).not.toEqual([]));

    it.each(samples)('%s is read, and what it lacks is said at its line', async (name) => {
      const source = fileSource(join(corpus, name));
      expect((await readEep(source)).layers.length).toBeGreaterThan(0);
      const { findings, valid } = await validateEep(source);
      expect(valid).toBe(false);
      const codes = new Set(findings.map((f) => f.code));
      for (const code of LACKING) expect([...codes]).toContain(code);
      for (const f of findings) expect(f.path, f.message).toMatch(/^\/电子文件封装包.*:\d+$/);
    });
  },
);
