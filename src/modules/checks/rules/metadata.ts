import { type FaultRule, labelOf } from '#formats/metadata-schemes';
import type { Details } from '../domain/result.ts';
import { packageFaults } from './package.ts';
import type { RuleContext, RuleRun } from './rule.ts';

/**
 * What a rule on metadata is made of: the faults of the unit's record that are its own, and what the package's validator
 * said of the same. Twice, as DA/T 70 has it: what the database would hold, and what the package says.
 */
export function metadataRun(
  context: RuleContext,
  rules: readonly FaultRule[],
  slug: Parameters<typeof packageFaults>[1],
): RuleRun {
  packageFaults(context, slug);
  return {
    unit({ name, scheme, faults }) {
      context.judged();
      for (const fault of faults) {
        if (!rules.includes(fault.rule)) continue;
        const field = scheme.fields.find((f) => f.key === fault.field);
        const other = scheme.fields.find((f) => f.key === fault.detail.other);
        // Names of fields are messages: they are put in when the sentence is said in a language.
        const detail: Details = {
          ...fault.detail,
          field: field ? `@${labelOf(field)}` : fault.field,
          ...(other ? { other: `@${labelOf(other)}` } : {}),
        };
        context[fault.rule === 'unusual' ? 'note' : 'say'](name, '', fault.message, detail);
      }
    },
  };
}
