import type { MessageKey } from '#kernel/wording';
import type { Details, ItemResult, ItemState, Reason, RuleFinding } from '../domain/result.ts';
import type { SchemeItem } from '../domain/scheme.ts';
import type { CheckSubject } from '../domain/subject.ts';
import type { CheckServices, Rule, RuleContext } from '../rules/rule.ts';

/** Of one item; the rest is counted. */
export const MOST_FINDINGS = 1_000;

/** What a rule tells of itself while it runs. */
export interface Collecting {
  readonly context: RuleContext;
  /** It broke: what was found stands, and it was not performed. */
  broke(why: string): void;
  result(): ItemResult;
}

export function collect(
  rule: Rule,
  item: SchemeItem,
  about: { subject: CheckSubject; stage: RuleContext['stage']; today: string; services: CheckServices },
): Collecting {
  // By a person, where the scheme has it so: what the machine sees is told beside.
  const isManual = (item.method ?? rule.method) === 'manual';
  const findings: RuleFinding[] = [];
  let [faults, notes, judged] = [0, 0, 0];
  let kept = 0;
  let notPerformed: Reason | null = null;
  let notApplicable: Reason | null = null;
  const memo: Record<string, string | number> = {};
  // Faults go before notes: of a batch with many of each, those are kept that matter.
  const add = (object: string, path: string, message: MessageKey, detail: Details, note: boolean) => {
    if (note) notes++;
    else faults++;
    if (kept >= MOST_FINDINGS && note) return;
    if (kept >= MOST_FINDINGS) {
      const at = findings.findLastIndex((f) => f.note);
      if (at < 0) return;
      findings.splice(at, 1);
      kept--;
    }
    findings.push({ object: object.slice(0, 300), path: path.slice(0, 1_000), message, detail, note });
    kept++;
  };
  const context: RuleContext = {
    ...about,
    parameters: item.parameters,
    say: (object, path, message, detail = {}) => add(object, path, message, detail, false),
    note: (object, path, message, detail = {}) => add(object, path, message, detail, true),
    judged: (n = 1) => {
      judged += n;
    },
    notPerformed: (message, detail = {}) => {
      notPerformed ??= { message, detail };
    },
    notApplicable: (message, detail = {}) => {
      notApplicable ??= { message, detail };
    },
    memo: (name, value) => {
      memo[name] = value;
    },
  };
  const state = (): ItemState => {
    // Faults that were found are faults, though the rest could not be looked at.
    if (!isManual && faults > 0) return 'failed';
    if (notApplicable) return 'notApplicable';
    if (isManual) return 'open';
    return notPerformed ? 'notPerformed' : 'passed';
  };
  return {
    context,
    broke: (why) => {
      notPerformed = { message: 'check.reason.fault', detail: { why: why.slice(0, 300) } };
    },
    result: () => ({
      slug: rule.slug,
      state: state(),
      reason: notApplicable ?? notPerformed,
      judged,
      faults,
      notes,
      memo: { ...memo },
      findings,
    }),
  };
}
