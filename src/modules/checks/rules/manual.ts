import type { Rule, RuleContext } from './rule.ts';

/** An item that only a person can answer. */
export const manual = (
  slug: Rule['slug'],
  nature: Rule['nature'],
  begin: (context: RuleContext) => ReturnType<Rule['begin']> = () => ({}),
): Rule => ({ slug, nature, method: 'manual', begin });

/** One that is about the carrier: nothing where the records came by line. */
export const ofCarrier = (slug: Rule['slug']): Rule =>
  manual(slug, 'security', (context) => {
    if (context.subject.carrier === 'online') context.notApplicable('check.reason.online');
    return {};
  });
