import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EadDescription, openEad } from '#formats/ead';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { exportCatalogue } from '#modules/holdings';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';
import { type ImportBench, importBench } from '../support/imports.ts';
import { schemaFaults } from '../support/xmlSchema.ts';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'ead');
const SCHEMA = join(root, 'schemas/ead3.xsd');
const files = corpora
  ? readFileSync(join(root, 'files.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .filter((f) => f[3]!.endsWith('ead'))
      .map((f) => f[0]!)
  : [];

const bare = (text: string) => text.replace(/\s+/g, '');
const dateOf = (d: { text: string; from: string; to: string }) =>
  bare(d.text || (d.from === d.to ? d.from : `${d.from}/${d.to}`));

/** What a finding aid says, component by component. */
async function described(path: string) {
  const found: EadDescription[] = [];
  for await (const batch of (await openEad(path)).read()) found.push(...batch);
  return found;
}

function said(d: EadDescription) {
  return {
    depth: d.depth,
    titles: d.titles.map((t) => bare(t.text)),
    dates: d.dates.map((x) => ({ text: dateOf(x), bulk: x.bulk })),
    unitIds: [...new Set(d.unitIds.map((u) => bare(u.text)))],
    level: d.level === 'otherlevel' ? d.otherLevel : d.level,
    containers: d.containers.map((c) => bare(`${c.type} ${c.text}`).toLowerCase()),
    notes: [...d.elements.keys()].sort(),
  };
}

describe.skipIf(!corpora)(
  'every finding aid of the corpus, in and out again (skipped without LANTAI_CORPORA)',
  () => {
    let house: SmallHouse;
    let bench: ImportBench;
    let archivist: Actor;
    const folder = mkdtempSync(join(tmpdir(), 'lantai-ead-out-'));
    const table: string[] = [];
    beforeAll(async () => {
      house = await smallHouse();
      bench = await importBench(house.db);
      archivist = house.person(ALL, house.county, house.neighbour);
    });
    afterAll(async () => {
      process.stdout.write(`${table.join('\n')}\n`);
      await bench?.close();
      await house?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    async function bring(archiveId: string, path: string) {
      const id = await bench.imports.createFromFile(archivist, { archiveId, path, fileName: 'guide.xml' });
      await bench.imports.workNow(archivist, id, 'run');
      const imp = await bench.imports.read(archivist, id);
      const made = await sql<{ id: string; number: string }>`select id, number from holdings.fonds
      where archive_id = ${archiveId} and import_id = ${id}`.execute(house.db.owner);
      return { counts: imp.counts, fonds: made.rows, importId: id };
    }
    async function send(fondsId: string, name: string) {
      const target = join(folder, `${name}.xml`);
      await exportCatalogue(house, archivist, { id: fondsId, format: 'ead3', target });
      return target;
    }
    async function clear() {
      await sql`delete from holdings.unit`.execute(house.db.owner);
      await sql`delete from holdings.fonds`.execute(house.db.owner);
    }

    it.each(files)('%s goes out as valid EAD3 that says the same', async (file) => {
      await clear();
      const path = join(root, file);
      const given = await described(path);
      const first = await bring(house.county, path);
      expect(first.counts).toMatchObject({ accepted: given.length, rejected: 0 });
      const out = await send(first.fonds[0]!.id, `a-${files.indexOf(file)}`);
      expect(await schemaFaults(SCHEMA, readFileSync(out, 'utf8'))).toEqual([]);
      const sent = await described(out);
      expect(sent.length).toBe(given.length);
      given.forEach((d, i) => {
        const [was, now] = [said(d), said(sent[i]!)];
        expect([i, now.depth]).toEqual([i, was.depth]);
        if (was.titles.length > 0) expect([i, now.titles]).toEqual([i, [...new Set(was.titles)]]);
        expect([i, now.dates]).toEqual([i, was.dates]);
        for (const unitId of was.unitIds)
          expect([i, now.unitIds]).toEqual([i, expect.arrayContaining([unitId])]);
        if (was.level !== '' && i > 0) expect([i, now.level]).toEqual([i, was.level]);
        expect([i, now.containers]).toEqual([i, was.containers]);
        for (const note of was.notes)
          if (PLAIN.has(note)) expect([i, now.notes]).toContainEqual(expect.arrayContaining([note]));
      });
      // Taken in again elsewhere, the entries are the same, and go out the same.
      const again = await bring(house.neighbour, out);
      expect(again.counts).toMatchObject({ accepted: given.length, rejected: 0 });
      const entries = async (archive: string) =>
        (
          await sql<object>`select level, title, date_text, date_from, date_to, reference_code, category, year, retention,
          classification, creator, child_count, description - 'identifiers' as description
          from holdings.unit where archive_id = ${archive} order by import_row`.execute(house.db.owner)
        ).rows;
      const [was, now] = [await entries(house.county), await entries(house.neighbour)];
      was.forEach((unit, i) => {
        expect([i, now[i]]).toEqual([i, unit]);
      });
      table.push(`${file}\t${given.length - 1} components\tout again ${sent.length - 1}\tvalid`);
    });
  },
);

/** Elements whose text goes out under the same name. */
const PLAIN = new Set(
  'scopecontent bioghist custodhist arrangement accessrestrict userestrict acqinfo appraisal physdesc physloc subject persname geogname relatedmaterial processinfo'.split(
    ' ',
  ),
);
