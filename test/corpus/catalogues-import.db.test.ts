import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { archivesScope } from '#kernel/db';
import { inspectCatalogue, validateInThread } from '#modules/holdings';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';
import { type ImportBench, importBench } from '../support/imports.ts';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'catalogues');
const lists = corpora
  ? readdirSync(join(root, 'melbourne-archives'))
      .filter((f) => f.endsWith('.xlsx'))
      .map((f) => join('melbourne-archives', f))
  : [];

describe.skipIf(!corpora)('a list drawn from real finding aids (skipped without LANTAI_CORPORA)', () => {
  let house: SmallHouse;
  let bench: ImportBench;
  let archivist: Actor;
  beforeAll(async () => {
    house = await smallHouse();
    bench = await importBench(house.db);
    archivist = house.person(ALL, house.county, house.neighbour);
  });
  afterAll(async () => {
    await bench?.close();
    await house?.close();
  });

  it.each(lists)('%s is taken in and found by the words of its titles', async (file) => {
    const path = join(root, file);
    const id = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: file,
    });
    // Both lists number their entries from 1/1 on: the codes lie within their fonds.
    await bench.imports.setMapping(archivist, id, { options: { codes: 'withinFonds' } });
    await bench.imports.workNow(archivist, id, 'run');
    const { counts } = await bench.imports.read(archivist, id);
    expect(counts.accepted + counts.rejected).toBe(counts.total);
    expect(counts.accepted).toBeGreaterThan(counts.total * 0.9);

    const titles = await titlesOf(path);
    const word = mostTelling(titles);
    const found = await house.db.as(archivesScope([house.county]), (tx) => find(tx, { q: word }));
    expect(found.total).toBeGreaterThan(0);
    expect(found.hits.some((h) => h.title.toLowerCase().includes(word))).toBe(true);
  });
});

async function titlesOf(path: string): Promise<string[]> {
  const inspected = await inspectCatalogue(path, path);
  const titles: string[] = [];
  for await (const chunk of validateInThread(path, inspected)) {
    for (const row of chunk.accepted) if (row.kind === 'unit') titles.push(row.title);
  }
  return titles;
}

/** The longest word that occurs in a title. */
function mostTelling(titles: readonly string[]): string {
  const words = titles.flatMap((t) => t.toLowerCase().match(/[a-z]{6,}/g) ?? []);
  return words.reduce((a, b) => (b.length > a.length ? b : a), '');
}
