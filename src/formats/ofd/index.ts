import { Refusal } from '#kernel/errors';
import { Thread, ThreadFailure } from '#kernel/threads';
import type { OfdAttachment, OfdSignature } from './extras.ts';
import type { OfdRequest } from './thread.ts';
import type { OfdPageText, OfdRendering } from './types.ts';

export type { OfdAttachment, OfdSignature } from './extras.ts';
export type { NotDrawn, NotDrawnKind } from './notDrawn.ts';
export type { OfdPageText, OfdRendering, OfdWord } from './types.ts';

const MAX_HEAP_MB = 512;
const OPEN_MS = 20_000;
const TEXT_MS = 20_000;
const RENDER_MS = 60_000;

/** An opened OFD document (GB/T 33190-2016), in a thread of its own. Close it. Pages count from 1. */
export interface Ofd {
  readonly pageCount: number;
  /** Version of OFD that the file says it is of. */
  readonly version: string | undefined;
  /** Names of all parts of the container. */
  readonly parts: readonly string[];
  /** DocInfo as written: Title, Author, CreationDate, Creator … */
  readonly info: Readonly<Record<string, string>>;
  readonly attachments: readonly OfdAttachment[];
  /** As declared; not verified. */
  readonly signatures: readonly OfdSignature[];
  text(page: number, signal?: AbortSignal): Promise<OfdPageText>;
  /** The bytes of an attachment, or any part, by its `part`. */
  attachment(part: string): Promise<Buffer>;
  render(
    page: number,
    options?: { dpi?: number; maxSide?: number; signal?: AbortSignal | undefined },
  ): Promise<OfdRendering>;
  close(): Promise<void>;
}

/**
 * Opens an OFD document.
 * @throws Refusal `ofd.broken`, `ofd.missingPart`, `ofd.tooLarge`, `ofd.tooSlow`, `ofd.tooDemanding`; the methods also
 *   `ofd.noSuchPage`
 */
export async function openOfd(path: string, signal?: AbortSignal): Promise<Ofd> {
  const thread = new Thread({ script: new URL('./thread.ts', import.meta.url), maxHeapMb: MAX_HEAP_MB });
  const ask = async <T>(request: OfdRequest, timeoutMs: number, abort?: AbortSignal): Promise<T> => {
    try {
      return await thread.ask<T>(request, { timeoutMs, signal: abort });
    } catch (e) {
      throw refusalOf(e);
    }
  };
  try {
    const opened = await ask<
      Pick<Ofd, 'pageCount' | 'version' | 'parts' | 'info' | 'attachments' | 'signatures'>
    >({ ask: 'open', path }, OPEN_MS, signal);
    return {
      ...opened,
      text: (page, abort) => ask<OfdPageText>({ ask: 'text', page }, TEXT_MS, abort),
      attachment: async (part) => Buffer.from(await ask<Uint8Array>({ ask: 'attachment', part }, TEXT_MS)),
      render: async (page, { dpi, maxSide, signal: abort } = {}) => {
        const request: OfdRequest = {
          ask: 'render',
          page,
          ...(dpi ? { dpi } : {}),
          ...(maxSide ? { maxSide } : {}),
        };
        const rendering = await ask<OfdRendering>(request, RENDER_MS, abort);
        return { ...rendering, data: Buffer.from(rendering.data) };
      },
      close: () => thread.stop(),
    };
  } catch (e) {
    await thread.stop();
    throw e;
  }
}

function refusalOf(e: unknown): unknown {
  if (!(e instanceof ThreadFailure)) return e;
  return e.why === 'timedOut'
    ? new Refusal('ofd.tooSlow', 'The OFD document took too long and was given up.', {}, { cause: e })
    : new Refusal(
        'ofd.tooDemanding',
        'The OFD document needs more memory than is allowed.',
        {},
        { cause: e },
      );
}

/** The text of an OFD document, page by page. @throws Refusal as `openOfd` */
export async function* readOfdText(
  path: string,
  {
    maxPages = Number.POSITIVE_INFINITY,
    signal,
  }: { maxPages?: number; signal?: AbortSignal | undefined } = {},
): AsyncGenerator<OfdPageText> {
  const ofd = await openOfd(path, signal);
  try {
    for (let page = 1; page <= Math.min(ofd.pageCount, maxPages); page++) yield await ofd.text(page, signal);
  } finally {
    await ofd.close();
  }
}

/** One page as a PNG. For several, `openOfd` once. @throws Refusal as `openOfd` */
export async function renderOfdPage(
  path: string,
  page: number,
  options: { dpi?: number; maxSide?: number; signal?: AbortSignal | undefined } = {},
): Promise<OfdRendering> {
  const ofd = await openOfd(path, options.signal);
  try {
    return await ofd.render(page, options);
  } finally {
    await ofd.close();
  }
}
