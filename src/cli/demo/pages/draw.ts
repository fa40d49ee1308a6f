import type { PageKind } from '../catalogue/entry.ts';
import { randomOf } from '../random.ts';
import { finishPage } from './finish.ts';
import { marriage, roll } from './forms.ts';
import { english, letter, traditional } from './letters.ts';
import { official } from './official.ts';
import type { PageOrder } from './order.ts';
import { blankPage, loadFonts, type PageSheet } from './sheet.ts';

const DRAW: Record<PageKind, (p: PageSheet, o: PageOrder) => void> = {
  official,
  letter,
  marriage,
  roll,
  traditional,
  english,
};

/** Draws one page and writes it to `path`. Of the same order the same picture comes out. */
export async function drawPage(o: PageOrder, path: string): Promise<void> {
  loadFonts();
  // The words of a document must not change from page to page; its stains may.
  const random = randomOf(`page ${o.archive} ${o.code}`);
  const paper = o.year < 1970 ? '#e3d5b4' : o.year < 1990 ? '#efe6d0' : '#f6f4ee';
  const sheet = blankPage(random, { dpi: o.dpi, paper, tilt: o.tilt });
  DRAW[o.kind](sheet, o);
  await finishPage({ ...sheet, random: randomOf(`scan ${o.path}`) }, o, path);
}
