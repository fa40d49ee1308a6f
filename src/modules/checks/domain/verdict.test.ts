import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SLUGS, type Slug } from '../rules/slugs.ts';
import { shippedScheme } from './defaults.ts';
import type { Answer, ItemState } from './result.ts';
import { type SchemeItem, SEVERITIES, STAGES } from './scheme.ts';
import { mayAnswer, standingOf, verdictOf } from './verdict.ts';

const STATES: readonly ItemState[] = ['passed', 'failed', 'notPerformed', 'notApplicable', 'open'];
const itemArb = fc.record({
  slug: fc.constantFrom(...SLUGS),
  code: fc.constant(null),
  severity: fc.constantFrom(...SEVERITIES),
  must: fc.boolean(),
  sample: fc.constant(100),
  parameters: fc.constant({}),
});
const answerArb: fc.Arbitrary<Answer> = fc.record({
  verdict: fc.constantFrom('yes', 'no'),
  reason: fc.string(),
});
const runArb = fc.record({
  items: fc.uniqueArray(itemArb, { selector: (i) => i.slug, maxLength: 12 }),
  states: fc.dictionary(fc.constantFrom<Slug>(...SLUGS), fc.constantFrom(...STATES)),
  answers: fc.dictionary(fc.constantFrom<Slug>(...SLUGS), answerArb),
});
type Run = { items: SchemeItem[]; states: Record<string, ItemState>; answers: Record<string, Answer> };
const judge = ({ items, states, answers }: Run) =>
  verdictOf(
    items,
    new Map(Object.entries(states).map(([slug, state]) => [slug as Slug, { state }])),
    new Map(Object.entries(answers).map(([slug, a]) => [slug as Slug, a])),
  );
const stateOf = ({ states }: Run, { slug }: SchemeItem): ItemState => states[slug] ?? 'notPerformed';

describe('the result of a scheme', () => {
  it('is 合格 only where every blocking item passed, or a person answered what is theirs to answer', () => {
    fc.assert(
      fc.property(runArb, (run) => {
        if (judge(run) !== 'qualified') return;
        for (const item of run.items) {
          const state = stateOf(run, item);
          const said = run.answers[item.slug]?.verdict;
          if (item.severity === 'block') {
            expect(state).not.toBe('failed');
            if (state === 'open' || state === 'notPerformed') expect(said).toBe('yes');
          }
          if (item.severity === 'warn' && state !== 'passed' && state !== 'notApplicable')
            expect(said).toBe('yes');
          if (item.must) expect(state).not.toBe('notPerformed');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never better with a fault than without it', () => {
    const rank = { unqualified: 0, open: 1, qualified: 2 };
    fc.assert(
      fc.property(runArb, fc.nat(), (run, n) => {
        const item = run.items[n % Math.max(1, run.items.length)];
        if (!item) return;
        const { [item.slug]: _, ...answers } = run.answers;
        const worse = { ...run, answers, states: { ...run.states, [item.slug]: 'failed' as const } };
        const sound = { ...run, answers, states: { ...run.states, [item.slug]: 'passed' as const } };
        expect(rank[judge(worse)]).toBeLessThanOrEqual(rank[judge(sound)]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('hears an answer only where it is a person’s to give', () => {
    fc.assert(
      fc.property(itemArb, fc.constantFrom(...STATES), answerArb, (item, state, answer) => {
        if (mayAnswer(item, { state })) return;
        expect(standingOf(item, { state }, answer)).toBe(standingOf(item, { state }, undefined));
      }),
    );
  });

  it('waits for a manual item that nobody answered, and takes an item without a result for not performed', () => {
    const [item] = shippedScheme('GD').items.filter((i) => i.slug === 'env');
    expect(verdictOf([item!], new Map([['env', { state: 'open' }]]), new Map())).toBe('open');
    expect(verdictOf([item!], new Map(), new Map())).toBe('open');
    expect(
      verdictOf([{ ...item!, must: true }], new Map(), new Map([['env', { verdict: 'yes', reason: 'x' }]])),
    ).toBe('unqualified');
  });

  it('has a person confirm also what passed, where the scheme has it so', () => {
    const [usual] = shippedScheme('GD').items.filter((i) => i.slug === 'md-type');
    const item = { ...usual!, method: 'confirmed' as const };
    const passed = { state: 'passed' as const };
    expect([mayAnswer(usual!, passed), mayAnswer(item, passed)]).toEqual([false, true]);
    const answers = [
      undefined,
      { verdict: 'yes' as const, reason: 'x' },
      { verdict: 'no' as const, reason: 'x' },
    ];
    expect(answers.map((a) => standingOf(item, passed, a))).toEqual(['awaited', 'passed', 'failed']);
    expect(standingOf(usual!, passed, undefined)).toBe('passed');
  });

  it('has a scheme shipped for each stage, with every item of the standard in one of them at least', () => {
    const all = STAGES.flatMap((stage) => shippedScheme(stage).items.map((i) => i.slug));
    expect(SLUGS.filter((s) => !all.includes(s))).toEqual(['md-content']);
    for (const stage of STAGES) {
      const { items } = shippedScheme(stage);
      expect(new Set(items.map((i) => i.slug)).size).toBe(items.length);
      for (const { code } of items) if (code !== null) expect(code.startsWith(`${stage}-`)).toBe(true);
    }
  });
});
