/** PDF as objects: cross-references, streams and their filters, read with limits and without trust. For threads. */

export { type Bytes, bytesOf, indexOf, lastIndexOf, openBytes } from './bytes.ts';
export { type Operation, readContent } from './content.ts';
export { type Header, PdfFile, type PdfLimits } from './file.ts';
export { FilterError } from './filters.ts';
export {
  isDict,
  isRef,
  isStream,
  nameOf,
  numberOf,
  PdfDict,
  PdfName,
  PdfRef,
  PdfStream,
  PdfString,
  type PdfValue,
  textOf,
} from './values.ts';
export { Writing } from './writing.ts';
export type { Section } from './xref.ts';
