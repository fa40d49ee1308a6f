import { mkdir, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { PageOrder } from './order.ts';
import type { PageSheet } from './sheet.ts';

const SPECKS = 90;

/** Ages the picture, gives it the grain of a scanner, and writes it in the format its name asks for. Whole or not at all. */
export async function finishPage(p: PageSheet, o: PageOrder, path: string): Promise<void> {
  stain(p);
  const { width, height } = p.canvas;
  const pixels = p.ctx.getImageData(0, 0, width, height).data;
  addGrain(p, pixels, o.grain);
  let picture = sharp(Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength), {
    raw: { width, height, channels: 4 },
  })
    .removeAlpha()
    .blur(o.dpi > 160 ? 0.5 : 0.4)
    .withDensity(o.dpi);
  if (o.grey) picture = picture.greyscale();
  if (o.turned !== 0) picture = picture.rotate(o.turned);
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  await encoded(picture, path).toFile(part);
  await rename(part, path);
}

function encoded(picture: Sharp, path: string): Sharp {
  if (/\.tiff?$/i.test(path)) return picture.tiff({ compression: 'jpeg', quality: 70 });
  if (/\.png$/i.test(path)) return picture.greyscale().png({ palette: true, colours: 16 });
  return picture.jpeg({ quality: 66 });
}

/** A fold, a shadow along the binding, specks of dust. */
function stain({ ctx, random }: PageSheet): void {
  const shadow = ctx.createLinearGradient(0, 0, 16, 0);
  shadow.addColorStop(0, 'rgba(70, 60, 40, 0.28)');
  shadow.addColorStop(1, 'rgba(70, 60, 40, 0)');
  ctx.fillStyle = shadow;
  ctx.fillRect(0.3, 0.3, 16, 296.4);
  if (random.chance(0.4)) {
    ctx.fillStyle = 'rgba(90, 80, 60, 0.16)';
    ctx.fillRect(0.3, 146 + random.next() * 6, 209, 0.5);
  }
  for (let i = 0; i < SPECKS; i++) {
    ctx.fillStyle = `rgba(60, 50, 40, ${0.15 + random.next() * 0.3})`;
    const size = 0.1 + random.next() * 0.25;
    ctx.fillRect(random.next() * 210, random.next() * 297, size, size);
  }
}

/** Grey noise from one table, shifted by row, so that it costs little. */
function addGrain({ random }: PageSheet, pixels: Uint8ClampedArray, strength: number): void {
  const table = new Int8Array(8_191);
  for (let i = 0; i < table.length; i++)
    table[i] = Math.round((random.next() + random.next() + random.next() - 1.5) * 30 * strength);
  let at = random.int(0, table.length - 1);
  for (let i = 0; i < pixels.length; i += 4) {
    const n = table[at]!;
    at = at + 1 === table.length ? (i >> 2) % 97 : at + 1;
    pixels[i] = pixels[i]! + n;
    pixels[i + 1] = pixels[i + 1]! + n;
    pixels[i + 2] = pixels[i + 2]! + n;
  }
}
