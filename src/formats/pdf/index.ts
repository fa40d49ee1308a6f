import { Refusal } from '#kernel/errors';
import { Thread, ThreadFailure } from '#kernel/threads';
import type { PdfRequest } from './thread.ts';
import type { PdfFacts, PdfOpened, PdfPageText, RenderedPage, RenderOptions, TextOptions } from './types.ts';

export type { PdfFacts, PdfPageText, PdfWord, RenderedPage, RenderOptions, TextOptions } from './types.ts';
export { demandWholePdf } from './whole.ts';

/** Heap of the thread that reads a PDF, in MiB. */
const MAX_HEAP_MB = 768;
const OPEN_MS = 20_000;
const TEXT_MS = 20_000;
const RENDER_MS = 60_000;
/** A file with so many pages that hang is given up as a whole. */
const MAX_LOST_PAGES = 3;

/** An opened PDF, in a thread of its own. Close it. */
export interface Pdf {
  readonly pageCount: number;
  readonly facts: PdfFacts;
  /** @param page from 1 */
  text(page: number, options?: { words?: boolean; signal?: AbortSignal | undefined }): Promise<PdfPageText>;
  /** @param page from 1 */
  render(page: number, options?: RenderOptions): Promise<RenderedPage>;
  close(): Promise<void>;
}

/**
 * Opens a PDF. A file that hangs, crashes or eats memory costs only its own thread.
 * @throws Refusal `pdf.encrypted`, `pdf.broken`, `pdf.tooSlow`, `pdf.tooDemanding`; the methods also
 *   `pdf.noSuchPage`, `pdf.brokenPage`
 */
export async function openPdf(path: string, signal?: AbortSignal): Promise<Pdf> {
  const thread = new Thread({ script: new URL('./thread.ts', import.meta.url), maxHeapMb: MAX_HEAP_MB });
  const ask = <T>(request: PdfRequest, timeoutMs: number, abort?: AbortSignal) =>
    thread.ask<T>(request, { timeoutMs, signal: abort }).catch((e: unknown) => {
      throw refusalOf(e);
    });
  const open = () => ask<PdfOpened>({ ask: 'open', path }, OPEN_MS, signal);
  let isOpen = true;
  const asking = async <T>(request: PdfRequest, timeoutMs: number, abort?: AbortSignal): Promise<T> => {
    if (!isOpen) await open();
    isOpen = true;
    try {
      return await ask<T>(request, timeoutMs, abort);
    } catch (e) {
      // A thread that was given up starts anew, with nothing open in it.
      isOpen = e instanceof Refusal && !LOSES_THREAD.has(e.code);
      throw e;
    }
  };
  try {
    const { pageCount, facts } = await open();
    return {
      pageCount,
      facts,
      text: (page, options = {}) =>
        asking<PdfPageText>({ ask: 'text', page, words: options.words ?? false }, TEXT_MS, options.signal),
      render: async (page, { dpi, maxSide, format = 'jpeg', signal: abort } = {}) => {
        const request = {
          ask: 'render' as const,
          page,
          format,
          ...(dpi ? { dpi } : {}),
          ...(maxSide ? { maxSide } : {}),
        };
        const { data, ...size } = await asking<{ data: Uint8Array; width: number; height: number }>(
          request,
          RENDER_MS,
          abort,
        );
        return { ...size, data: Buffer.from(data), mime: `image/${format}` as const };
      },
      close: () => thread.stop(),
    };
  } catch (e) {
    await thread.stop();
    throw e;
  }
}

const LOSES_THREAD = new Set(['pdf.tooSlow', 'pdf.tooDemanding']);

function refusalOf(e: unknown): unknown {
  if (!(e instanceof ThreadFailure)) return e;
  return e.why === 'timedOut'
    ? new Refusal('pdf.tooSlow', 'The PDF took too long and was given up.', {}, { cause: e })
    : new Refusal(
        'pdf.tooDemanding',
        'The PDF needs more memory than is allowed, or is made to crash.',
        {},
        { cause: e },
      );
}

/**
 * The text of a PDF, page by page. A damaged page comes out as `unreadable`; its neighbours are read all the same.
 * @throws Refusal as `openPdf`
 */
export async function* readPdfText(
  path: string,
  { maxPages = Number.POSITIVE_INFINITY, words = false, signal }: TextOptions = {},
): AsyncGenerator<PdfPageText> {
  const pdf = await openPdf(path, signal);
  try {
    let lost = 0;
    for (let page = 1; page <= Math.min(pdf.pageCount, maxPages); page++) {
      signal?.throwIfAborted();
      try {
        yield await pdf.text(page, { words, signal });
      } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        if (LOSES_THREAD.has(e.code) && ++lost >= MAX_LOST_PAGES) throw e;
        yield { page, text: '', width: 0, height: 0, hasText: false, scanned: false, unreadable: true };
      }
    }
  } finally {
    await pdf.close();
  }
}

/** @throws Refusal as `openPdf` */
export async function pdfPageCount(path: string, signal?: AbortSignal): Promise<number> {
  const pdf = await openPdf(path, signal);
  await pdf.close();
  return pdf.pageCount;
}

/** One page as a picture. For several, `openPdf` once. @throws Refusal as `openPdf` */
export async function renderPdfPage(
  path: string,
  page: number,
  options: RenderOptions = {},
): Promise<RenderedPage> {
  const pdf = await openPdf(path, options.signal);
  try {
    return await pdf.render(page, options);
  } finally {
    await pdf.close();
  }
}
