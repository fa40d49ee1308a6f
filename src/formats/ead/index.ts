/** Finding aids: EAD 2002 (document type and schema) and EAD3 read as a stream of descriptions, EAD3 written. Usable alone. */
export { OWN_ELEMENT } from './capture.ts';
export { beginsAsXml, type EadDocument, openEad } from './open.ts';
export type { EadContainer, EadDate, EadDescription, EadTitle, EadUnitId } from './types.ts';
export { createEadWriter, type EadEntry, type EadHead, type EadNote } from './write.ts';
