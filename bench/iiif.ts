import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { openPyramid, renderImage } from '#formats/iiif';
import { makePyramid } from '#formats/images';

export const name = 'iiif';

const WIDTH = 6000;
const HEIGHT = 8000;
const TILES = 200;

/** Time of a 512-pixel tile out of a pyramid, beside the same tile out of the flat JPEG it was made from. */
export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-iiif-'));
  try {
    const source = join(folder, 'page.jpg');
    const noise = { type: 'gaussian' as const, mean: 200, sigma: 30 };
    await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#ffffff', noise } })
      .jpeg({ quality: 85 })
      .toFile(source);
    const target = join(folder, 'page.tif');
    const started = performance.now();
    await makePyramid(source, 0, target);
    const pyramidMs = performance.now() - started;
    const pyramid = await openPyramid(target);
    const times = await timed(TILES, (i) => renderImage(pyramid, tilePath(i)));
    const flat = { path: source, levels: [{ width: WIDTH, height: HEIGHT }] };
    const peer = await timed(20, (i) => renderImage(flat, tilePath(i)));
    return {
      image: `${WIDTH} × ${HEIGHT}`,
      pyramidMs: Math.round(pyramidMs),
      pyramidMiB: Math.round((await stat(target)).size / 2 ** 20),
      tiles: TILES,
      tileMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
      limitMs: 10,
      peer: { what: 'the same tiles out of the flat JPEG', p50: quantile(peer, 0.5) },
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Tiles of several scale factors, all over the page. */
function tilePath(i: number): string {
  const factor = 2 ** (i % 4);
  const side = 512 * factor;
  const across = Math.floor(WIDTH / side);
  const down = Math.floor(HEIGHT / side);
  return `${(i % across) * side},${((i * 7) % down) * side},${side},${side}/512,512/0/default.jpg`;
}

async function timed(count: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  await work(0);
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await work(i);
    times.push(performance.now() - started);
  }
  return times;
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0) * 10) / 10;
}
