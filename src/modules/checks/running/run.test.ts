import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#kernel/errors';
import { type Bench, createBench } from '../testing/judging.ts';
import { everything, goodUnit, subjectOf } from '../testing/subjects.ts';
import { MOST_FINDINGS } from './collecting.ts';

let bench: Bench;
beforeAll(() => {
  bench = createBench();
});
afterAll(() => bench.close());

const only = (...slugs: string[]) => {
  const scheme = everything();
  return { ...scheme, items: scheme.items.filter((i) => slugs.includes(i.slug)) };
};
/** Records with no files, so many that nothing of them could be kept. */
async function* manyUnits(n: number) {
  for (let i = 1; i <= n; i++)
    yield {
      key: `u${i}`,
      level: 'item' as const,
      category: 'WS',
      metadata: { referenceCode: `Z109-WS·2011·Y-${String(i).padStart(6, '0')}`, title: '' },
      events: null,
      declaredFiles: null,
      expectsFiles: false,
      async *files() {},
    };
}

describe('a run of a scheme', () => {
  it('goes through a hundred thousand records in memory that does not grow with them', async () => {
    const scheme = only('md-required', 'md-duplicate', 'md-sequence', 'count-total');
    const declared = [{ items: 100_000, source: '登记表' }];
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed);
    }, 50);
    const before = process.memoryUsage().heapUsed;
    const { of, totals } = await bench.judge(
      subjectOf(bench.folder, [], { declared, units: () => manyUnits(100_000) }),
      { scheme },
    );
    clearInterval(watch);
    expect(totals.units).toBe(100_000);
    expect(of('md-required')).toMatchObject({ state: 'failed', faults: 100_000, judged: 100_000 });
    expect(of('md-required').findings).toHaveLength(MOST_FINDINGS);
    expect(of('count-total').state).toBe('passed');
    expect(of('md-sequence').state).toBe('passed');
    expect(most - before).toBeLessThan(150 * 1024 * 1024);
  });

  it('tells what it could not read to the end, keeps what it found, and calls the rest not performed', async () => {
    const units = async function* () {
      yield* manyUnits(2);
      throw new Refusal('eep.notWellFormed', 'The XML ends in the middle.');
    };
    const { of, totals } = await bench.judge(subjectOf(bench.folder, [], { units }), {
      scheme: only('md-required', 'md-length', 'env'),
    });
    expect(totals.units).toBe(2);
    expect(of('md-required').faults).toBe(2);
    expect(of('md-length')).toMatchObject({
      state: 'notPerformed',
      reason: { message: 'check.reason.unread' },
    });
    expect(of('env').state).toBe('open');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const units = async function* () {
      for await (const unit of manyUnits(1_000)) {
        if (unit.key === 'u500') stop.abort(new Error('stopped'));
        yield unit;
      }
    };
    await expect(
      bench.judge(subjectOf(bench.folder, [], { units }), { signal: stop.signal }),
    ).rejects.toThrow('stopped');
  });

  it('looks at the same sample again with the same seed, never at fewer than ten, and at all where a sample says nothing', async () => {
    const sampled = (percent: number) => {
      const scheme = only('md-required', 'count-total');
      return { ...scheme, items: scheme.items.map((i) => ({ ...i, sample: percent })) };
    };
    const judge = (percent: number, seed: string) =>
      bench.judge(subjectOf(bench.folder, [], { units: () => manyUnits(2_000) }), {
        scheme: sampled(percent),
        seed,
      });
    const [first, again, other, none] = await Promise.all([
      judge(10, 'a'),
      judge(10, 'a'),
      judge(10, 'b'),
      judge(0, 'a'),
    ]);
    const names = (r: typeof first) => r!.of('md-required').findings.map((f) => f.object);
    expect(names(again)).toEqual(names(first));
    expect(names(other)).not.toEqual(names(first));
    expect(first!.of('md-required').judged).toBeGreaterThan(120);
    expect(first!.of('md-required').judged).toBeLessThan(320);
    expect(none!.of('md-required').judged).toBe(10);
    expect(none!.of('count-total').memo.there).toBe(2_000);
  });

  it('keeps faults before notes where there are more than are kept', async () => {
    const units = async function* () {
      for await (const unit of manyUnits(MOST_FINDINGS + 200))
        yield { ...unit, metadata: { ...unit.metadata, genre: '日记' } };
    };
    const all = async function* () {
      yield* units();
      yield {
        ...(await manyUnits(1).next()).value!,
        metadata: { referenceCode: 'A001-WS·2011·Y-000001', classification: '机要' },
      };
    };
    const { of } = await bench.judge(subjectOf(bench.folder, [], { units: all }), {
      scheme: only('md-enum'),
    });
    expect(of('md-enum')).toMatchObject({ state: 'failed', faults: 1, notes: MOST_FINDINGS + 200 });
    expect(of('md-enum').findings.filter((f) => !f.note)).toHaveLength(1);
    expect(of('md-enum').findings).toHaveLength(MOST_FINDINGS);
  });

  it('does not hold up a good batch for a file that can not be read', async () => {
    const unit = goodUnit(1);
    const broken = { ...unit, streamed: true };
    const subject = subjectOf(bench.folder, [broken], {});
    const gone = {
      ...subject,
      async *units() {
        for await (const one of subject.units())
          yield {
            ...one,
            async *files() {
              for await (const file of one.files())
                yield {
                  ...file,
                  source: {
                    open: () =>
                      Promise.reject(new Refusal('tree.crc', 'The bytes do not fit their checksum.')),
                  },
                };
            },
          };
      },
    };
    const { failed, of } = await bench.judge(gone);
    expect(failed).toEqual(
      expect.arrayContaining([
        'fixity-valid',
        'content-complete',
        'no-crypto',
        'format-allowed',
        'content-readable',
      ]),
    );
    expect(of('content-complete').findings[0]?.detail.why).toContain('checksum');
  });
});
