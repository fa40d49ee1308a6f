/** Reference codes 档号: DA/T 13-2022, DA/T 22-2015 and legacy forms; templates are data. */
export { type Category, categories, categoryByCode, readCategory } from './categories.ts';
export { counts, ELEMENTS, type ElementName, elementsOf, slotsOf, type TemplateElement } from './elements.ts';
export {
  type AncestorCode,
  ancestorCodes,
  counterScopeKey,
  formatReferenceCode,
  type SlotInput,
} from './format.ts';
export { normaliseReferenceCode, referenceCodeKey } from './normalise.ts';
export { codeOf, counterAt, standardTemplate, valuesAbove } from './numbering.ts';
export { type CodeReading, type ParsedCode, parseReferenceCode } from './parse.ts';
export { type Retention, readRetention, retentionEnds, retentions } from './retention.ts';
export { matchKey, sortKey } from './sortKey.ts';
export {
  type CodeLevel,
  checkTemplate,
  type ReferenceTemplate,
  type Slot,
  type SlotValues,
} from './template.ts';
export { defaultTemplates, elementPatterns, templateByKey } from './templates.ts';
