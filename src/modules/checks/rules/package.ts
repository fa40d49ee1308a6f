import { isMessageKey } from '#kernel/wording';
import { slugOfCode } from '../domain/packageCodes.ts';
import type { RuleContext, RuleRun } from './rule.ts';
import type { Slug } from './slugs.ts';

/**
 * Tells what the validator of the package found that belongs to an item.
 *
 * @param isFault what the scheme has for a fault though the package is no worse for it
 * @returns how many faults there were
 */
export function packageFaults(
  context: RuleContext,
  slug: Slug,
  isFault: (code: string) => boolean = () => false,
): number {
  let faults = 0;
  for (const { code, severity, path, message } of context.subject.package?.findings ?? []) {
    if (slugOfCode(code) !== slug) continue;
    const rule = `rule.${code}`;
    // The checks' own words stand beside, in English; a code without a sentence of its own is told by them alone.
    const said = isMessageKey(rule) ? rule : 'check.finding.package';
    const detail = { code, words: message.slice(0, 300) };
    if (severity === 'error' || isFault(code)) {
      faults++;
      context.say('', path, said, detail);
    } else context.note('', path, said, detail);
  }
  return faults;
}

/** An item that is about a package and nothing else. */
export function packageRun(context: RuleContext, slug: Slug, more: RuleRun = {}): RuleRun {
  if (!context.subject.package) {
    context.notApplicable('check.reason.noPackage');
    return {};
  }
  context.judged();
  packageFaults(context, slug);
  return more;
}
