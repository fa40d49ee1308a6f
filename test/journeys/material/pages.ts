import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';

const FONT = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
);
const FAMILY = 'Journey Serif';
GlobalFonts.registerFromPath(FONT, FAMILY);

/** A page as a scanner at 150 dpi gives it: A4, paper not quite white, ink not quite black. */
export function drawPage(lines: readonly string[]): Buffer {
  const canvas = createCanvas(1240, 1754);
  const draw = canvas.getContext('2d');
  draw.fillStyle = '#f6f2e6';
  draw.fillRect(0, 0, canvas.width, canvas.height);
  draw.fillStyle = '#262220';
  lines.forEach((line, n) => {
    draw.font = `${n === 0 ? 52 : 38}px "${FAMILY}"`;
    draw.fillText(line, n === 0 ? 240 : 150, 240 + n * 92);
  });
  return canvas.toBuffer('image/png');
}

export async function writeImage(path: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const image = sharp(drawPage(lines)).withMetadata({ density: 150 });
  if (path.endsWith('.png')) await image.png().toFile(path);
  else if (path.endsWith('.tif')) await image.tiff({ compression: 'lzw' }).toFile(path);
  else await image.jpeg({ quality: 88 }).toFile(path);
}

/** A born-digital PDF: its text is in it. */
export async function writePdf(path: string, pages: readonly (readonly string[])[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const document = new PDFDocument({ size: 'A4', margin: 72, autoFirstPage: false });
  const file = createWriteStream(path);
  document.pipe(file);
  document.registerFont(FAMILY, FONT);
  for (const lines of pages) {
    document.addPage();
    lines.forEach((line, n) => {
      document
        .font(FAMILY)
        .fontSize(n === 0 ? 20 : 14)
        .text(line);
      document.moveDown();
    });
  }
  document.end();
  await finished(file);
}

/** A file that is no picture, under a picture's name. */
export async function writeBroken(folder: string, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3, 0xff, 0xd9]));
}
