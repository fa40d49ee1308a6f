import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePyramid } from '#formats/images';
import { imageInformation } from './info.ts';
import { DEFAULT_LIMITS, openPyramid, type Pyramid, renderImage } from './render.ts';

/** Four quarters: red, green, blue, white. */
async function quarters(path: string): Promise<void> {
  const block = (background: string) => ({
    create: { width: 700, height: 500, channels: 3 as const, background },
  });
  const part = async (background: string, left: number, top: number) => ({
    input: await sharp(block(background)).png().toBuffer(),
    left,
    top,
  });
  await sharp({ create: { width: 1400, height: 1000, channels: 3, background: '#fff' } })
    .composite([await part('#ff0000', 0, 0), await part('#00ff00', 700, 0), await part('#0000ff', 0, 500)])
    .png()
    .toFile(path);
}

async function colourAt(data: Buffer, x: number, y: number): Promise<string> {
  const { data: raw, info } = await sharp(data)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [r = 0, g = 0, b = 0] = raw.subarray((y * info.width + x) * info.channels);
  return `${r > 128 ? 'r' : ''}${g > 128 ? 'g' : ''}${b > 128 ? 'b' : ''}`;
}

describe('answering image requests from a pyramid', () => {
  let folder: string;
  let pyramid: Pyramid;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'iiif-'));
    await quarters(join(folder, 'a.png'));
    await makePyramid(join(folder, 'a.png'), 0, join(folder, 'a.tif'));
    pyramid = await openPyramid(join(folder, 'a.tif'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('finds levels that halve', () => {
    expect(pyramid.levels[0]).toEqual({ width: 1400, height: 1000 });
    expect(pyramid.levels[1]).toEqual({ width: 700, height: 500 });
  });

  it('cuts, scales and turns as asked', async () => {
    const tile = await renderImage(pyramid, '700,0,512,512/256,/0/default.jpg');
    expect(tile).toMatchObject({ width: 256, height: 256, mime: 'image/jpeg' });
    expect(await colourAt(tile.data, 128, 128)).toBe('g');
    const turned = await renderImage(pyramid, 'full/140,/90/default.png');
    expect(turned).toMatchObject({ width: 100, height: 140, mime: 'image/png' });
    expect(await colourAt(turned.data, 80, 20)).toBe('r');
    expect(await colourAt(turned.data, 20, 20)).toBe('b');
    const mirrored = await renderImage(pyramid, 'full/140,/!0/default.png');
    expect(await colourAt(mirrored.data, 120, 20)).toBe('r');
    const mirroredAndTurned = await renderImage(pyramid, 'full/140,/!90/default.png');
    expect(await colourAt(mirroredAndTurned.data, 80, 20)).toBe('g');
  });

  it('gives grey and black-and-white', async () => {
    const grey = await sharp((await renderImage(pyramid, 'full/100,/0/gray.png')).data).stats();
    expect(grey.isOpaque).toBe(true);
    const { data } = await renderImage(pyramid, 'full/100,/0/bitonal.png');
    const levels = new Set(await sharp(data).greyscale().raw().toBuffer());
    expect([...levels].every((v) => v === 0 || v === 255)).toBe(true);
  });

  it('says in info.json what it can do', () => {
    expect(imageInformation('https://example.org/iiif/1', pyramid.levels, DEFAULT_LIMITS)).toMatchObject({
      id: 'https://example.org/iiif/1',
      profile: 'level2',
      width: 1400,
      height: 1000,
      tiles: [{ width: 512, height: 512, scaleFactors: [1, 2, 4] }],
    });
  });

  it('refuses a file that is missing', async () => {
    await expect(openPyramid(join(folder, 'none.tif'))).rejects.toMatchObject({ code: 'iiif.noPyramid' });
  });
});
