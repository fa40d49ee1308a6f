import { valueIn } from '#formats/metadata-schemes';
import { parseReferenceCode } from '#formats/reference-codes';
import { packageFaults } from './package.ts';
import type { JudgedUnit, Rule, RuleContext } from './rule.ts';
import { createRuns, type Gap } from './runs.ts';

const CODE = { key: 'referenceCode', elements: ['档号'] };

/** Numbers that count begin at one and leave none out, but for those withdrawn with a reason. */
export const mdSequence: Rule = {
  slug: 'md-sequence',
  nature: 'completeness',
  method: 'automatic',
  needsAll: true,
  begin(context) {
    packageFaults(context, 'md-sequence');
    const runs = createRuns();
    const { from = 1 } = context.parameters;
    return {
      unit(judged) {
        const counted = counterOf(context, judged);
        if (!counted) return;
        context.judged();
        runs.add(counted.scope, counted.number, counted.pad);
      },
      async end() {
        for (const gap of runs.gaps(from))
          for (const n of await left(context, gap))
            context.say(n.first, '', 'check.finding.gap', { first: n.first, last: n.last, count: n.count });
      },
    };
  },
};

/** The last number of a reference code that counts, and all that stands before it. */
function counterOf(
  context: RuleContext,
  { unit }: JudgedUnit,
): { scope: string; number: number; pad: number } | null {
  const code = valueIn(unit.metadata, CODE).trim();
  const { parsed } = parseReferenceCode(code, context.subject.templates);
  if (!parsed) return null;
  const slot = parsed.template.slots.findLast((s) => parsed.slots[s.name] !== undefined);
  const text = slot ? parsed.slots[slot.name] : undefined;
  if (!slot?.counterScope || text === undefined || !/^\d{1,7}$/.test(text)) return null;
  return { scope: parsed.normalised.slice(0, -text.length), number: Number(text), pad: text.length };
}

/** Of a gap's numbers those are left out that were withdrawn; looked for one by one where it is not too wide. */
const LOOKED_FOR = 1_000;

async function left(
  { subject }: RuleContext,
  gap: Gap,
): Promise<{ first: string; last: string; count: number }[]> {
  const code = (n: number) => `${gap.scope}${String(n).padStart(gap.pad, '0')}`;
  const whole = { first: code(gap.from), last: code(gap.to), count: gap.to - gap.from + 1 };
  if (!subject.isVoid || whole.count > LOOKED_FOR) return [whole];
  const missing: (typeof whole)[] = [];
  let from = gap.from;
  for (let n = gap.from; n <= gap.to + 1; n++) {
    if (n <= gap.to && !(await subject.isVoid(code(n)))) continue;
    if (n > from) missing.push({ first: code(from), last: code(n - 1), count: n - from });
    from = n + 1;
  }
  return missing;
}
