import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { inspectCatalogue, validateInThread } from '#modules/holdings';

const corpora = process.env.LANTAI_CORPORA;
const root = join(corpora ?? '', 'ead');
/** Every file the corpus lists, with the name of its root. */
const files: [file: string, root: string][] = corpora
  ? readFileSync(join(root, 'files.tsv'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split('\t'))
      .map((f) => [f[0]!, f[3]!.replace(/^\{.*\}/, '')])
  : [];

interface Seen {
  depth: number;
  level: string;
  title: string;
  unitIds: string[];
  /** Text and normal form. */
  dates: { text: string; normal: string }[];
}

const COMPONENT = /^(?:archdesc|c(?:0[1-9]|1[0-2])?)$/;
const bare = (text: string) => text.replace(/\s+/g, '');

/** The archdesc and the components of a document, by another parser; foreign XML within left out. */
function descriptionsOf(xml: string): Seen[] {
  const found: Seen[] = [];
  const open: Seen[] = [];
  const names: string[] = [];
  let text = '';
  let taking = '';
  let normal = '';
  const parser = new SaxesParser();
  parser.on('error', (e) => {
    throw e;
  });
  const add = (t: string) => {
    if (taking !== '') text += t;
  };
  parser.on('text', add);
  parser.on('cdata', add);
  parser.on('opentag', (tag) => {
    const name = tag.name.replace(/^.*:/, '');
    names.push(name);
    if (names.slice(0, -1).includes('objectxmlwrap')) return;
    if (COMPONENT.test(name)) {
      const seen = {
        depth: open.length + 1,
        level: String(tag.attributes.level ?? ''),
        title: '',
        unitIds: [],
        dates: [],
      };
      found.push(seen);
      open.push(seen);
    } else if (names.at(-2) === 'did' && /^unit(?:title|id|date)$/.test(name)) {
      taking = name;
      text = '';
      normal = String(tag.attributes.normal ?? '');
    }
  });
  parser.on('closetag', (tag) => {
    const name = tag.name.replace(/^.*:/, '');
    names.pop();
    if (names.includes('objectxmlwrap')) return;
    if (COMPONENT.test(name)) open.pop();
    if (name !== taking) return;
    const seen = open.at(-1)!;
    taking = '';
    if (name === 'unittitle') seen.title ||= text;
    else if (name === 'unitid') seen.unitIds.push(text);
    else seen.dates.push({ text, normal });
  });
  parser.write(xml.replace(/^\ufeff/, '')).close();
  return found;
}

/** What every file of the corpus comes to, printed for the record. */
const table: string[] = [];

describe.skipIf(!corpora)('every finding aid of the corpus (skipped without LANTAI_CORPORA)', () => {
  afterAll(() => process.stdout.write(`${table.join('\n')}\n`));

  it.each(files.filter(([, r]) => r === 'ead'))(
    '%s comes in without the loss of a component',
    async (file) => {
      const path = join(root, file);
      const seen = descriptionsOf(readFileSync(path, 'utf8'));
      const mapping = await inspectCatalogue(path, file);
      expect(mapping.sheets[0]).toMatchObject({ rows: seen.length, rowsIsExact: true });
      const depths = new Map<number, number>();
      let [accepted, noted] = [0, 0];
      for await (const chunk of validateInThread(path, mapping)) {
        noted += chunk.noted.length;
        expect(chunk.noted.filter((n) => n.rejected)).toEqual([]);
        for (const row of chunk.accepted) {
          const d = seen[row.row - 2]!;
          const title = bare(d.title);
          accepted++;
          if (row.kind === 'fonds') {
            expect(d.depth).toBe(1);
            if (title !== '') expect(bare(row.name)).toBe(title);
            continue;
          }
          depths.set(row.row, row.parent ? depths.get(row.parent.row)! + 1 : 2);
          expect([row.row, depths.get(row.row)]).toEqual([row.row, d.depth]);
          expect(row.title).not.toBe('');
          if (title !== '') expect(bare(row.title)).toBe(title);
          else expect(row.title).toMatch(/^\[.*\]$/);
          const said = bare(`${row.code} ${row.description}`);
          for (const unitId of d.unitIds) expect(said).toContain(bare(unitId));
          const [date] = d.dates;
          if (d.dates.length !== 1 || !date || !/^\d{4}\/\d{4}$/.test(date.normal)) continue;
          // The words may be more exact than the form for machines, never outside it.
          expect(row.dateFrom?.slice(0, 4)).toBe(date.normal.slice(0, 4));
          expect(row.dateTo?.slice(0, 4)).toBe(date.normal.slice(5));
        }
      }
      expect(accepted).toBe(seen.length);
      table.push(
        `${file}\t${seen.length - 1} components\t${accepted} accepted\t0 refused\t${noted} with remarks\tdepth ${Math.max(...seen.map((d) => d.depth)) - 1}`,
      );
    },
  );

  it.each(files.filter(([, r]) => r !== 'ead'))('%s (%s) is refused in a sentence', async (file) => {
    const refused = await inspectCatalogue(join(root, file), file).catch((e: unknown) => e);
    expect(isRefusal(refused)).toBe(true);
    expect(refused).toMatchObject({ code: 'ead.notEad', message: expect.stringMatching(/\.$/) });
    table.push(`${file}\trefused: ${refused instanceof Error ? refused.message : ''}`);
  });
});
