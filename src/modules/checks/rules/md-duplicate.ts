import { valueIn } from '#formats/metadata-schemes';
import { createPathTable } from '#formats/tree';
import type { JudgedUnit, Rule } from './rule.ts';

/** By reference code alone, unless the scheme says otherwise. */
const KEYS: readonly (readonly string[])[] = [['referenceCode']];
/** Of each value; what is longer is compared as far as this. */
const LONGEST = 1_000;

/** No two records share what is to stand once. Some hundred bytes a record are kept for it. */
export const mdDuplicate: Rule = {
  slug: 'md-duplicate',
  nature: 'authenticity',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    const seen = (context.parameters.keys ?? KEYS).map((fields) => ({ fields, table: createPathTable() }));
    return {
      unit(judged) {
        context.judged();
        for (const { fields, table } of seen) {
          const values = valuesOf(judged, fields);
          if (!values) continue;
          const key = values.join('\0');
          if (table.find(key) < 0) table.add(key);
          else
            context.say(judged.name, '', 'check.finding.duplicate', {
              value: values.join(' · ').slice(0, 200),
            });
        }
      },
    };
  },
};

/** Null where one of them is empty: what is not said is not said twice. */
function valuesOf({ unit, scheme }: JudgedUnit, fields: readonly string[]): string[] | null {
  const values = fields.map((key) => {
    const field = scheme.fields.find((f) => f.key === key) ?? { key, elements: [] };
    return valueIn(unit.metadata, field).trim().slice(0, LONGEST);
  });
  return values.includes('') ? null : values;
}
