import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  createWorker,
  OEM,
  PSM,
  type RecognizeOptions,
  type Worker as Tesseract,
  type WorkerParams,
} from 'tesseract.js';
import { encoded, framed, type Grey } from './grey.ts';
import type { Layout, LineBox, RawLine, Recogniser } from './reading.ts';
import type { OcrLanguage } from './types.ts';

const require = createRequire(import.meta.url);

/** One script per instance: given two, tesseract.js 7 quietly loads only the first. */
const DATA: Record<OcrLanguage, string> = { 'zh-Hans': 'chi_sim', 'zh-Hant': 'chi_tra', en: 'eng' };
const MODES: Record<Layout, PSM> = {
  page: PSM.AUTO,
  block: PSM.SINGLE_BLOCK,
  line: PSM.SINGLE_LINE,
  scattered: PSM.SPARSE_TEXT,
};
/** Paper given around every picture. */
const MARGIN = 10;

/** Tesseract compiled to WebAssembly, with the data of the installed packages: nothing is fetched. */
export function tesseractRecogniser(): Recogniser {
  const instances = new Map<OcrLanguage, Promise<Tesseract>>();
  const instance = (language: OcrLanguage): Promise<Tesseract> => {
    let ready = instances.get(language);
    if (!ready) {
      ready = start(language);
      instances.set(language, ready);
    }
    return ready;
  };
  return {
    async read(language, picture, layout) {
      const tesseract = await instance(language);
      const options: Partial<RecognizeOptions & WorkerParams> = {
        tessedit_pageseg_mode: MODES[layout],
        textord_tabfind_vertical_text: '0',
      };
      const { data } = await tesseract.recognize(await encoded(framed(picture, MARGIN)), options, {
        text: false,
        blocks: true,
      });
      return rawLines(data.blocks ?? []);
    },
    async findLines(picture, upright) {
      const [language = 'zh-Hans'] = instances.keys();
      const tesseract = await instance(language);
      const options: Partial<RecognizeOptions & WorkerParams> = {
        tessedit_pageseg_mode: PSM.AUTO,
        textord_tabfind_vertical_text: upright ? '1' : '0',
      };
      const { data } = await tesseract.recognize(await encoded(framed(picture, MARGIN)), options, {
        text: false,
        layoutBlocks: true,
      });
      return layoutLines(data, picture);
    },
  };
}

async function start(language: OcrLanguage): Promise<Tesseract> {
  const code = DATA[language];
  const folder = dirname(require.resolve(`@tesseract.js-data/${code}/package.json`));
  return createWorker(code, OEM.LSTM_ONLY, {
    langPath: join(folder, '4.0.0_best_int'),
    gzip: true,
    cacheMethod: 'none',
    // Without a handler of its own the library throws outside of every promise.
    errorHandler: () => undefined,
  });
}

interface Spot {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}
interface FoundLine {
  bbox: Spot;
  words: { confidence: number; symbols: { text: string; confidence: number; bbox: Spot }[] }[];
}
interface FoundBlock {
  paragraphs: { lines: FoundLine[] }[] | null;
}

function linesOf(blocks: readonly FoundBlock[]): FoundLine[] {
  return blocks.flatMap((block) => block.paragraphs ?? []).flatMap((paragraph) => paragraph.lines ?? []);
}

const inside = ({ x0, y0, x1, y1 }: Spot): Spot => ({
  x0: x0 - MARGIN,
  y0: y0 - MARGIN,
  x1: x1 - MARGIN,
  y1: y1 - MARGIN,
});

function rawLines(blocks: readonly FoundBlock[]): RawLine[] {
  return linesOf(blocks).map((line) => ({
    words: line.words.map((word) => ({
      confidence: word.confidence,
      symbols: word.symbols.map((s) => ({ text: s.text, confidence: s.confidence, ...inside(s.bbox) })),
    })),
  }));
}

function layoutLines(data: object, picture: Grey): LineBox[] {
  const blocks = (data as { layoutBlocks?: FoundBlock[] | null }).layoutBlocks ?? [];
  return linesOf(blocks)
    .map((line) => inside(line.bbox))
    .filter(
      (b) =>
        b.x1 - b.x0 > 3 && b.y1 - b.y0 > 3 && (b.x1 - b.x0 < picture.width || b.y1 - b.y0 < picture.height),
    );
}
