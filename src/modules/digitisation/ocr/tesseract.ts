import { createRequire } from 'node:module';
import { Refusal } from '#kernel/errors';
import { ThreadFailure, ThreadPool } from '#kernel/threads';
import type { ReadRequest } from './thread.ts';
import type { OcrEngine, OcrPage } from './types.ts';

export interface TesseractOptions {
  /** Pages read at the same time; each takes a processor core and 200 to 500 MB. Default 1. */
  poolSize?: number;
  /** A page that takes longer is given up, its reader replaced. Default 3 minutes. */
  timeoutMs?: number;
}

/** WebAssembly memory never shrinks, so a reader is renewed now and then. */
const PAGES_PER_READER = 200;

/** The default engine: Tesseract in WebAssembly, installed by npm alone, reading off-line. Starts at the first page. */
export function tesseractEngine({ poolSize = 1, timeoutMs = 180_000 }: TesseractOptions = {}): OcrEngine {
  const { version } = createRequire(import.meta.url)('tesseract.js/package.json') as { version: string };
  const pool = new ThreadPool({
    script: new URL('./thread.ts', import.meta.url),
    size: poolSize,
    recycleAfter: PAGES_PER_READER,
  });
  return {
    name: 'tesseract.js',
    version,
    async read(image, { languages, page, signal } = {}): Promise<OcrPage> {
      const request: ReadRequest = {
        image,
        ...(languages ? { languages } : {}),
        ...(page === undefined ? {} : { page }),
      };
      try {
        return await pool.ask<OcrPage>(request, { timeoutMs, signal });
      } catch (cause) {
        if (cause instanceof ThreadFailure && cause.why === 'timedOut')
          throw new Refusal(
            'ocr.timedOut',
            'Reading the page took too long and was given up.',
            { timeoutMs },
            { cause },
          );
        throw cause;
      }
    },
    close: () => pool.close(),
  };
}
