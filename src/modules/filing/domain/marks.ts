import { bearsSecretMark, isSecret } from '#kernel/classification';
import type { Mark } from '#modules/classified';
import type { RecordInput } from './record.ts';

/** Elements that say a classification, beside the one with a column of its own. */
const CLASSIFYING: ReadonlySet<string> = new Set(['classification', 'secrecyTerm']);

/** Where what was written into a record bears a classification at or above 秘密 (standards-cn 7.5 [S:SEC]). */
export function marksOf(input: RecordInput): Mark[] {
  const { classification, title, docNo, className, description = {} } = input;
  const said = Object.entries(description).filter(([key]) => CLASSIFYING.has(key));
  const fields = [classification, ...said.map(([, value]) => value)];
  return [
    ...fields.flatMap((value) =>
      value && isSecret(value) ? [{ what: 'classification' as const, place: value }] : [],
    ),
    ...[title, docNo, className].flatMap((value) =>
      value && bearsSecretMark(value) ? [{ what: 'title' as const, place: value }] : [],
    ),
  ];
}
