/** Reads XML documents piece by piece, in bounded memory; nothing outside the document is ever fetched. */
export { documentText, unfinishedUtf8 } from './document-text.ts';
export {
  type ElementEvent,
  type ElementReading,
  readElements,
} from './elements/read.ts';
export {
  attributeOf,
  childOf,
  childrenOf,
  element,
  textOf,
  type XmlAttribute,
  type XmlChild,
  type XmlElement,
} from './elements/types.ts';
export { elementXml, writeElements } from './elements/write.ts';
export { type ElementRule, grammarOf } from './grammar/notation.ts';
export { type Format, quotedXml, Structure, type StructureFault } from './grammar/structure.ts';
export type { XmlHandler, XmlPlace } from './handler.ts';
export type { XmlRefusals } from './refusals.ts';
export { XmlTokenizer } from './tokenizer.ts';
export {
  attributes,
  escapeUnholdable,
  textElement,
  unescapeUnholdable,
  xmlHolds,
  xmlText,
} from './writing.ts';
