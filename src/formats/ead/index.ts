/** Reads finding aids in EAD 2002 (document type and schema) and EAD3, as a stream of descriptions. Usable alone. */
export { beginsAsXml, type EadDocument, openEad } from './open.ts';
export type { EadContainer, EadDate, EadDescription, EadTitle, EadUnitId } from './types.ts';
