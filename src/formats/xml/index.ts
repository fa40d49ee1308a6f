/** Reads XML documents piece by piece, in bounded memory; nothing outside the document is ever fetched. */
export { documentText, unfinishedUtf8 } from './document-text.ts';
export type { XmlRefusals } from './refusals.ts';
export { type XmlHandler, XmlTokenizer } from './tokenizer.ts';
export {
  attributes,
  escapeUnholdable,
  textElement,
  unescapeUnholdable,
  xmlHolds,
  xmlText,
} from './writing.ts';
