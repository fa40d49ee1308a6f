import type { XmlTokenizer } from './tokenizer.ts';

/** What the reader of a document is told. Names are local: `x:row` comes as `row`. */
export interface XmlHandler {
  /** Attributes are read through the tokenizer, and only during this call. */
  open(name: string, xml: XmlTokenizer): void;
  close(name: string, xml: XmlTokenizer): void;
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
