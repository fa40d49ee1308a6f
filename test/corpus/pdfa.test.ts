import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf, openBytes, PdfFile } from '#formats/pdf-objects';
import { flavourOf, judge } from '#formats/pdfa';

const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'pdf');
const rows = corpora
  ? readFileSync(join(folder, 'expected.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t') as [path: string, part: string, clause: string, expected: string])
  : [];

interface Score {
  found: number;
  missed: string[];
  accused: string[];
  passed: number;
}

/** What share of the faults is found at least: kept, so that it can not fall unseen. */
const LEAST_FOUND = 0.935;

/** By the part and level of the folder; where that names none, by the file's own claim. */
function judged(path: string, part: string) {
  const named = /PDF_A-(\d)([a-z]?)/.exec(part);
  const bytes = openBytes(join(folder, path));
  try {
    return judge(new PdfFile(bytes), named ? flavourOf(named[1], named[2]) : undefined);
  } finally {
    bytes.close();
  }
}

describe.skipIf(!corpora)('PDF/A on the corpus (skipped without LANTAI_CORPORA)', () => {
  it('accuses no conforming file, and finds most faults', () => {
    const table = new Map<string, Score>();
    for (const [path, part, , expected] of rows) {
      if (!/conform/.test(expected)) continue;
      const score = table.get(part) ?? { found: 0, missed: [], accused: [], passed: 0 };
      table.set(part, score);
      const { verdict, faults } = judged(path, part);
      const says = verdict !== 'noFaultFound';
      if (expected === 'conforms' && says)
        score.accused.push(`${path}: ${faults.map((f) => `${f.clause} ${f.rule}`).join(', ')}`);
      else if (expected === 'conforms') score.passed++;
      else if (says) score.found++;
      else score.missed.push(path);
    }
    const all = [...table];
    console.table(
      all.map(([part, s]) => ({
        part,
        'fault found': s.found,
        'fault missed': s.missed.length,
        'sound, no fault found': s.passed,
        'sound, accused': s.accused.length,
      })),
    );
    const missed = all.flatMap(([, s]) => s.missed);
    const found = all.reduce((sum, [, s]) => sum + s.found, 0);
    console.log(`found ${found} of ${found + missed.length}; missed:\n${missed.join('\n')}`);
    expect(all.flatMap(([, s]) => s.accused)).toEqual([]);
    expect(found / (found + missed.length)).toBeGreaterThanOrEqual(LEAST_FOUND);
  });

  it('has no file of horrors, errors or broken headers for sound beyond its claim', () => {
    for (const [path, , , expected] of rows) {
      if (/conform|not stated/.test(expected)) continue;
      const report = judged(path, '');
      if (report.verdict === 'noFaultFound') expect(report.claim.flavour, path).toBeDefined();
    }
  });

  it('outlives files that are changed or cut, and no check breaks off', () => {
    const files = rows.map(([path]) => path);
    const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.nat(255));
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 10 }),
        fc.double({ min: 0.2, max: 4, noNaN: true }),
        fc.constantFrom('1', '2', '3'),
        (path, changes, keep, part) => {
          const data = readFileSync(join(folder, path));
          for (const [at, value] of changes) data[Math.floor(at * data.length)] = value;
          const cut = data.subarray(0, Math.floor(Math.min(1, keep) * data.length));
          const report = judge(new PdfFile(bytesOf(cut)), flavourOf(part, 'a'));
          expect(report.notPerformed.filter((one) => one.includes('broke off'))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
