import { XmlTokenizer } from '#formats/xml';
import type { Format, SignatureFile } from '../types.ts';
import { signatureRefusals } from './refusals.ts';
import { SignatureGathering } from './sequences.ts';

/** Fifty times the size of the present PRONOM release. */
export const LARGEST_SIGNATURE_FILE = 200_000_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/**
 * Reads a DROID signature file, of the old form (sub-sequences with fragments and shifts) or the new (the whole
 * sequence in one expression). What DROID derives for its own search (shifts, fragment lengths) is passed over.
 *
 * @param name as the person knows the file, for what is said about it
 * @throws Refusal `pronom.signatures` when it is no signature file or holds no signature that can be used
 */
export function readSignatureFile(bytes: Buffer, name: string): SignatureFile {
  const refusals = signatureRefusals(name);
  if (bytes.length > LARGEST_SIGNATURE_FILE) throw refusals.no('it is too large');
  const gathering = new SignatureGathering();
  const formats: Format[] = [];
  let format: Mutable<Format> | undefined;
  let head: { version: string; created: string } | undefined;
  let words = '';
  const spoken = new Set(['InternalSignatureID', 'Extension', 'HasPriorityOverFileFormatID']);
  const open = (element: string, xml: XmlTokenizer) => {
    if (xml.depth === 1) {
      if (element !== 'FFSignatureFile') throw refusals.no('it is no DROID signature file');
      head = { version: xml.attribute('Version') ?? '', created: xml.attribute('DateCreated') ?? '' };
    } else if (element === 'FileFormat') format = formatOf(xml);
    else if (format && spoken.has(element)) {
      words = '';
      xml.wantsText = true;
    } else if (element !== 'Shift' && element !== 'DefaultShift') gathering.open(element, xml);
  };
  const close = (element: string, xml: XmlTokenizer) => {
    if (format && spoken.has(element)) {
      xml.wantsText = false;
      if (element === 'Extension') format.extensions.push(words.trim().toLowerCase());
      else (element === 'InternalSignatureID' ? format.signatureIds : format.over).push(words.trim());
    } else if (element === 'FileFormat' && format) {
      if (format.puid) formats.push(format);
      format = undefined;
    } else gathering.close(element, xml);
  };
  const text = (piece: string) => {
    if (format) words += piece;
    else gathering.text(piece);
  };
  const xml = new XmlTokenizer({ open, close, text }, refusals);
  xml.write(withoutMark(bytes));
  xml.end();
  if (!head || formats.length === 0) throw refusals.no('it describes no format');
  if (gathering.signatures.length === 0) throw refusals.no('it holds no signature that can be understood');
  return { ...head, formats, signatures: gathering.signatures, problems: gathering.problems };
}

/** Without the mark that may stand before UTF-8. */
export function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function formatOf(xml: XmlTokenizer): Mutable<Format> {
  return {
    id: xml.attribute('ID') ?? '',
    puid: xml.attribute('PUID') ?? '',
    name: xml.attribute('Name') ?? '',
    version: xml.attribute('Version') ?? '',
    mime: xml.attribute('MIMEType') ?? '',
    extensions: [],
    signatureIds: [],
    over: [],
  };
}
