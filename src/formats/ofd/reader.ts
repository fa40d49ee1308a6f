import { loadImage } from '@napi-rs/canvas';
import { Refusal } from '#kernel/errors';
import { type Container, openContainer } from './container.ts';
import { type OfdDocument, readDocuments, readPage } from './document.ts';
import { asPng, type Drawing, drawSheets, drawWithin, startDrawing } from './draw.ts';
import {
  type OfdAttachment,
  type OfdSignature,
  readAnnotations,
  readAttachments,
  readSignatures,
} from './extras.ts';
import { sealPicture } from './seal.ts';
import { piecesOf, readingOrder, type TextPiece } from './text.ts';
import type { OfdPageText } from './types.ts';

const MAX_CANVAS = 40_000_000;
const MM_PER_INCH = 25.4;

/** An OFD in this very thread; `index.ts` keeps it in one of its own. All documents of the file count as one. */
export interface OfdReader {
  readonly info: Record<string, string>;
  readonly pageCount: number;
  /** Version of OFD that the file says it is of. */
  readonly version: string | undefined;
  /** Names of all parts of the container. */
  readonly parts: readonly string[];
  text(page: number): Promise<OfdPageText>;
  attachments(): Promise<OfdAttachment[]>;
  signatures(): Promise<OfdSignature[]>;
  attachment(part: string): Promise<Buffer>;
  draw(page: number, size: { dpi?: number; maxSide?: number }): Promise<Drawing>;
  close(): void;
}

export async function openReader(source: string | Buffer, nested = 0): Promise<OfdReader> {
  const container = await openContainer(source);
  try {
    const documents = await readDocuments(container);
    const places = documents.flatMap((document) => document.pages.map((_, index) => ({ document, index })));
    const placeOf = (page: number) => {
      const place = places[page - 1];
      if (!place)
        throw new Refusal('ofd.noSuchPage', `The OFD file has no page ${page}.`, {
          page,
          pages: places.length,
        });
      return place;
    };
    return {
      info: documents[0]?.info ?? {},
      pageCount: places.length,
      version: documents[0]?.version,
      parts: container.names,
      async text(page) {
        const { document, index } = placeOf(page);
        return pageText(container, document, index, page);
      },
      attachments: async () =>
        (await Promise.all(documents.map((d) => readAttachments(container, d)))).flat(),
      signatures: async () => (await Promise.all(documents.map((d) => readSignatures(container, d)))).flat(),
      attachment: (part) => container.read(part),
      async draw(page, size) {
        const { document, index } = placeOf(page);
        return drawPage(container, document, index, size, nested);
      },
      close: () => container.close(),
    };
  } catch (e) {
    container.close();
    throw e;
  }
}

async function pageText(
  container: Container,
  document: OfdDocument,
  index: number,
  page: number,
): Promise<OfdPageText> {
  const parts = await readPage(container, document, index);
  const all = piecesOf(parts);
  const pieces = all.filter((piece) => piece.text.trim() !== '');
  const text = readingOrder(pieces);
  const { w, h } = parts.box;
  return {
    page,
    text,
    width: w,
    height: h,
    hasText: /[\p{L}\p{N}]/u.test(text),
    nameless: all.reduce((sum, piece) => sum + piece.nameless, 0),
    missing: !container.has(document.pages[index]?.part ?? ''),
    words: pieces.map((piece) => wordOf(piece, w, h)),
  };
}

function wordOf({ text, x, y, width, size }: TextPiece, w: number, h: number) {
  const within = (v: number) => Math.round(Math.min(1, Math.max(0, v)) * 1e5) / 1e5;
  return {
    text,
    x: within(x / w),
    y: within((y - size * 0.88) / h),
    w: within(width / w),
    h: within(size / h),
  };
}

async function drawPage(
  container: Container,
  document: OfdDocument,
  index: number,
  { dpi = 150, maxSide }: { dpi?: number; maxSide?: number },
  nested: number,
): Promise<Drawing> {
  const page = await readPage(container, document, index);
  const wanted = maxSide ? maxSide / Math.max(page.box.w, page.box.h) : dpi / MM_PER_INCH;
  const scale = Math.min(wanted, Math.sqrt(MAX_CANVAS / (page.box.w * page.box.h)));
  const drawing = startDrawing(page, container, scale);
  try {
    await drawSheets(drawing, page);
    for (const appearance of await readAnnotations(container, document, page.id))
      await drawWithin(drawing, appearance, appearance.children, document.resources);
    await drawStamps(drawing, container, document, page.id, nested);
  } finally {
    drawing.fonts.close();
  }
  return drawing;
}

async function drawStamps(
  drawing: Drawing,
  container: Container,
  document: OfdDocument,
  pageId: string,
  nested: number,
): Promise<void> {
  for (const signature of await readSignatures(container, document)) {
    const here = signature.stamps.filter((stamp) => stamp.pageId === pageId);
    if (here.length === 0) continue;
    const png = await stampPicture(container, signature, nested);
    if (!png) {
      drawing.notDrawn.add('seal.unreadable');
      continue;
    }
    const image = await loadImage(png);
    for (const { box } of here) {
      drawing.context.save();
      // Paper shows through a stamp, and so does what is written on it.
      drawing.context.globalCompositeOperation = 'multiply';
      drawing.context.drawImage(image, box.x, box.y, box.w, box.h);
      drawing.context.restore();
    }
  }
}

async function stampPicture(
  container: Container,
  { sealPart, valuePart }: OfdSignature,
  nested: number,
): Promise<Buffer | undefined> {
  for (const part of [sealPart, valuePart]) {
    if (!part) continue;
    const picture = sealPicture(await container.read(part));
    if (!picture) continue;
    if (picture.format !== 'ofd') return asPng(picture.data);
    // The seal itself is a small OFD document.
    if (nested > 0) return undefined;
    const inner = await openReader(picture.data, nested + 1);
    try {
      const { canvas } = await inner.draw(1, { maxSide: 600 });
      return await canvas.encode('png');
    } finally {
      inner.close();
    }
  }
  return undefined;
}
