import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Converter } from 'opencc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '#kernel/db';
import { newId } from '#kernel/ids';
import {
  find,
  fold,
  indexArchives,
  indexPages,
  indexUnits,
  parseQuery,
  type SearchResult,
  type UnitEntry,
} from '#modules/search';
import { openTestDatabase, type TestDatabase } from '../../src/modules/search/testing/database.ts';

const corpora = process.env.LANTAI_CORPORA;
const folder = corpora ? join(corpora, 'zh-text', 'prc-laws') : '';
const missing = !corpora || !existsSync(folder);
if (missing) process.stderr.write('Skipped: LANTAI_CORPORA does not name a folder with zh-text/prc-laws.\n');

interface Statute {
  unit: UnitEntry;
  paragraphs: string[];
  pages: string[];
}

const CHARACTERS_A_PAGE = 600;
const PAGES_AT_MOST = 60;
const toTraditional = Converter({ from: 'cn', to: 'tw' });

/** A statute as it might be held: its name as title, the date of its file name, its text on pages of 600 characters. */
function asDocument(name: string, text: string, archiveId: string): Statute {
  const title = /^#\s*(.+)$/m.exec(text)?.[1] ?? name;
  const day = /\((\d{4}-\d{2}-\d{2})\)/.exec(name)?.[1] ?? null;
  const paragraphs = text
    .split('\n')
    .filter((line) => /^\p{Script=Han}/u.test(line))
    .slice(0, 200);
  const pages: string[] = [];
  for (const paragraph of paragraphs) {
    const last = pages.length - 1;
    if (last >= 0 && pages[last]!.length + paragraph.length < CHARACTERS_A_PAGE)
      pages[last] += `\n${paragraph}`;
    else if (pages.length < PAGES_AT_MOST) pages.push(paragraph);
  }
  return {
    paragraphs,
    pages,
    unit: {
      unitId: newId(),
      archiveId,
      fondsNo: 'F001',
      level: 'item',
      accessStatus: 'open',
      classification: 'public',
      title,
      year: day ? Number(day.slice(0, 4)) : null,
      dateText: day,
      dateFrom: day,
      dateTo: day,
    },
  };
}

describe.skipIf(missing)('statutes as documents', () => {
  let test: TestDatabase;
  let statutes: Statute[] = [];
  /** What each holds, as it is compared. */
  let folded: string[][] = [];

  beforeAll(async () => {
    test = await openTestDatabase();
    const archiveId = newId();
    for (const name of (await readdir(folder)).filter((n) => n.endsWith('.md'))) {
      statutes.push(asDocument(name, await readFile(join(folder, name), 'utf8'), archiveId));
    }
    statutes = statutes.filter((s) => s.pages.length > 0);
    // Every other document as if written in the other script.
    for (const [i, s] of statutes.entries()) if (i % 2) s.pages = s.pages.map(toTraditional);
    folded = statutes.map((s) => [s.unit.title, ...s.pages].map(fold));
    await test.db.system(async (tx) => {
      await indexArchives(tx, [{ id: archiveId, path: [archiveId], code: 'T', name: '某县档案馆' }]);
      await indexUnits(
        tx,
        statutes.map((s) => s.unit),
      );
      for (const s of statutes) {
        await indexPages(
          tx,
          s.unit.unitId,
          s.pages.map((text, i) => ({ pageNo: i + 1, text })),
        );
      }
    });
  }, 240_000);
  afterAll(async () => {
    await test?.close();
  });

  const ask = (q: string): Promise<SearchResult> =>
    test.db.as(SYSTEM, (tx) => find(tx, { q, limit: 200, facets: false }));
  const idsOf = (found: SearchResult): string[] => found.hits.map((h) => h.id);

  it('are there in good number', () => {
    expect(statutes.length).toBeGreaterThanOrEqual(20);
  });

  it('are found by their names in both scripts', async () => {
    for (const { unit } of statutes) {
      for (const q of [unit.title, toTraditional(unit.title)])
        expect(idsOf(await ask(`"${q}"`)), q).toContain(unit.unitId);
    }
  });

  it.each([1, 2, 4, 8, 12])(
    'are found by %i characters of their text in both scripts, and by nothing they do not hold',
    async (length) => {
      for (const [n, statute] of statutes.entries()) {
        const runs = statute.pages.join('\n').match(new RegExp(`\\p{Script=Han}{${length}}`, 'gu')) ?? [];
        const word = runs[(n * 7919) % runs.length];
        if (word === undefined) continue;
        for (const q of [word, toTraditional(word)]) {
          const found = await ask(q);
          expect(idsOf(found), q).toContain(statute.unit.unitId);
          // Numbers also as they are written otherwise.
          const wanted = parseQuery(q).words[0]!.forms.map((f) => f.folded);
          const holding = statutes.filter((_, i) =>
            folded[i]!.some((t) => wanted.some((w) => t.includes(w))),
          );
          expect(new Set(idsOf(found)), q).toEqual(new Set(holding.map((s) => s.unit.unitId)));
        }
      }
    },
    240_000,
  );

  it('are found by their date', async () => {
    for (const { unit } of statutes.filter((s) => s.unit.dateFrom)) {
      for (const q of [unit.dateFrom!, unit.dateFrom!.replaceAll('-', ''), unit.dateFrom!.slice(0, 4)])
        expect(idsOf(await ask(q)), q).toContain(unit.unitId);
    }
  });

  it('show where the words stand, on pages that have them', async () => {
    for (const [n, { unit, pages }] of statutes.entries()) {
      const pageNo = 1 + (n % pages.length);
      const run = /\p{Script=Han}{10}/u.exec(pages[pageNo - 1]!)?.[0];
      if (!run) continue;
      const hit = (await ask(toTraditional(run))).hits.find((h) => h.id === unit.unitId);
      expect(hit?.snippets.length, run).toBeGreaterThan(0);
      for (const { page, text, highlights } of hit?.snippets ?? []) {
        expect(fold(pages[page - 1]!), run).toContain(fold(run));
        expect(fold(text.slice(...highlights[0]!)), run).toContain(fold(run));
      }
    }
  });
});

const other = corpora ? join(corpora, 'zh-text') : '';
const toSimplified = Converter({ from: 'tw', to: 'cn' });
const POEMS_A_FILE = 150;

/** Poems and newspapers, each as pages of text. */
async function literature(): Promise<{ name: string; pages: string[] }[]> {
  const found: { name: string; pages: string[] }[] = [];
  const poetry = join(other, 'chinese-poetry');
  for (const file of (await readdir(poetry)).filter((n) => n.endsWith('.json'))) {
    const poems = JSON.parse(await readFile(join(poetry, file), 'utf8')) as {
      paragraphs?: string[];
      title?: string;
      rhythmic?: string;
    }[];
    for (const [i, poem] of poems.slice(0, POEMS_A_FILE).entries())
      found.push({
        name: `${poem.title ?? poem.rhythmic ?? file} ${i}`,
        pages: [(poem.paragraphs ?? []).join('\n')],
      });
  }
  const papers = join(other, 'ecpo-jingbao');
  for (const file of (await readdir(papers)).filter((n) => n.endsWith('.xml'))) {
    const text = (await readFile(join(papers, file), 'utf8'))
      .replace(/&[a-z]+;/gi, '\ue000')
      .replace(/<[^>]*>/g, '');
    const characters = [...text.replace(/\s+/g, '')];
    const pages: string[] = [];
    for (let at = 0; at < characters.length; at += CHARACTERS_A_PAGE)
      pages.push(characters.slice(at, at + CHARACTERS_A_PAGE).join(''));
    found.push({ name: file, pages });
  }
  return found.filter((d) => d.pages.join('').length > 20);
}

describe.skipIf(missing || !existsSync(join(other, 'ecpo-jingbao')))('poems and newspapers', () => {
  it('are found by phrases from inside them, in both scripts', { timeout: 600_000 }, async () => {
    const test = await openTestDatabase();
    try {
      const archiveId = newId();
      const documents = (await literature()).map((d) => ({ ...d, id: newId() }));
      await test.db.system(async (tx) => {
        await indexArchives(tx, [{ id: archiveId, path: [archiveId], code: 'T', name: '某县档案馆' }]);
        await indexUnits(
          tx,
          documents.map(({ id, name }) => ({
            ...{
              unitId: id,
              archiveId,
              fondsNo: 'F001',
              level: 'item',
              accessStatus: 'open',
              classification: 'public',
            },
            title: name,
          })),
        );
        for (const { id, pages } of documents)
          await indexPages(
            tx,
            id,
            pages.map((text, i) => ({ pageNo: i + 1, text })),
          );
      });
      let asked = 0;
      const lost: string[] = [];
      for (const [n, { id, pages }] of documents.entries()) {
        for (const length of n % 10 === 0 ? [2, 4, 7] : [5]) {
          const runs = pages.join('，').match(new RegExp(`\\p{Script=Han}{${length}}`, 'gu')) ?? [];
          const phrase = runs[(n * 7919) % runs.length];
          if (phrase === undefined) continue;
          for (const q of new Set([phrase, toSimplified(phrase), toTraditional(phrase)])) {
            asked++;
            const found = await test.db.as(SYSTEM, (tx) =>
              find(tx, { q: `"${q}"`, limit: 200, facets: false }),
            );
            // Two characters stand in more poems than a page of hits shows.
            if (!found.hits.some((h) => h.id === id) && !(length === 2 && found.total > 200))
              lost.push(`${phrase} as ${q}`);
          }
        }
      }
      process.stdout.write(
        `${documents.length} poems and newspapers: ${asked - lost.length} of ${asked} phrases found\n`,
      );
      expect(asked).toBeGreaterThan(500);
      expect(lost).toEqual([]);
    } finally {
      await test.close();
    }
  });
});
