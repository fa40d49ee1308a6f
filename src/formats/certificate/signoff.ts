import { keepTogether } from './extract.ts';
import { drawQr } from './qr.ts';
import { drawSeal } from './seal.ts';
import { contentWidth, FAINT, fittingSize, INK, line, MARGIN, rule, type Sheet } from './sheet.ts';

export interface SignOff {
  attest: string;
  archiveName: string;
  officer: string;
  approver: string;
  issuedOn: string;
  validUntil?: string;
  number: string;
  verifyUrl: string;
}

/** Where the rest of the document refers to: the page, the seal's rectangle, and the place kept for the digest. */
export interface SignOffPlace {
  page: number;
  seal: { x: number; y: number; width: number; height: number };
  digest: { x: number; y: number; width: number };
}

const QR = 80;
const SEAL_RADIUS = 55;
const NUMBER_WIDTH = 172;

/** The closing block: attestation, QR code with the number, names, date and seal, digest, how to verify. */
export function drawSignOff(sheet: Sheet, signOff: SignOff): SignOffPlace {
  const { doc, wording } = sheet;
  const width = contentWidth(doc);
  doc.font('regular').fontSize(11.5);
  const attestHeight = doc.heightOfString(signOff.attest, { width, lineGap: 4 });
  for (const name of [signOff.archiveName, signOff.officer, signOff.approver, signOff.number])
    sheet.draw(name);
  const remarks = sheet.replaced.size > 0 ? `${wording.scope}\n${wording.undrawable}` : wording.scope;
  const remarksHeight = doc.fontSize(9).heightOfString(remarks, { width, lineGap: 2 });
  doc.fontSize(7.5);
  const howHeight = doc.heightOfString(wording.howToVerify, { width, lineGap: 1.5 });
  const namesHeight = nameLines(sheet, signOff).reduce((sum, { advance }) => sum + advance, 8);
  const bandHeight = Math.max(SEAL_RADIUS * 2 + 4, namesHeight);
  const digestHeight = 34;
  const height = 10 + attestHeight + 2 + remarksHeight + 14 + bandHeight + digestHeight + howHeight + 8;
  if (keepTogether(doc, height)) {
    doc.font('regular').fontSize(10).fillColor(FAINT).text(wording.noTextHere, MARGIN.left, doc.y, { width });
    doc.y += 10;
  }
  doc.y += 10;
  doc
    .font('regular')
    .fontSize(11.5)
    .fillColor(INK)
    .text(signOff.attest, MARGIN.left, doc.y, { width, lineGap: 4 });
  doc
    .fontSize(9)
    .fillColor(FAINT)
    .text(remarks, MARGIN.left, doc.y + 2, { width, lineGap: 2 });
  const bottom = doc.page.maxY() - howHeight - digestHeight - 6;
  const top = Math.min(doc.y + 14, bottom - bandHeight);
  drawQrBlock(sheet, signOff, top);
  const seal = drawNames(sheet, signOff, top);
  rule(doc, bottom);
  doc.font('regular').fontSize(7.5).fillColor(FAINT);
  doc.text(wording.howToVerify, MARGIN.left, bottom + digestHeight, { width, lineGap: 1.5 });
  doc.x = MARGIN.left;
  return {
    page: doc.bufferedPageRange().count - 1,
    seal,
    digest: { x: MARGIN.left, y: bottom + 7, width },
  };
}

function drawQrBlock(sheet: Sheet, signOff: SignOff, top: number): void {
  const { doc, wording } = sheet;
  drawQr(doc, signOff.verifyUrl, MARGIN.left - 7, top - 6, QR + 14);
  doc.font('regular').fillColor(INK);
  const number = sheet.draw(signOff.number);
  doc.fontSize(fittingSize(doc, number, NUMBER_WIDTH, 9.5, 7.5));
  doc.text(number, MARGIN.left, top + QR + 6, { width: NUMBER_WIDTH });
  doc.fontSize(8).fillColor(FAINT);
  line(doc, wording.scan, MARGIN.left, doc.y + 1);
}

interface NameLine {
  text: string;
  size: number;
  /** From its top to the top of the next. */
  advance: number;
}

const NAMES_LEFT = 0.42;

/** Names and dates, left of the seal. What is too long at a size one can read goes over several lines. */
function nameLines(sheet: Sheet, signOff: SignOff): NameLine[] {
  const { doc, wording } = sheet;
  const colon = sheet.wide ? '：' : ': ';
  const width = namesWidth(doc);
  const lines = [
    `${wording.officer}${colon}${sheet.draw(signOff.officer)}`,
    `${wording.approver}${colon}${sheet.draw(signOff.approver)}`,
    sheet.draw(signOff.archiveName),
    `${wording.issuedOn}${colon}${signOff.issuedOn}`,
  ];
  if (signOff.validUntil) lines.push(`${wording.validUntil}${colon}${signOff.validUntil}`);
  doc.font('regular');
  return lines.map((text, i) => {
    const size = fittingSize(doc, text, width, 11, 9);
    const height = doc.fontSize(size).heightOfString(text, { width, lineGap: 1 });
    return { text, size, advance: Math.max(height + 3, i === 1 ? 26 : 20) };
  });
}

function namesWidth(doc: PDFKit.PDFDocument): number {
  return contentWidth(doc) * (1 - NAMES_LEFT) - SEAL_RADIUS * 2 + 4;
}

function drawNames(sheet: Sheet, signOff: SignOff, top: number): SignOffPlace['seal'] {
  const { doc, wording } = sheet;
  const left = MARGIN.left + contentWidth(doc) * NAMES_LEFT;
  const seal = { x: doc.page.width - MARGIN.right - SEAL_RADIUS, y: top + SEAL_RADIUS + 2 };
  const name = sheet.draw(signOff.archiveName);
  drawSeal(doc, { ...seal, radius: SEAL_RADIUS, name, caption: wording.sealCaption });
  // Ink over vermilion, so that names and date stay legible where the seal touches them.
  doc.font('regular').fillColor(INK);
  let y = top + 6;
  for (const { text, size, advance } of nameLines(sheet, signOff)) {
    doc.fontSize(size).text(text, left, y, { width: namesWidth(doc), lineGap: 1 });
    y += advance;
  }
  return {
    x: seal.x - SEAL_RADIUS,
    y: seal.y - SEAL_RADIUS,
    width: SEAL_RADIUS * 2,
    height: SEAL_RADIUS * 2,
  };
}

/** Fills the place kept for the digest, once the content has been read. */
export function drawDigest(sheet: Sheet, place: SignOffPlace, digest: string): void {
  const { doc, wording } = sheet;
  doc.switchToPage(place.page);
  const { x, y } = place.digest;
  doc.font('regular').fontSize(8).fillColor(FAINT);
  line(doc, wording.digest, x, y);
  doc.fontSize(8).fillColor(INK);
  line(doc, digest.match(/.{8}/g)!.join(' '), x, y + 11.5);
}
