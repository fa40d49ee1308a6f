/** Metadata schemes: what is said of records of each category and level, as data, and pure judgements by them. */
export { areaOf, inFormOrder } from './areas.ts';
export { canonical, termsIn } from './canonical.ts';
export { type DeriveFrom, derived, templateFaults, templateKeys } from './derive.ts';
export { ELEMENT_LENGTHS, type ElementKey, elementBy } from './elements.ts';
export {
  type DescriptionFinding,
  type FindingWeight,
  fieldsOf,
  type Gaps,
  gapsOf,
  type JudgeAbout,
  judge,
  judgeElement,
  lacking,
} from './judge.ts';
export { judgeField } from './judgeField.ts';
export {
  type JudgeRecordOptions,
  judgeCode,
  judgeCompleteness,
  judgeRecord,
  judgeSanity,
} from './judgeRecord.ts';
export { labelOf, nameOf, namesOf } from './names.ts';
export {
  type ElementChange,
  EMPTY_BODY,
  isOwnKey,
  lengthOf,
  type Obligations,
  type OwnElement,
  type OwnObligation,
  type OwnVocabulary,
  ownKey,
  type SchemeBody,
  withBody,
} from './ownElements.ts';
export { checkPattern, type PatternFault } from './pattern.ts';
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
export {
  AREAS,
  type Area,
  AUTHORITY_KINDS,
  type AuthorityKind,
  SCHEME_LEVELS,
} from './types.ts';
export { hasElement, slotsOfCode, valueIn } from './values.ts';
export { termOf } from './vocabularies.ts';
