import { isDeepStrictEqual } from 'node:util';
import { type AltoPage, altoXml } from '#formats/alto';
import type { NewFile } from '#formats/ocfl';
import type { NotDrawn } from '#formats/ofd';
import { textPath } from './format.ts';
import type { OpenedPackage } from './read.ts';
import type { Spool } from './spool.ts';

/** What was read on a page, as digitisation has it. */
export type ReadText = Omit<AltoPage, 'source' | 'filePage' | 'notDrawn'> & { pageNo: number };

/** Where a page of a unit lies. */
export interface PagePlace {
  pageNo: number;
  path: string;
  filePage: number;
  notDrawn: NotDrawn[] | null;
}

/** Where texts come from: pages of a unit by their numbers, both included, in order. */
export interface TextSource {
  places(unitId: string, from: number, to: number): Promise<PagePlace[]>;
  texts(unitId: string, from: number, to: number): Promise<ReadText[]>;
}

/** A document of a page's text. Of a large object there are hundreds of thousands, so each is kept small. */
class TextFile implements NewFile {
  readonly source: NewFile['source'];
  readonly #content: string;
  readonly #page: number;
  readonly #ending: string;
  constructor(content: string, page: number, ending: string, source: NewFile['source']) {
    this.source = source;
    this.#content = content;
    this.#page = page;
    this.#ending = ending;
  }
  get logicalPath(): string {
    return `${textPath(this.#content, this.#page)}.${this.#ending}`;
  }
}

/** Pages looked at together. */
const TOGETHER = 200;

const sameReading = (a: AltoPage, b: AltoPage) =>
  isDeepStrictEqual({ ...a, readAt: null }, { ...b, readAt: null });

/**
 * The documents of the texts an object does not have yet, or has otherwise. A page read again with the same result keeps
 * its documents.
 *
 * @param pages of the unit
 * @param held the object; null: none of it is believed to be there
 */
export async function textDocuments(
  source: TextSource,
  unitId: string,
  pages: number,
  held: OpenedPackage | null,
  spool: Spool,
): Promise<{ files: NewFile[]; pages: number }> {
  const files: NewFile[] = [];
  for (let from = 1; from <= pages; from += TOGETHER) {
    const to = Math.min(pages, from + TOGETHER - 1);
    const texts = await source.texts(unitId, from, to);
    if (texts.length === 0) continue;
    const places = new Map((await source.places(unitId, from, to)).map((p) => [p.pageNo, p]));
    for (const { pageNo, ...text } of texts) {
      const place = places.get(pageNo);
      if (!place) continue;
      const { path, filePage, notDrawn } = place;
      const page: AltoPage = { ...text, source: path, filePage, notDrawn };
      const before = await held?.text(path, filePage);
      if (before && sameReading(before, page)) continue;
      files.push(
        new TextFile(path, filePage, 'txt', await spool.keep(page.text)),
        new TextFile(path, filePage, 'alto.xml', await spool.keep(altoXml(page))),
      );
    }
  }
  return { files, pages: files.length / 2 };
}
