import type { Flavour } from './flavour.ts';
import { CONTENT_RULES } from './rules/content.ts';
import { DOCUMENT_RULES } from './rules/document.ts';
import { FILE_RULES } from './rules/file.ts';
import type { Rule } from './rules/rule.ts';

const RULES = { ...FILE_RULES, ...CONTENT_RULES, ...DOCUMENT_RULES } satisfies Record<string, Rule>;
export type RuleId = keyof typeof RULES;

/** The rule in a part and level; undefined where it does not apply. */
export function ruleFor(
  id: RuleId,
  { part, level }: Flavour,
): { clause: string; message: string } | undefined {
  const rule: Rule = RULES[id];
  const clause = part === 3 && rule[3] !== undefined ? rule[3] : rule[part === 3 ? 2 : part];
  if (!clause) return undefined;
  if (rule.levels && !rule.levels.includes(level ?? '')) return undefined;
  return { clause, message: rule.says };
}

/** The rules that are checked for a part and level. */
export function rulesChecked(flavour: Flavour): RuleId[] {
  return (Object.keys(RULES) as RuleId[]).filter((id) => ruleFor(id, flavour) !== undefined);
}
