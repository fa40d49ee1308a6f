import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { Refusal } from '#kernel/errors';
import { answerRequests } from '#kernel/threads';
import { joinRuns, type TextRun, wordsOf } from './layout.ts';
import type { PdfFacts, PdfOpened, PdfPageText } from './types.ts';

/** What the thread of one PDF is asked. Pages count from 1. */
export type PdfRequest =
  | { ask: 'open'; path: string }
  | { ask: 'text'; page: number; words: boolean }
  | { ask: 'render'; page: number; dpi?: number; maxSide?: number; format: 'jpeg' | 'png' };

const require = createRequire(import.meta.url);
const home = dirname(require.resolve('pdfjs-dist/package.json'));
const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
pdfjs.GlobalWorkerOptions.workerSrc = pathToFileURL(join(home, 'legacy/build/pdf.worker.mjs')).href;

/** Larger files are read piece by piece instead of as a whole. */
const WHOLE_FILE = 64 * 1024 * 1024;
/** Pixels of a rendering, and of one image inside a page. */
const MAX_CANVAS = 40_000_000;
const MAX_IMAGE = 150_000_000;
/** A page with fewer letters than this over a picture is a scan with a stamp on it. */
const STAMP_LETTERS = 20;

type Document = Awaited<ReturnType<typeof pdfjs.getDocument>['promise']>;
type Page = Awaited<ReturnType<Document['getPage']>>;
let opened: Document | undefined;

answerRequests<PdfRequest>((request) => {
  if (request.ask === 'open') return open(request.path);
  if (request.ask === 'text') return textOf(request.page, request.words);
  return render(request);
});

async function open(path: string): Promise<PdfOpened> {
  const { size } = await stat(path);
  const source =
    size <= WHOLE_FILE
      ? { data: new Uint8Array(await readFile(path)) }
      : { url: pathToFileURL(path).href, disableAutoFetch: true, disableStream: true };
  try {
    opened = await pdfjs.getDocument({
      ...source,
      verbosity: 0,
      cMapUrl: `${join(home, 'cmaps')}/`,
      cMapPacked: true,
      standardFontDataUrl: `${join(home, 'standard_fonts')}/`,
      wasmUrl: `${join(home, 'wasm')}/`,
      iccUrl: `${join(home, 'iccs')}/`,
      useSystemFonts: false,
      enableXfa: false,
      maxImageSize: MAX_IMAGE,
      canvasMaxAreaInBytes: MAX_CANVAS * 4,
    }).promise;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'PasswordException')
      throw new Refusal('pdf.encrypted', 'The PDF is locked with a password.', {}, { cause });
    throw new Refusal('pdf.broken', 'The file is not a readable PDF.', {}, { cause });
  }
  return { pageCount: opened.numPages, facts: await factsOf(opened) };
}

/** What a PDF says of itself. A broken statement of that kind is no reason to refuse the file. */
async function factsOf(document: Document): Promise<PdfFacts> {
  const stated = await document.getMetadata().catch(() => undefined);
  const info = new Map(Object.entries(stated?.info ?? {}));
  const text = (name: string) => {
    const value = info.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
  };
  return {
    version: text('PDFFormatVersion'),
    producer: text('Producer'),
    creator: text('Creator'),
    made: text('CreationDate'),
    encrypted: info.has('EncryptFilterName') && info.get('EncryptFilterName') !== null,
  };
}

async function pageOf(number: number): Promise<Page> {
  if (!opened) throw new Error('open comes first');
  if (!Number.isInteger(number) || number < 1 || number > opened.numPages)
    throw new Refusal('pdf.noSuchPage', `The PDF has no page ${number}.`, {
      page: number,
      pages: opened.numPages,
    });
  try {
    return await opened.getPage(number);
  } catch (cause) {
    throw new Refusal('pdf.brokenPage', `Page ${number} of the PDF is damaged.`, { page: number }, { cause });
  }
}

async function textOf(number: number, words: boolean): Promise<PdfPageText> {
  const page = await pageOf(number);
  try {
    const viewport = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const runs = items.filter((item): item is typeof item & TextRun => 'str' in item);
    const text = joinRuns(runs).replaceAll('\0', '');
    const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    const { width, height } = viewport;
    return {
      page: number,
      text,
      width,
      height,
      hasText: letters > 0,
      scanned: letters < STAMP_LETTERS && (await paintsImage(page)),
      unreadable: false,
      ...(words ? { words: wordsOf(runs, viewport.transform, width, height) } : {}),
    };
  } catch (cause) {
    throw new Refusal('pdf.brokenPage', `Page ${number} of the PDF is damaged.`, { page: number }, { cause });
  } finally {
    page.cleanup();
  }
}

async function paintsImage(page: Page): Promise<boolean> {
  const { OPS } = pdfjs;
  const painting = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintInlineImageXObjectGroup,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObjectRepeat,
  ]);
  const { fnArray } = await page.getOperatorList();
  return fnArray.some((operation: number) => painting.has(operation));
}

async function render({ page: number, dpi = 150, maxSide, format }: Extract<PdfRequest, { ask: 'render' }>) {
  const page = await pageOf(number);
  try {
    const plain = page.getViewport({ scale: 1 });
    const wanted = maxSide ? maxSide / Math.max(plain.width, plain.height) : dpi / 72;
    const most = Math.sqrt(MAX_CANVAS / Math.max(1, plain.width * plain.height));
    const viewport = page.getViewport({ scale: Math.min(wanted, most) });
    const width = Math.max(1, Math.round(viewport.width));
    const height = Math.max(1, Math.round(viewport.height));
    substituteFonts();
    const canvas = createCanvas(width, height);
    await page.render({
      canvas: null,
      canvasContext: canvas.getContext('2d'),
      viewport,
      background: '#ffffff',
    }).promise;
    const data = format === 'png' ? await canvas.encode('png') : await canvas.encode('jpeg', 88);
    return { data, width, height };
  } catch (cause) {
    throw new Refusal('pdf.brokenPage', `Page ${number} of the PDF is damaged.`, { page: number }, { cause });
  } finally {
    page.cleanup();
  }
}

/** Families that pdf.js falls back to when a font is neither embedded nor one of the standard ones: Han fonts, that is. */
const LAST_RESORT = ['sans-serif', 'serif', 'monospace'];

let fontsReady = false;
/** Han characters of fonts that are not embedded are drawn with the font we bring along. */
function substituteFonts(): void {
  if (fontsReady) return;
  fontsReady = true;
  const folder = dirname(require.resolve('@expo-google-fonts/noto-serif-sc/package.json'));
  const file = join(folder, '400Regular', 'NotoSerifSC_400Regular.ttf');
  for (const family of LAST_RESORT) GlobalFonts.registerFromPath(file, family);
}
