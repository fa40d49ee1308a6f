import { line, VERMILION } from './sheet.ts';

/**
 * The archive's seal, drawn: a double ring, the archive's name around, bound slips (简册) in the middle, the purpose
 * below. A neutral drawing without emblem or star; what makes the copy valid is the signature, not the picture.
 */
export function drawSeal(
  doc: PDFKit.PDFDocument,
  seal: { x: number; y: number; radius: number; name: string; caption: string },
): void {
  const { x, y, radius: r } = seal;
  doc.save().strokeColor(VERMILION).fillColor(VERMILION).opacity(0.82);
  doc
    .circle(x, y, r)
    .lineWidth(r * 0.05)
    .stroke();
  doc
    .circle(x, y, r * 0.925)
    .lineWidth(r * 0.012)
    .stroke();
  drawArc(doc, seal.name, x, y, r * 0.85);
  drawSlips(doc, x, y - r * 0.03, r * 0.46);
  doc.font('bold').fontSize(1);
  const size = Math.min(r * 0.2, (r * 1.24) / doc.widthOfString(seal.caption));
  doc.fontSize(size);
  line(doc, seal.caption, x - r, y + r * 0.44, { width: r * 2, align: 'center' });
  doc.restore();
}

const MOST_DEGREES = 250;

/** Letters along the inside of the ring, the middle of the text at the top. */
function drawArc(doc: PDFKit.PDFDocument, text: string, x: number, y: number, outer: number): void {
  const letters = [...text];
  doc.font('bold').fontSize(1);
  const natural = letters.map((letter) => doc.widthOfString(letter));
  const total = natural.reduce((sum, w) => sum + w, 0);
  const available = (outer * 0.87 * MOST_DEGREES * Math.PI) / 180;
  const size = Math.min(outer * 0.3, available / (total * 1.12));
  const gap = Math.min(
    size * 0.5,
    letters.length > 1 ? (available - total * size) / (letters.length - 1) : 0,
  );
  const degreesPer = 180 / (Math.PI * (outer - size / 2));
  let at = (-(total * size + gap * (letters.length - 1)) / 2) * degreesPer;
  doc.fontSize(size);
  letters.forEach((letter, i) => {
    const width = natural[i]! * size;
    const middle = at + (width / 2) * degreesPer;
    doc.save().rotate(middle, { origin: [x, y] });
    line(doc, letter, x - width / 2, y - outer - size * 0.16);
    doc.restore();
    at += (width + gap) * degreesPer;
  });
}

/** Five bamboo slips held by two cords: the oldest form of a file. */
function drawSlips(doc: PDFKit.PDFDocument, x: number, y: number, height: number): void {
  const step = height * 0.2;
  const width = step * 0.55;
  for (let i = -2; i <= 2; i++) {
    const drop = Math.abs(i) * height * 0.045;
    doc
      .roundedRect(x + i * step - width / 2, y - height / 2 + drop, width, height - drop * 2, width / 3)
      .fill();
  }
  doc.lineWidth(height * 0.05);
  for (const at of [-0.2, 0.2]) {
    doc
      .moveTo(x - step * 2.9, y + height * at)
      .lineTo(x + step * 2.9, y + height * at)
      .stroke();
  }
}

/** The mark on each copied page: archive, purpose of the stamp, date and reference code in a frame [S:XG]. */
export function drawUseStamp(
  doc: PDFKit.PDFDocument,
  stamp: {
    right: number;
    bottom: number;
    lines: readonly [name: string, purpose: string, date: string, code: string];
  },
): void {
  const sizes = [8.5, 12, 8.5, 7.5];
  doc.font('bold').fontSize(10);
  const widths = stamp.lines.map((text, i) => (doc.widthOfString(text) * sizes[i]!) / 10);
  const width = Math.min(Math.max(118, ...widths.map((w) => w + 20)), 210);
  const height = 60;
  const x = stamp.right - width;
  const y = stamp.bottom - height;
  doc
    .save()
    .opacity(0.9)
    .strokeColor(VERMILION)
    .fillColor(VERMILION)
    .lineWidth(1.6)
    .rect(x, y, width, height)
    .stroke();
  doc
    .lineWidth(0.5)
    .rect(x + 2.6, y + 2.6, width - 5.2, height - 5.2)
    .stroke();
  const tops = [5, 16, 32.5, 44.5];
  stamp.lines.forEach((text, i) => {
    const size = Math.min(sizes[i]!, (sizes[i]! * (width - 14)) / Math.max(1, widths[i]!));
    doc.font('bold').fontSize(size);
    line(doc, text, x, y + tops[i]! - size * 0.12, { width, align: 'center' });
  });
  doc.restore();
}

const SEAM_GROUP = 12;

/**
 * The seam seal 骑缝章: each sheet carries one strip of the same seal at its right edge, so that a sheet exchanged or
 * missing shows when they are fanned out. Groups of up to 12 sheets share one seal.
 */
export function drawSeamStrip(
  doc: PDFKit.PDFDocument,
  sheet: { index: number; count: number; name: string; caption: string },
): void {
  const groups = Math.ceil(sheet.count / SEAM_GROUP);
  const size = Math.ceil(sheet.count / groups);
  const group = Math.floor(sheet.index / size);
  const members = Math.min(size, sheet.count - group * size);
  if (members < 2) return;
  const radius = 42;
  const strip = (radius * 2.1) / members;
  const edge = doc.page.width;
  const middle = doc.page.height / 2;
  const left = edge - strip;
  doc
    .save()
    .rect(left, middle - radius * 1.1, strip, radius * 2.2)
    .clip();
  const x = left - strip * (sheet.index - group * size) + radius * 1.05;
  drawSeal(doc, { x, y: middle, radius, name: sheet.name, caption: sheet.caption });
  doc.restore();
}
