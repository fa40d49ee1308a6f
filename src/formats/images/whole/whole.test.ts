import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demandWholeImage } from './index.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A page with something on it, so that compression leaves data. */
function page() {
  const side = 48;
  const data = Buffer.from(
    Array.from({ length: side * side * 3 }, (_, i) => (i * i * 31 + (i >> 3) * 7) % 256),
  );
  return sharp(data, { raw: { width: side, height: side, channels: 3 } });
}

/** One JPEG inside a segment of another, as cameras keep a small picture. */
async function withSmallPicture(): Promise<Buffer> {
  const [big, small] = await Promise.all([page().jpeg().toBuffer(), page().resize(8, 8).jpeg().toBuffer()]);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 0]), small]);
  segment.writeUInt16BE(small.length + 2, 2);
  return Buffer.concat([big.subarray(0, 2), segment, big.subarray(2)]);
}

/** A code stream of marks and lengths with nothing to see: header, one tile-part, end. */
function jpx(tilePart: number): Buffer {
  const body = Buffer.alloc(40, 0x11);
  const sot = Buffer.from([0xff, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1]);
  sot.writeUInt32BE(tilePart === 0 ? 0 : sot.length + body.length, 6);
  const siz = Buffer.concat([Buffer.from([0xff, 0x51, 0, 49]), Buffer.alloc(47)]);
  return Buffer.concat([Buffer.from([0xff, 0x4f]), siz, sot, body, Buffer.from([0xff, 0xd9])]);
}

function jp2(): Buffer {
  const signature = Buffer.from('0000000c6a5020200d0a870a', 'hex');
  const stream = jpx(1);
  const head = Buffer.from([0, 0, 0, 0, ...Buffer.from('jp2c')]);
  head.writeUInt32BE(stream.length + 8, 0);
  return Buffer.concat([signature, head, stream]);
}

const FILES: [string, () => Promise<Buffer> | Buffer][] = [
  ['a JPEG', () => page().jpeg({ quality: 60 }).toBuffer()],
  ['a progressive JPEG', () => page().jpeg({ progressive: true }).toBuffer()],
  ['a JPEG with a small picture inside', withSmallPicture],
  ['a PNG', () => page().png().toBuffer()],
  ['a TIFF in strips', () => page().tiff({ compression: 'lzw' }).toBuffer()],
  ['a TIFF in tiles', () => page().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer()],
  ['a large TIFF', () => page().tiff({ bigtiff: true }).toBuffer()],
  ['a JPEG 2000 code stream', () => jpx(1)],
  ['a JPEG 2000 code stream without a length', () => jpx(0)],
  ['a JPEG 2000 file', jp2],
];

describe('pictures whose file breaks off', () => {
  it.each(FILES)('%s is whole to the last byte and refused wherever it is cut', async (_, make) => {
    const whole = await make();
    const path = join(folder, 'page');
    await writeFile(path, whole);
    await expect(demandWholeImage(path)).resolves.toBeUndefined();
    const accepted: number[] = [];
    const step = Math.max(1, Math.floor(whole.length / 300));
    for (let cut = whole.length - 1; cut >= 16; cut -= cut > whole.length - 50 ? 1 : step) {
      await writeFile(path, whole.subarray(0, cut));
      const outcome = await demandWholeImage(path).catch((e: { code: string }) => e.code);
      if (outcome !== 'image.truncated') accepted.push(cut);
    }
    expect(accepted).toEqual([]);
  });

  it('a picture followed by something else is whole', async () => {
    for (const make of [page().jpeg(), page().png(), page().tiff()]) {
      const path = join(folder, 'longer');
      await writeFile(path, Buffer.concat([await make.toBuffer(), Buffer.alloc(100_000, 7)]));
      await expect(demandWholeImage(path)).resolves.toBeUndefined();
    }
  });

  it('a TIFF whose directories run in a ring, or claim a million fields, costs no time', async () => {
    const ring = Buffer.from('49492a00080000000000080000000000', 'hex');
    const many = Buffer.from('49492a0008000000ffff000000000000', 'hex');
    await writeFile(join(folder, 'ring'), ring);
    await writeFile(join(folder, 'many'), many);
    await expect(demandWholeImage(join(folder, 'ring'))).resolves.toBeUndefined();
    await expect(demandWholeImage(join(folder, 'many'))).rejects.toMatchObject({ code: 'image.truncated' });
  });
});
