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
  const bandHeight = 114;
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
  doc.fontSize(fittingSize(doc, number, 150, 9.5, 5));
  line(doc, number, MARGIN.left, top + QR + 8);
  doc.fontSize(8).fillColor(FAINT);
  line(doc, wording.scan, MARGIN.left, top + QR + 22);
}

function drawNames(sheet: Sheet, signOff: SignOff, top: number): SignOffPlace['seal'] {
  const { doc, wording } = sheet;
  const colon = sheet.wide ? '：' : ': ';
  const left = MARGIN.left + contentWidth(doc) * 0.42;
  const width = doc.page.width - MARGIN.right - left;
  const name = sheet.draw(signOff.archiveName);
  const seal = { x: left + width - SEAL_RADIUS, y: top + SEAL_RADIUS + 2 };
  drawSeal(doc, { ...seal, radius: SEAL_RADIUS, name, caption: wording.sealCaption });
  const lines = [
    `${wording.officer}${colon}${sheet.draw(signOff.officer)}`,
    `${wording.approver}${colon}${sheet.draw(signOff.approver)}`,
    name,
    `${wording.issuedOn}${colon}${signOff.issuedOn}`,
  ];
  if (signOff.validUntil) lines.push(`${wording.validUntil}${colon}${signOff.validUntil}`);
  // Ink over vermilion, so that names and date stay legible where the seal touches them.
  doc.font('regular').fillColor(INK);
  let y = top + 6;
  lines.forEach((text, i) => {
    doc.fontSize(fittingSize(doc, text, i < 2 ? width - SEAL_RADIUS * 2 : width - 16, 11, 6));
    line(doc, text, left, y);
    y += i === 1 ? 26 : 20;
  });
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
