/** The kinds of PDF object (ISO 32000-1, 7.3). Numbers, booleans and null are those of JavaScript. */
export type PdfValue =
  | null
  | boolean
  | number
  | PdfName
  | PdfString
  | PdfRef
  | PdfValue[]
  | PdfDict
  | PdfStream;

/** A name, its `#xx` resolved; each character stands for one byte. */
export class PdfName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

export class PdfString {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** As text: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (near enough Latin-1 with its own signs at 0x80). */
  get text(): string {
    const { bytes } = this;
    if (bytes[0] === 0xfe && bytes[1] === 0xff)
      return new TextDecoder('utf-16be').decode(bytes.subarray(2)).replace(/\u001b[^\u001b]*\u001b/g, '');
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
    return [...bytes].map((b) => DOC_ENCODING[b] ?? String.fromCharCode(b)).join('');
  }
}

/** Where PDFDocEncoding (ISO 32000-1, annex D.2) differs from Latin-1. */
const DOC_ENCODING: Readonly<Record<number, string>> = Object.fromEntries([
  ...[...'˘ˇˆ˙˝˛˚˜'].map((c, i) => [0x18 + i, c] as const),
  ...[...'•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž'].map((c, i) => [0x80 + i, c] as const),
  [0xa0, '€'] as const,
]);

export class PdfRef {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}

export class PdfDict {
  readonly entries = new Map<string, PdfValue>();
  get(key: string): PdfValue | undefined {
    return this.entries.get(key);
  }
  has(key: string): boolean {
    return this.entries.has(key);
  }
  keys(): string[] {
    return [...this.entries.keys()];
  }
}

/** How a stream lies in the file: what its dictionary says of the length, and what is so. */
export interface StreamPlace {
  /** Offset of the first byte of the data. */
  start: number;
  length: number;
  /** The data, an end-of-line marker, and `endstream` follow each other as the Length says. */
  lengthRight: boolean;
  /** `endstream` directly follows the data, without an end-of-line marker. */
  endUnmarked: boolean;
  /** CR LF or LF follows the keyword `stream`. */
  keywordRight: boolean;
}

export class PdfStream {
  readonly dict: PdfDict;
  readonly place: StreamPlace;
  constructor(dict: PdfDict, place: StreamPlace) {
    this.dict = dict;
    this.place = place;
  }
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof PdfDict;
export const isStream = (value: PdfValue | undefined): value is PdfStream => value instanceof PdfStream;
export const isRef = (value: PdfValue | undefined): value is PdfRef => value instanceof PdfRef;
export const nameOf = (value: PdfValue | undefined): string | undefined =>
  value instanceof PdfName ? value.name : undefined;
export const textOf = (value: PdfValue | undefined): string | undefined =>
  value instanceof PdfString ? value.text : undefined;
export const numberOf = (value: PdfValue | undefined): number | undefined =>
  typeof value === 'number' ? value : undefined;
