import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { find, fold, indexArchives, indexPages, indexUnits, type UnitEntry } from './index.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

let test: TestDatabase;
const archiveId = newId();

beforeAll(async () => {
  test = await openTestDatabase();
  await test.db.system((tx) =>
    indexArchives(tx, [{ id: archiveId, path: [archiveId], code: 'P', name: '某县档案馆' }]),
  );
});
afterAll(async () => {
  await test?.close();
});

const unit = (title: string, other: string): UnitEntry => ({
  unitId: newId(),
  archiveId,
  fondsNo: 'J019',
  level: 'item',
  accessStatus: 'open',
  classification: 'public',
  title,
  other: [other],
});

describe('what is found', () => {
  const letters = fc.stringMatching(/^[民婚登记ab12 ，]{1,9}$/);
  const isWord = (c: string | undefined): boolean => c !== undefined && /[a-z0-9]/.test(c);
  /** Every occurrence the index promises to find: letters and digits from the start of their word, numbers whole. */
  const promised = (text: string, word: string): boolean => {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (isWord(word[0]) && isWord(text[at - 1])) continue;
      if (/(^|[^a-z0-9])\d+$/.test(word) && isWord(text[at + word.length])) continue;
      return true;
    }
    return false;
  };

  it('is all that has the words and nothing that has them not, compared with reading every text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ title: letters, other: letters, pages: fc.array(letters, { maxLength: 2 }) }), {
          minLength: 1,
          maxLength: 12,
        }),
        fc.array(fc.stringMatching(/^[民婚登记ab12]{1,4}$/), { minLength: 1, maxLength: 2 }),
        async (documents, words) => {
          const units = documents.map((d) => unit(d.title, d.other));
          await test.db.system(async (tx) => {
            await sql`truncate search.entry, search.page`.execute(tx);
            await indexUnits(tx, units);
            for (const [i, d] of documents.entries())
              await indexPages(
                tx,
                units[i]!.unitId,
                d.pages.map((text, p) => ({ pageNo: p + 1, text })),
              );
          });
          const found = new Set(
            (await test.db.as(SYSTEM, (tx) => find(tx, { q: words.join(' ') }))).hits.map((h) => h.id),
          );
          for (const [i, d] of documents.entries()) {
            // What runs over from one page to the next is a text as well.
            const texts = [d.title, d.other, ...d.pages, d.pages.join('\n')].map(fold);
            const inDescription = (w: string): boolean => texts.some((t) => promised(t, w));
            if (words.every(inDescription))
              expect(found, JSON.stringify([d, words])).toContain(units[i]!.unitId);
            if (found.has(units[i]!.unitId))
              expect(words.every((w) => texts.some((t) => t.includes(w)))).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
