import { catalogueOf } from '../catalogue/catalogue.ts';
import type { PageKind, SampleEntry } from '../catalogue/entry.ts';
import { padded } from '../catalogue/entry.ts';
import type { SampleArchive } from '../network/archives.ts';
import { type Random, randomOf } from '../random.ts';
import type { PageOrder } from './order.ts';

/** Entries of an archive that get pictures, by what their pages show. */
const WANTED: Readonly<Record<string, Partial<Record<PageKind, number>>>> = {
  '970121': { official: 32, letter: 18, marriage: 18, roll: 14, traditional: 1, english: 1 },
  '970100': { official: 9, letter: 5, marriage: 5 },
  '970122': { official: 5, marriage: 6, roll: 4 },
  '970000': { official: 9, letter: 4 },
};

/** Names that belong to no entry, as they turn up in every delivery of scans. */
const STRAY = ['封面.jpg', 'IMG_20190312_0007.jpg', 'J012-ZY·HY·1985·Y-099-001_001.jpg', '补扫/扫描0001.jpg'];

/** The archives that have scans. */
export const SCANNED: readonly string[] = ['970121', '970100', '970122', '970000'];

/** All pictures of an archive's scans, in order. The same every time. */
export function scansOf(archive: SampleArchive): PageOrder[] {
  const wanted = WANTED[archive.code];
  if (!wanted) return [];
  const random = randomOf(`scans ${archive.code}`);
  const entries = catalogueOf(archive).flatMap((s) => s.entries);
  const orders: PageOrder[] = [];
  for (const [kind, count] of Object.entries(wanted)) {
    const fitting = entries.filter((e) => e.drawn === kind && e.pages !== null && e.pages <= 3);
    for (const e of spaced(fitting, count)) orders.push(...pagesOf(random, archive, e));
  }
  if (archive.code === '970121')
    STRAY.forEach((path, i) => {
      orders.push({ ...orders[i * 9]!, path });
    });
  return orders;
}

/** Some of a list, evenly spaced over it. */
function spaced<T>(list: readonly T[], count: number): T[] {
  const n = Math.min(count, list.length);
  return Array.from({ length: n }, (_, i) => list[Math.floor((i * list.length) / n)]!);
}

function pagesOf(random: Random, archive: SampleArchive, e: SampleEntry): PageOrder[] {
  const naming = random.int(0, 5);
  const grey = random.chance(0.15) && e.drawn !== 'official';
  const dpi = e.drawn === 'roll' || random.chance(0.2) ? 200 : 150;
  const { code, fonds, year, retention, title, creator, docNo, date, subject } = e;
  const pages = e.pages ?? 1;
  return Array.from({ length: pages }, (_, i) => ({
    path: nameOf(code, i + 1, pages, naming),
    archive: archive.code,
    kind: e.drawn!,
    code,
    fonds,
    year,
    retention,
    title,
    creator,
    docNo,
    date,
    subject,
    persons: e.persons === '' ? [] : e.persons.split('；'),
    page: i + 1,
    pages,
    dpi,
    tilt: random.chance(0.3) ? (random.next() - 0.5) * 3 : (random.next() - 0.5) * 0.5,
    turned: random.chance(0.05) ? random.pick([90, 270] as const) : 0,
    grey,
    grain: 0.25 + random.next() * 0.5,
  }));
}

/** Names as scanning firms give them. */
function nameOf(code: string, page: number, pages: number, naming: number): string {
  switch (naming) {
    case 0:
      return `${code}/${padded(page, 3)}.jpg`;
    case 1:
      return `${code}_${padded(page, 3)}.jpg`;
    case 2:
      return `${code} (${page}).jpg`;
    case 3:
      return pages === 1 ? `${code}.tif` : `${code}/${padded(page, 4)}.tif`;
    case 4:
      return `${code}/第${page}页.png`;
    default:
      return `${code.replaceAll('·', '.')}_${padded(page, 3)}.JPG`;
  }
}
