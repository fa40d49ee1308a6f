import { isWhite, Keyword, Lexer } from './lexer.ts';
import { PdfDict, PdfName, type PdfValue } from './values.ts';
import type { Writing } from './writing.ts';

/** An operator of a content stream with what stands before it (ISO 32000-1, 7.8.2). */
export interface Operation {
  operator: string;
  operands: readonly PdfValue[];
  /** Of `BI`: the dictionary of the inline image. */
  image?: PdfDict;
}

const MAX_OPERANDS = 4096;

/** The operations of a content stream, one after another; ends at what can not be read. */
export function* readContent(data: Buffer, writing?: Writing): Generator<Operation> {
  const lexer = new Lexer(data, 0, true, writing);
  let operands: PdfValue[] = [];
  for (;;) {
    let item: PdfValue | Keyword | undefined;
    try {
      // A depth below nought: here no numbers make a reference.
      item = lexer.next(-1);
    } catch {
      return;
    }
    if (item === undefined) return;
    if (!(item instanceof Keyword)) {
      if (operands.length < MAX_OPERANDS) operands.push(item);
      continue;
    }
    if (item.word === 'BI') {
      const image = inlineImage(lexer);
      if (!image) return;
      yield { operator: 'BI', operands: [], image };
    } else if (item.word !== '') yield { operator: item.word, operands };
    operands = [];
  }
}

function inlineImage(lexer: Lexer): PdfDict | undefined {
  const dict = new PdfDict();
  for (;;) {
    const key = lexer.next(-1);
    if (key === undefined) return undefined;
    if (key instanceof Keyword) {
      if (key.word !== 'ID') return undefined;
      break;
    }
    const value = lexer.next(-1);
    if (value === undefined || value instanceof Keyword) return undefined;
    if (key instanceof PdfName) dict.entries.set(key.name, value);
  }
  lexer.at = endOfImage(lexer.bytes, lexer.at + 1);
  return dict;
}

/** Behind the `EI` that ends the data: between white space, with what looks like content after it. */
function endOfImage(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('EI', from, 'latin1'); at >= 0; at = bytes.indexOf('EI', at + 1, 'latin1')) {
    const after = bytes[at + 2];
    if (!isWhite(bytes[at - 1]) || (after !== undefined && !isWhite(after))) continue;
    const next = bytes.subarray(at + 2, at + 22);
    if (next.every((byte) => (byte >= 0x20 && byte < 0x7f) || isWhite(byte))) return at + 2;
  }
  return bytes.length;
}
