import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { Refusal } from '#kernel/errors';
import type { PageImage } from './input.ts';
import { drawUseStamp } from './seal.ts';
import { FAINT, HAIRLINE, line, MARGIN, type Sheet } from './sheet.ts';

/** 200 dpi on A4: what DA/T 31 asks of a scan of text; more would only swell the file. */
const MOST_PIXELS = { long: 2339, short: 1654 };
const MAX_SOURCE_BYTES = 512 * 1024 * 1024;
const MAX_SOURCE_PIXELS = 400_000_000;
const JPEG_QUALITY = 80;
/** The stamp touches the copy's lower edge only, so that it hides nothing of the record. */
const STAMP_DROP = 57;

export interface CopiedPage {
  label: string;
  sha256: string;
}

export interface CopyMarks {
  archiveName: string;
  date: string;
  referenceCode: string;
}

/**
 * Adds one sheet per page image, each with the mark of use. One image is in memory at a time.
 *
 * @returns label and SHA-256 of each source, in order
 * @throws Refusal `certificate.pageUnreadable` when an image can not be read in full
 */
export async function drawPageImages(
  sheet: Sheet,
  pages: readonly PageImage[],
  marks: CopyMarks,
): Promise<CopiedPage[]> {
  const copied: CopiedPage[] = [];
  for (const [index, page] of pages.entries()) {
    const { jpeg, width, height, sha256 } = await scaled(page);
    drawCopy(
      sheet,
      { jpeg, width, height },
      sheet.wording.copyOf(sheet.draw(page.label), index + 1, pages.length),
      marks,
    );
    copied.push({ label: page.label, sha256 });
  }
  return copied;
}

async function scaled(
  page: PageImage,
): Promise<{ jpeg: Buffer; width: number; height: number; sha256: string }> {
  try {
    const source = await page.read();
    const bytes = typeof source.picture === 'string' ? await readWhole(source.picture) : source.picture;
    const sha256 = source.sourceSha256 ?? createHash('sha256').update(bytes).digest('hex');
    const image = sharp(bytes, { limitInputPixels: MAX_SOURCE_PIXELS, failOn: 'error' });
    const { width = 0, height = 0, space, orientation = 1 } = await image.metadata();
    const upright = orientation >= 5 ? height >= width : width <= height;
    const { data, info } = await image
      .rotate()
      .flatten({ background: '#ffffff' })
      .resize({
        width: upright ? MOST_PIXELS.short : MOST_PIXELS.long,
        height: upright ? MOST_PIXELS.long : MOST_PIXELS.short,
        fit: 'inside',
        withoutEnlargement: true,
      })
      .toColourspace(space === 'b-w' || space === 'grey16' ? 'b-w' : 'srgb')
      .jpeg({ quality: JPEG_QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height, sha256 };
  } catch (cause) {
    throw new Refusal(
      'certificate.pageUnreadable',
      `The image of page ${page.label} can not be read in full, so no copy of it can be certified. Check the held file.`,
      { page: page.label },
      { cause },
    );
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > MAX_SOURCE_BYTES) throw new RangeError(`image of ${size} bytes`);
  return readFile(path);
}

function drawCopy(
  sheet: Sheet,
  image: { jpeg: Buffer; width: number; height: number },
  caption: string,
  marks: CopyMarks,
): void {
  const { doc } = sheet;
  doc.addPage({
    size: 'A4',
    layout: image.width > image.height * 1.1 ? 'landscape' : 'portrait',
    margins: { ...MARGIN },
  });
  const box = {
    x: 40,
    y: MARGIN.top - 12,
    width: doc.page.width - 80,
    height: doc.page.height - MARGIN.top - MARGIN.bottom - 46,
  };
  const scale = Math.min(box.width / image.width, box.height / image.height);
  const [width, height] = [image.width * scale, image.height * scale];
  const [x, y] = [box.x + (box.width - width) / 2, box.y + (box.height - height) / 2];
  doc.image(image.jpeg, x, y, { width, height });
  doc.rect(x, y, width, height).lineWidth(0.4).strokeColor(HAIRLINE).stroke();
  drawUseStamp(doc, {
    right: Math.min(x + width, doc.page.width - 56),
    bottom: y + height + STAMP_DROP,
    lines: [
      sheet.draw(marks.archiveName),
      sheet.wording.useStamp,
      marks.date,
      sheet.draw(marks.referenceCode),
    ],
  });
  doc.font('regular').fontSize(8).fillColor(FAINT);
  line(doc, caption, Math.max(x, MARGIN.left), y + height + 12);
}
