import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES, t } from '#kernel/wording';
import type { Answer } from '../domain/result.ts';
import type { CheckSubject } from '../domain/subject.ts';
import { standingOf, verdictOf } from '../domain/verdict.ts';
import { BROKEN, pdf, units } from '../testing/broken.ts';
import { type Bench, createBench } from '../testing/judging.ts';
import { everything, goodServices, goodUnit, smallPdf, subjectOf } from '../testing/subjects.ts';
import { RULES } from './index.ts';
import type { CheckServices } from './rule.ts';
import { SLUGS, type Slug } from './slugs.ts';

const MANUAL = RULES.filter((r) => r.method === 'manual').map((r) => r.slug);
let bench: Bench;
beforeAll(() => {
  bench = createBench();
});
afterAll(() => bench.close());

describe('the rules of the four natures', () => {
  it('are one for each item, each with a name, a purpose and a method in three languages', () => {
    expect(RULES.map((r) => r.slug)).toEqual(SLUGS);
    for (const slug of SLUGS)
      for (const language of LANGUAGES)
        for (const key of [`check.item.${slug}`, `check.purpose.${slug}`, `check.method.${slug}`] as const)
          expect(t(language, key)).not.toBe('');
  });

  it('find nothing wrong with a good batch, whether its files lie in a folder or come in a stream', async () => {
    for (const streamed of [false, true]) {
      const all = units().map((u) => ({ ...u, streamed }));
      pdf(smallPdf('Map of the river'))(all);
      const { failed, states, totals } = await bench.judge(subjectOf(bench.folder, all));
      expect(failed).toEqual([]);
      const passed = Object.entries(states)
        .filter(([, s]) => s === 'passed')
        .map(([slug]) => slug);
      const automatic = RULES.filter((r) => r.method !== 'manual').map((r) => r.slug);
      // Nothing is asked of a database that the package is not in yet.
      expect(passed.sort()).toEqual(automatic.filter((s) => s !== 'md-access').sort());
      expect(totals).toMatchObject({ units: 3, files: 6 });
    }
  });

  it.each(BROKEN)('$slug alone fails where $why', async ({ slug, change, subject, services }) => {
    const all = units();
    change?.(all);
    const judged = await bench.judge(subjectOf(bench.folder, all, subject), {
      services: { ...goodServices, ...services },
    });
    expect(judged.failed).toEqual([slug]);
    expect(judged.of(slug).state).toBe('failed');
    expect(judged.of(slug).findings[0]?.note).toBe(false);
  });

  it.each(MANUAL)('%s alone keeps a good batch from being qualified where a person says no', async (slug) => {
    // Of a carrier that lies here, so that all of them are asked.
    const { states, of } = await bench.judge(subjectOf(bench.folder, units(), { carrier: 'offline' }));
    expect(states[slug]).toBe('open');
    const { items } = everything();
    const results = new Map(SLUGS.map((s) => [s, of(s)]));
    const answered = (no: Slug | undefined) =>
      new Map(
        SLUGS.filter((s) => ['open', 'notPerformed'].includes(of(s).state)).map((s): [Slug, Answer] => [
          s,
          { verdict: s === no ? 'no' : 'yes', reason: 'seen' },
        ]),
      );
    expect(verdictOf(items, results, answered(undefined))).toBe('qualified');
    expect(verdictOf(items, results, answered(slug))).toBe('unqualified');
    const failing = items.filter((i) => standingOf(i, of(i.slug), answered(slug).get(i.slug)) === 'failed');
    expect(failing.map((i) => i.slug)).toEqual([slug]);
  });

  it('are each broken by a batch of their own', () => {
    expect([...new Set([...BROKEN.map((b) => b.slug), ...MANUAL])].sort()).toEqual([...SLUGS].sort());
  });

  it.each<[Slug, Partial<CheckSubject>, Partial<CheckServices>]>([
    ['virus', {}, { scanner: undefined }],
    ['backup-restore', {}, { lastDrill: undefined }],
    [
      'av-installed',
      {},
      { scanner: { ...goodServices.scanner!, about: async () => ({ version: 'x', learntAt: null }) } },
    ],
    [
      'av-installed',
      {},
      {
        scanner: {
          ...goodServices.scanner!,
          about: async () => {
            throw new Error('gone');
          },
        },
      },
    ],
    [
      'virus',
      {},
      {
        scanner: {
          ...goodServices.scanner!,
          scan: async () => {
            throw new Error('gone');
          },
        },
      },
    ],
    ['pkg-fixity', { transmission: null }, {}],
    ['count-total', { declared: [] }, {}],
    ['bytes-total', { declared: [] }, {}],
    ['scope', { inScope: undefined }, {}],
  ])('%s says that it was not performed, and why', async (slug, subject, services) => {
    const { of, failed } = await bench.judge(subjectOf(bench.folder, units(), subject), {
      services: { ...goodServices, ...services },
    });
    expect(failed.filter((s) => s !== 'av-installed')).toEqual([]);
    expect(of(slug).state).toBe('notPerformed');
    expect(of(slug).reason?.message).toMatch(/^check\.reason\./);
  });

  it('say so of process information, texts and fixity where there is none at all', async () => {
    const bare = units().map((u) => ({
      ...u,
      events: null,
      files: u.files.map((f) => ({ ...f, content: Buffer.from([0xff, 0xfe, 1, 2, 3, 0]), said: {} })),
    }));
    const { states } = await bench.judge(subjectOf(bench.folder, bare, { package: null }));
    expect(states).toMatchObject({
      'process-md': 'notPerformed',
      'md-content': 'notPerformed',
      'fixity-valid': 'notPerformed',
    });
  });

  it('leave what only people can see to people, and the carrier where there is none', async () => {
    const online = await bench.judge(subjectOf(bench.folder, units()));
    expect(online.states).toMatchObject({
      'content-readable': 'open',
      env: 'open',
      'process-safe': 'open',
      'preservation-ops': 'open',
      'media-look': 'notApplicable',
      'media-speed': 'notApplicable',
      'disc-quality': 'notApplicable',
    });
    const offline = await bench.judge(subjectOf(bench.folder, units(), { carrier: 'offline' }));
    expect(offline.states).toMatchObject({
      'media-look': 'open',
      'media-speed': 'open',
      'disc-quality': 'open',
    });
    expect(offline.of('media-speed').memo.megabytesPerSecond).toBeGreaterThanOrEqual(0);
  });

  it('demand digests, signatures and trust where the scheme does', async () => {
    const scheme = everything();
    const items = scheme.items.map((i) =>
      i.slug === 'fixity-valid' ? { ...i, parameters: { demandDigest: true, demandSignature: true } } : i,
    );
    const { of } = await bench.judge(subjectOf(bench.folder, units()), { scheme: { ...scheme, items } });
    const messages = of('fixity-valid').findings.map((f) => f.message);
    expect(messages.filter((m) => m === 'check.finding.noDigest')).toHaveLength(3);
    expect(messages.filter((m) => m === 'check.finding.noSignature')).toHaveLength(6);
  });

  it('take numbers withdrawn with a reason for no gap', async () => {
    const all = [goodUnit(1), goodUnit(4)];
    const gone = await bench.judge(subjectOf(bench.folder, all, { isVoid: (code) => code.endsWith('0002') }));
    expect(gone.of('md-sequence').findings.map((f) => f.detail.count)).toEqual([1]);
    const all4 = await bench.judge(subjectOf(bench.folder, all, { isVoid: () => true }));
    expect(all4.of('md-sequence').state).toBe('passed');
  });
});
