/** Metadata schemes: what is said of records of each category and level, as data, and pure judgements by them. */
export { judgeField } from './judgeField.ts';
export {
  type JudgeRecordOptions,
  judgeCode,
  judgeCompleteness,
  judgeRecord,
  judgeSanity,
} from './judgeRecord.ts';
export { labelOf, nameOf, namesOf } from './names.ts';
export { sayFault } from './say.ts';
export { type FieldChange, METADATA_SCHEMES, schemeFor, withChanges } from './schemes.ts';
export type {
  Condition,
  FaultRule,
  FieldType,
  MetadataFault,
  MetadataField,
  MetadataRecord,
  MetadataScheme,
  Names,
  Obligation,
  SchemeLevel,
  Stage,
  Term,
  Vocabulary,
} from './types.ts';
export { hasElement, valueIn } from './values.ts';
export { termOf } from './vocabularies.ts';
