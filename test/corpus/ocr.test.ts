import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { type OcrPage, tesseractEngine } from '../../src/modules/digitisation/ocr/index.ts';

const corpora = process.env.LANTAI_CORPORA;
const folder = join(corpora ?? '', 'ocr');
const SLOW = 600_000;

const plain = (text: string) => [...text.normalize('NFKC').replace(/\s/g, '')];

/** Character error rate in per cent of the truth. */
function errorRate(truth: string, read: string): number {
  const a = plain(truth);
  const b = plain(read);
  let row = b.map((_, j) => j + 1);
  row.unshift(0);
  a.forEach((letter, i) => {
    const next = [i + 1];
    b.forEach((other, j) => {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    });
    row = next;
  });
  return (100 * row.at(-1)!) / Math.max(1, a.length);
}

/** In the slow suite every page is read, every day those that take seconds. */
const ALL = process.env.LANTAI_CORPUS_STEP === '1';
/** Pages that take a minute. */
const LONG = [
  'tesseract/8087_054.3B.tif',
  'tesseract/phototest-rotated-L.png',
  'paddleocr-docs/00059985.jpg',
  'paddleocr-docs/00015504.jpg',
];
const ofToday = <T>(pages: Record<string, T>): [string, T][] =>
  Object.entries(pages).filter(([image]) => ALL || !LONG.includes(image));

/** Upper bounds in per cent; photographs, posters and snippets of two characters have none and are only read. */
const BOUNDS: Record<string, number> = {
  'cnocr/multi-line_cn1.png': 4,
  'cnocr/helloworld.jpg': 5,
  'cnocr/multi-line_en_black.png': 1,
  'cnocr/fanti.jpg': 4,
  'tesseract/phototest.tif': 1,
  'tesseract/phototest-rotated-L.png': 1,
  'tesseract/8087_054.3B.tif': 10,
};

/** Whether the reading is to be called poor; the error rate of each, in per cent, stands in docs/decisions/0006. */
const POOR: Record<string, boolean> = {
  'cnocr/multi-line_cn1.png': false,
  'cnocr/helloworld.jpg': false,
  'cnocr/fanti.jpg': false,
  'cnocr/multi-line_en_black.png': false,
  'tesseract/phototest.tif': false,
  'cnocr/rand_cn2.png': true,
  'easyocr/chinese.jpg': true,
  'rapidocr/ch_en_num.jpg': true,
  'paddleocr-docs/00015504.jpg': true,
  'paddleocr-docs/00059985.jpg': true,
};

describe.skipIf(!corpora)('OCR on the corpus (skipped without LANTAI_CORPORA)', () => {
  const engine = tesseractEngine({ timeoutMs: SLOW });
  afterAll(() => engine.close());

  const pages = new Map<string, Promise<OcrPage>>();
  /** Each page is read once, whatever is asked of the reading. */
  function read(image: string): Promise<OcrPage> {
    const page = pages.get(image) ?? engine.read(join(folder, image));
    pages.set(image, page);
    return page;
  }

  const truths = corpora
    ? readFileSync(join(folder, 'ground-truth.tsv'), 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split('\t'))
    : [];
  const truthOf = (image: string) =>
    truths.find(([name]) => name === image)?.[2]?.replaceAll('\\n', '\n') ?? '';

  it.each(ofToday(BOUNDS))(
    'reads %s with an error of at most %d %%',
    async (image, bound) => {
      const page = await read(image);
      expect(errorRate(truthOf(image), page.text)).toBeLessThanOrEqual(bound);
      for (const line of page.lines) {
        const [x, y, w, h] = line.box;
        expect(x >= -2 && y >= -2 && x + w <= page.width + 2 && y + h <= page.height + 2).toBe(true);
      }
    },
    SLOW,
  );

  it.each(ofToday(POOR))(
    'tells whether %s reads poorly: %s',
    async (image, poor) => {
      expect((await read(image)).poor).toBe(poor);
    },
    SLOW,
  );

  it(
    'reads a page the same, whichever way it lies',
    async () => {
      const image = join(folder, 'tesseract/phototest.tif');
      for (const turn of ALL ? ([90, 180, 270] as const) : ([270] as const)) {
        const turned = await sharp(image).rotate(turn).png().toBuffer();
        const page = await engine.read(turned);
        expect(page.rotation).toBe(360 - turn);
        expect(errorRate(truthOf('tesseract/phototest.tif'), page.text)).toBeLessThanOrEqual(1);
      }
    },
    SLOW,
  );

  it(
    'turns a single line that is upside down',
    async () => {
      const page = await engine.read(join(folder, 'rapidocr/text_cls.jpg'));
      expect(page.rotation).toBe(180);
      expect(page.text).not.toBe('');
    },
    SLOW,
  );
});
