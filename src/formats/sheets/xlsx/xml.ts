import { documentText, type XmlHandler, type XmlRefusals, XmlTokenizer } from '#formats/xml';
import { damaged, refuse } from '../refusals.ts';

const REFUSALS: XmlRefusals = {
  damaged: (what, cause) => damaged(what, {}, cause),
  forbidden: (what) => refuse('forbiddenXml', `the file ${what}, which no spreadsheet program writes.`),
};

/** Reads the XML of a workbook's part. */
export function partTokenizer(handler: XmlHandler): XmlTokenizer {
  return new XmlTokenizer(handler, REFUSALS);
}

/** The bytes of a part as sound UTF-8. */
export function partText(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  return documentText(bytes, REFUSALS);
}

/**
 * Resolves `_xHHHH_`, by which the format writes characters XML can not hold (ECMA-376-1 section 22.9.2.19,
 * ST_Xstring). `_x005F_` stands for a literal underscore before what would else be such an escape.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
