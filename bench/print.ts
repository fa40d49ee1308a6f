import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const name = 'print';

const PAGES = 5_000;
const CHILD = join(import.meta.dirname, 'support', 'print-case.ts');

interface Measured {
  pages: number;
  seconds: number;
  peakMiB: number;
  /** The longest anybody else had to wait for this process. */
  longestWaitMs: number;
  bytes: number;
}

/**
 * A catalogue of filed documents of 5,000 pages, in a process of its own, beside a tenth of it (memory may not grow with the
 * pages) and beside pdfkit's own text() with the same rows and lines.
 */
export async function run({ print }: { print(line: string): void }) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-print-'));
  try {
    const ours = await measure('ours', join(folder, 'ours.pdf'), PAGES);
    const tenth = await measure('ours', join(folder, 'tenth.pdf'), PAGES / 10);
    const peer = await measure('pdfkit', join(folder, 'pdfkit.pdf'), PAGES / 10);
    const rate = (m: Measured) => Math.round(m.pages / m.seconds);
    const figures = {
      pages: ours.pages,
      pagesPerSecond: rate(ours),
      peakMiB: ours.peakMiB,
      peakOfATenthMiB: tenth.peakMiB,
      longestWaitMs: ours.longestWaitMs,
      megabytes: Number((ours.bytes / 1e6).toFixed(1)),
      pdfkit: { pages: peer.pages, pagesPerSecond: rate(peer), peakMiB: peer.peakMiB },
      ratio: Number((ours.pages / ours.seconds / (peer.pages / peer.seconds)).toFixed(2)),
    };
    print(
      `${figures.pages} pages: ${figures.pagesPerSecond} pages/s, peak ${figures.peakMiB} MiB (a tenth of them: ${figures.peakOfATenthMiB} MiB), ` +
        `others wait ${figures.longestWaitMs} ms at the longest; pdfkit ${figures.pdfkit.pagesPerSecond} pages/s, peak ${figures.pdfkit.peakMiB} MiB: ${figures.ratio} times as fast`,
    );
    return figures;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(what: string, path: string, pages: number): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, what, path, String(pages)]);
  return JSON.parse(stdout) as Measured;
}
