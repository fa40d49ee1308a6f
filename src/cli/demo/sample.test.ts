import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { categories, parseReferenceCode } from '#formats/reference-codes';
import { compilePattern, defaultPatterns, matchScan } from '#formats/scan-names';
import { ROLES } from '#modules/identity';
import { catalogueOf } from './catalogue/catalogue.ts';
import { headingOf, rowsOf } from './catalogue/rows.ts';
import { ACCOUNTS, PASSWORD } from './network/accounts.ts';
import { ARCHIVES } from './network/archives.ts';
import { drawPage } from './pages/draw.ts';
import { scansOf } from './pages/plan.ts';
import { beginState, readState } from './state.ts';
import { transferOf } from './transfer/documents.ts';
import { writeRecord } from './transfer/write.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantai-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everything = () =>
  JSON.stringify(
    ARCHIVES.map((a) => [catalogueOf(a).map((s) => [s.name, headingOf(s), rowsOf(s)]), scansOf(a)]),
  );
const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const entries = ARCHIVES.flatMap((a) =>
  catalogueOf(a).flatMap((s) => s.entries.map((e) => ({ ...e, archive: a.code }))),
);

describe('the sample', () => {
  test('comes out the same, to the last byte, each time it is generated', () => {
    expect(everything()).toBe(everything());
  });

  test('has some thousand entries in all thirteen categories', () => {
    expect(entries.length).toBeGreaterThan(3_400);
    expect(new Set(entries.map((e) => e.category))).toEqual(new Set(categories.map((c) => c.code)));
  });

  test('gives every entry a reference code of a standard form, of its level, that no other has', () => {
    const seen = new Set<string>();
    for (const e of entries) {
      expect(parseReferenceCode(e.code).parsed?.level, e.code).toBe(e.level);
      if (e.flaw === 'sameCode') continue;
      expect(seen.has(`${e.archive} ${e.code}`), e.code).toBe(false);
      seen.add(`${e.archive} ${e.code}`);
    }
  });

  test('is spoilt here and there in every way it means to be', () => {
    expect(new Set(entries.map((e) => e.flaw)).size).toBe(7);
    expect(entries.filter((e) => e.flaw).length).toBeLessThan(entries.length * 0.03);
  });

  test('names its scans so that all but a few find their entry and page', () => {
    const patterns = defaultPatterns.map(compilePattern);
    const lost: string[] = [];
    for (const a of ARCHIVES) {
      const codes = new Set(catalogueOf(a).flatMap((s) => s.entries.map((e) => e.code)));
      for (const o of scansOf(a)) {
        const found = matchScan(o.path, patterns).filter((c) => codes.has(c.code.replaceAll('.', '·')));
        if (
          !found.some((c) => c.code.replaceAll('.', '·') === o.code && (o.pages === 1 || c.page === o.page))
        )
          lost.push(o.path);
      }
    }
    expect(lost).toHaveLength(4);
  });

  test('has an account for every role, with a password long enough', () => {
    const roles = new Set(Object.keys(ROLES));
    // What systems have that send: no person has it.
    roles.delete('sender-system');
    expect(new Set(ACCOUNTS.flatMap((a) => a.roles))).toEqual(roles);
    expect(PASSWORD.length).toBeGreaterThanOrEqual(10);
    for (const a of ACCOUNTS) expect(PASSWORD).not.toContain(a.username);
  });

  test('draws the same picture of the same page', async () => {
    const order = scansOf(ARCHIVES[3]!).find((o) => o.kind === 'marriage')!;
    const [one, two] = [join(folder, '1.jpg'), join(folder, '2.jpg')];
    await drawPage(order, one);
    await drawPage(order, two);
    expect(digestOf(one)).toBe(digestOf(two));
  });

  test('writes the same document of the same record', async () => {
    const record = transferOf()[8]!;
    const [one, two] = [join(folder, '1.pdf'), join(folder, '2.pdf')];
    await writeRecord(record, one);
    await writeRecord(record, two);
    expect(digestOf(one)).toBe(digestOf(two));
  });

  test('remembers its steps over a restart', async () => {
    expect(await readState(folder)).toBeUndefined();
    const state = await beginState(folder);
    await Promise.all([state.mark('a'), state.mark('b')]);
    const again = await readState(folder);
    expect(['begun', 'a', 'b', 'c'].map((s) => again?.done(s))).toEqual([true, true, true, false]);
  });
});
