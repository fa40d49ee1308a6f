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

describe.skipIf(!corpora)('every catalogue of the corpus (skipped without LANTAI_CORPORA)', () => {
  afterAll(() => process.stdout.write(`${table.join('\n')}\n`));

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
        for (const n of chunk.noted) expect(n.findings.length).toBeGreaterThan(0);
      }
      expect(accepted + rejected).toBe(rows);
      table.push(
        `${file}\t${rows} rows\t${accepted} accepted\t${rejected} refused\t${noted} accepted with remarks`,
      );
    } catch (e) {
      if (!isRefusal(e)) throw e;
      expect(e.message).toMatch(/\.$/);
      table.push(`${file}\trefused: ${e.message}`);
    }
  });
});
