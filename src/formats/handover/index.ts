/** Handover folders of 2012 and of DA/T 93-2022: recognised, read, written, validated. Usable alone. */
export type { HandoverDeclared } from './declared.ts';
export {
  type CatalogueRule,
  type FieldRule,
  HANDOVER_2012,
  HANDOVER_2022,
  type HandoverProfile,
} from './profile.ts';
export { type HandoverFolder, type HandoverItem, readHandover } from './read.ts';
export { recogniseHandover } from './recognise.ts';
export { type HandoverOptions, type HandoverReport, validateHandover } from './validate/validate.ts';
export type { HandoverEncoding } from './writing/encode.ts';
export type {
  HandoverEntryInput,
  HandoverFileInput,
  HandoverItemInput,
  HandoverVolumeInput,
} from './writing/item.ts';
export { type HandoverInput, handoverFiles, handoverFolder } from './writing/write.ts';
