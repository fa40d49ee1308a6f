/** Records of bodies, persons and families: EAC-CPF 2010 read record by record and written. Usable alone. */
export { readEac } from './read.ts';
export type { EacIdentifier, EacKept, EacName, EacRecord, EacRelation, EacSpan, EacTexts } from './types.ts';
export { EAC_TEXTS } from './types.ts';
export { type EacMade, writeEac } from './write.ts';
