import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPyramid, type Pyramid } from '#formats/iiif';
import { makePyramid } from '#formats/images';
import { openOfd } from '#formats/ofd';
import { openPdf } from '#formats/pdf';
import { Refusal } from '#kernel/errors';
import type { HeldFile, Preservation } from './module.ts';
import { notDrawnOf } from './notDrawn.ts';
import type { Page } from './store/content.ts';

/** Sharp enough for the screen and for a printed copy. */
const PAGE_DPI = 200;
/** Opened pyramids kept at hand; opening one costs some milliseconds. */
const KEEP_OPEN = 500;
/** Pyramids made at once: each takes memory of the size of its page. */
const MAKE_AT_ONCE = 2;

/** Pictures of pages made for viewing. A cache that can be deleted at any time: it is made again from what is held. */
export interface Renditions {
  /** The page's pyramid, made at first use. @throws Refusal page.notDrawable for pages without a picture */
  pyramid(page: Page, file: HeldFile): Promise<Pyramid>;
  /** Clears away what was made of a file. */
  forget(file: Pick<HeldFile, 'sha256'>): Promise<void>;
}

/** @param folder where the pyramids lie: by content and page, so that equal files share them */
export function createRenditions(folder: string): Renditions {
  const opened = new Map<string, Promise<Pyramid>>();
  const slots = limiter(MAKE_AT_ONCE);

  async function open(page: Page, file: HeldFile): Promise<Pyramid> {
    const shelf = join(folder, file.sha256.slice(0, 2), file.sha256);
    const path = join(shelf, `${page.filePage}.tif`);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (!there) {
      await slots(async () => {
        await mkdir(shelf, { recursive: true });
        await make(page, file, path);
      });
    }
    return openPyramid(path);
  }

  return {
    pyramid(page, file) {
      const key = `${file.sha256}:${page.filePage}`;
      const known = opened.get(key);
      if (known) return known;
      const made = open(page, file);
      opened.set(key, made);
      made.catch(() => opened.delete(key));
      if (opened.size > KEEP_OPEN) opened.delete(opened.keys().next().value!);
      return made;
    },
    async forget({ sha256 }) {
      for (const key of opened.keys()) if (key.startsWith(`${sha256}:`)) opened.delete(key);
      await rm(join(folder, sha256.slice(0, 2), sha256), { recursive: true, force: true });
    },
  };
}

async function make(page: Page, file: HeldFile, output: string): Promise<void> {
  if (file.mediaType.startsWith('image/')) {
    await makePyramid(await file.localPath(), page.filePage - 1, output);
    return;
  }
  const drawn = await draw(page, file);
  const aside = `${output}.page`;
  try {
    await writeFile(aside, drawn);
    await makePyramid(aside, 0, output);
  } finally {
    await rm(aside, { force: true });
  }
}

async function draw(page: Page, file: HeldFile): Promise<Uint8Array> {
  if (file.mediaType === 'application/pdf') {
    const pdf = await openPdf(await file.localPath());
    try {
      return (await pdf.render(page.filePage, { dpi: PAGE_DPI })).data;
    } finally {
      await pdf.close();
    }
  }
  if (file.mediaType === 'application/ofd') {
    const ofd = await openOfd(await file.localPath());
    try {
      return (await ofd.render(page.filePage, { dpi: PAGE_DPI })).data;
    } finally {
      await ofd.close();
    }
  }
  throw new Refusal('page.notDrawable', 'This page is text and has no picture.');
}

/** Lets `most` pieces of work run at a time; the others wait their turn. */
function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/** What image routes and certificates need: the picture of a page the actor may see. */
export function pageViewer(
  preservation: Pick<Preservation, 'pageFile' | 'noteNotDrawn'>,
  renditions: Renditions,
) {
  const looking = new Map<string, Promise<void>>();

  /** Pages that came before it was asked what their pictures lack are looked through when first shown. */
  async function look(unitId: string, page: Page, file: HeldFile): Promise<void> {
    const ofd = await openOfd(await file.localPath());
    try {
      const notDrawn = await notDrawnOf(ofd, page.filePage);
      await preservation.noteNotDrawn(unitId, [{ pageNo: page.pageNo, notDrawn }]);
    } finally {
      await ofd.close();
    }
  }

  return {
    async pyramid(...where: Parameters<Preservation['pageFile']>): Promise<Pyramid> {
      const { page, file } = await preservation.pageFile(...where);
      const pyramid = await renditions.pyramid(page, file);
      if (page.notDrawn === null && file.mediaType === 'application/ofd') {
        const key = `${where[1]}~${page.pageNo}`;
        const looked = looking.get(key) ?? look(where[1], page, file).finally(() => looking.delete(key));
        looking.set(key, looked);
        await looked;
      }
      return pyramid;
    },
  };
}
