import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { imageInfo, makePyramid, thumbnail } from './index.ts';
import { readJpxHeader } from './jpxHeader.ts';

describe('pictures', () => {
  let folder: string;
  const at = (name: string) => join(folder, name);
  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#808080' } });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'images-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are known by their content, not by their name', async () => {
    await plain(40, 30).png().toFile(at('wrong.jpg'));
    expect(await imageInfo(at('wrong.jpg'))).toMatchObject({
      format: 'png',
      width: 40,
      height: 30,
      pages: 1,
    });
    await plain(40, 30).withMetadata({ density: 300, orientation: 6 }).jpeg().toFile(at('a.jpg'));
    expect(await imageInfo(at('a.jpg'))).toMatchObject({ format: 'jpeg', orientation: 6, dpi: 300 });
    await writeFile(at('text.tif'), 'no picture at all');
    await expect(imageInfo(at('text.tif'))).rejects.toMatchObject({ code: 'image.unknownFormat' });
  });

  it('stand upright in pyramids and thumbnails', async () => {
    await plain(400, 300).withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'));
    expect(await makePyramid(at('turned.jpg'), 0, at('turned.tif'))).toEqual({ width: 300, height: 400 });
    expect(await thumbnail(at('turned.jpg'), 0, { maxSide: 100 })).toMatchObject({ width: 75, height: 100 });
  });

  it('leave nothing behind when they are damaged', async () => {
    const whole = await plain(600, 600).png().toBuffer();
    await writeFile(at('cut.png'), whole.subarray(0, 40));
    await expect(makePyramid(at('cut.png'), 0, at('cut.tif'))).rejects.toMatchObject({
      code: 'image.broken',
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('cut.tif'))).toEqual([]);
  });

  it('that claim a billion pixels are refused unread', async () => {
    const head = await plain(8, 8).png().toBuffer();
    head.writeUInt32BE(60_000, 16);
    head.writeUInt32BE(60_000, 20);
    await writeFile(at('bomb.png'), head);
    await expect(thumbnail(at('bomb.png'), 0)).rejects.toMatchObject({
      code: expect.stringMatching(/^image\.(tooLarge|broken)$/),
    });
  });

  it('in JPEG 2000 tell their size in the code stream', () => {
    const siz = Buffer.alloc(49);
    siz.writeUInt32BE(0xff4fff51, 0);
    siz.writeUInt32BE(1000, 8);
    siz.writeUInt32BE(700, 12);
    siz.writeUInt16BE(3, 40);
    siz.writeUInt8(7, 42);
    expect(readJpxHeader(siz)).toMatchObject({ width: 1000, height: 700, components: 3, bits: 8 });
  });
});
