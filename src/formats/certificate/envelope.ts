/**
 * How the signature and the signed statement lie in the PDF. Writer and verifier share this file.
 *
 * The signature dictionary ends in four entries that are always written in this order and form:
 *
 *     /LantaiNumber <number in UTF-8, hex>
 *     /LantaiStatement [offset length]
 *     /ByteRange [0 a b c]
 *     /Contents <CMS in hex, then zeros>
 *
 * The offset points at the hex text of `statement.json` inside the file. So the verifier finds everything from the
 * signature's own place, by position, and needs no PDF parser: whatever else the file holds can not take its place,
 * because all of it is under the signature and none of it is asked.
 */

/** Room for the CMS in bytes (RSA-3072 with a long archive name takes 2,600). */
export const CONTENTS_BYTES = 6144;

/** Placeholders of the width the real numbers are padded to. */
export const UNSET = 9_999_999_999;

export const MARKER = '/LantaiStatement [';
export const BYTE_RANGE = '/ByteRange [';

export function statementText(offset: number, length: number): string {
  return `${MARKER}${padded(offset)} ${padded(length)}]`;
}

export function byteRangeText(a: number, b: number, c: number): string {
  return `${BYTE_RANGE}0 ${padded(a)} ${padded(b)} ${padded(c)}]`;
}

/** Ten characters wide, spaces behind: both a valid PDF number and of a fixed length. */
function padded(n: number): string {
  return String(n).padEnd(10, ' ');
}

const TAIL =
  /\/LantaiNumber <([0-9a-f]{2,2000})>\n\/LantaiStatement \[(\d{1,10}) +(\d{1,10}) *\]\n\/ByteRange \[0 (\d{1,10}) +(\d{1,10}) +(\d{1,10}) *\]\n\/Contents $/;

export interface SignaturePlace {
  number: string;
  statement: { offset: number; length: number };
  /** The first range is 0..holeStart; the hole runs to holeEnd; the second range is holeEnd..holeEnd+rest. */
  holeStart: number;
  holeEnd: number;
  rest: number;
}

/**
 * Reads the entries before the hole.
 *
 * @param before the text of the file that ends right before the `<` of /Contents
 */
export function readSignaturePlace(before: string): SignaturePlace | undefined {
  const match = TAIL.exec(before);
  if (!match) return undefined;
  const [offset, length, holeStart, holeEnd, rest] = match.slice(2).map(Number);
  const place: SignaturePlace = {
    number: Buffer.from(match[1]!, 'hex').toString('utf8'),
    statement: { offset: offset!, length: length! },
    holeStart: holeStart!,
    holeEnd: holeEnd!,
    rest: rest!,
  };
  return place;
}
