/** The place a document is being read at, as a handler sees it; its values hold during the call alone. */
export interface XmlPlace {
  /** Whether the handler is told of text just now. */
  wantsText: boolean;
  /** Whether the handler is given words as they stand. */
  wantsRaw: boolean;
  /** Open elements, the present one included. */
  readonly depth: number;
  readonly parent: string;
  readonly written: string;
  readonly line: number;
  attributes(): { name: string; value: string }[];
  attribute(name: string): string | undefined;
  prefixedAttribute(name: string): string | undefined;
  keyword(name: string): string | undefined;
  integer(name: string, absent: number): number;
}

/** What the reader of a document is told. Names are local: `x:row` comes as `row`. */
export interface XmlHandler {
  /** Attributes are read through the tokenizer, and only during this call. */
  open(name: string, xml: XmlPlace): void;
  close(name: string, xml: XmlPlace): void;
  /** May come in several pieces. Called only while `xml.wantsText`. */
  text(text: string): void;
  /** The very words of the document, in pieces. Called only while `xml.wantsRaw`. */
  raw?(words: string): void;
}

export interface TokenizerOptions {
  /**
   * A document type declaration is refused, or passed over: nothing it names is fetched, and of the entities it
   * declares itself only those that stand for plain words are resolved. Default `refuse`.
   */
  doctype?: 'refuse' | 'pass';
  /** Lines are counted, for `xml.line`. */
  lines?: boolean;
}
