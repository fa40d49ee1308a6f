import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { inspectCatalogue, validateInThread } from '#modules/holdings';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'catalogues');
const files = corpora
  ? readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.(?:csv|xlsx?)$/.test(f))
      .sort()
  : [];

/** What every file of the corpus comes to, printed for the record. */
const table: string[] = [];
/** Why rows, and whole files, are refused: how often each reason is given. A row may have several. */
const reasons = new Map<string, number>();
const count = (code: string) => reasons.set(code, (reasons.get(code) ?? 0) + 1);
const byReason = () =>
  [...reasons].sort((a, b) => b[1] - a[1]).map(([code, n]) => `refused for ${code}\t${n}`);

describe.skipIf(!corpora)('every catalogue of the corpus (skipped without LANTAI_CORPORA)', () => {
  afterAll(() => process.stdout.write(`${[...table, ...byReason()].join('\n')}\n`));

  it.each(files)('%s is judged row by row, or refused in words', async (file) => {
    const path = join(root, file);
    try {
      const inspected = await inspectCatalogue(path, file);
      let [rows, accepted, rejected, noted] = [0, 0, 0, 0];
      for await (const chunk of validateInThread(path, inspected)) {
        rows += chunk.rows;
        accepted += chunk.accepted.length;
        rejected += chunk.noted.filter((n) => n.rejected).length;
        noted += chunk.noted.filter((n) => !n.rejected).length;
        for (const n of chunk.noted) {
          expect(n.findings.length).toBeGreaterThan(0);
          const errors = n.findings.filter((f) => f.severity === 'error');
          // What is refused has a reason, and what is not has none.
          expect(errors.length > 0).toBe(n.rejected);
          for (const { code } of errors) count(code);
        }
      }
      expect(accepted + rejected).toBe(rows);
      table.push(
        `${file}\t${rows} rows\t${accepted} accepted\t${rejected} refused\t${noted} accepted with remarks`,
      );
    } catch (e) {
      if (!isRefusal(e)) throw e;
      expect(e.message).toMatch(/\.$/);
      count(e.code);
      table.push(`${file}\trefused: ${e.message}`);
    }
  });
});
