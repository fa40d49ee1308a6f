import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openPdf } from '#formats/pdf';
import type { MissingCharacter } from '#formats/print';
import { type Actor, viewerOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { PrintingDeps } from '../deps.ts';
import { drawPdf, printingOf } from '../running/draw.ts';
import { previewsOf } from '../running/folders.ts';
import { demandWanted, type Wanted } from './order.ts';

const PAGES = 2;
const DPI = 80;
/** Nobody waits longer for a preview. */
const LONGEST_MS = 20_000;

export interface PreviewPage {
  width: number;
  height: number;
  jpeg: Buffer;
}
export interface Preview {
  pages: PreviewPage[];
  missing: MissingCharacter[];
  shortened: number;
  unbarred: number;
}

/** The first pages of a form as pictures. @throws as `demandWanted` and `drawPdf` */
export async function previewPrint(
  deps: PrintingDeps,
  actor: Actor,
  asked: Omit<Wanted, 'format'>,
): Promise<Preview> {
  const wanted: Wanted = Object.assign({ format: 'pdf' as const }, asked);
  demandWanted(actor, wanted);
  const folder = previewsOf(deps.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${deps.newId()}.pdf`);
  const signal = AbortSignal.timeout(LONGEST_MS);
  try {
    return await draw();
  } catch (e) {
    if (!signal.aborted) throw e;
    throw new Refusal(
      'printing.previewTooLong',
      'So much has to be read for this form that no preview is drawn. Make the file.',
    );
  } finally {
    await rm(path, { force: true });
  }

  async function draw(): Promise<Preview> {
    const run = { actor, viewer: viewerOf(actor), wanted, signal, done: () => {} };
    const p = await printingOf(deps, run);
    const out = createWriteStream(path, { mode: 0o600 });
    const drawn = await drawPdf(p, run, {
      out,
      author: p.archiveName,
      at: deps.clock.now(),
      mostPages: PAGES,
    }).finally(() => out.destroy());
    const pdf = await openPdf(path, signal);
    try {
      const pages: PreviewPage[] = [];
      for (let page = 1; page <= drawn.pages; page++) {
        const { width, height, data } = await pdf.render(page, { dpi: DPI, format: 'jpeg', signal });
        pages.push({ width, height, jpeg: data });
      }
      return { pages, missing: drawn.missing, shortened: drawn.shortened, unbarred: drawn.unbarred };
    } finally {
      await pdf.close();
    }
  }
}
