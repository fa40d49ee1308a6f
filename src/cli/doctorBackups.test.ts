import { expect, it } from 'vitest';
import type { DrillRow, RunRow } from '#modules/backup';
import { judgeBackups } from './doctorBackups.ts';

const now = new Date('2026-03-10T00:00:00Z');
const run = (more: Partial<RunRow>): RunRow => ({
  ...{
    id: '1',
    asked: 'clock',
    byName: 'lantai',
    jobId: null,
    state: 'done',
    place: '/mnt/b',
    trouble: null,
  },
  askedAt: new Date('2026-03-09T18:00:00Z'),
  endedAt: new Date('2026-03-09T18:05:00Z'),
  takenAt: new Date('2026-03-09T18:00:00Z'),
  ...{
    backup: 'b',
    encrypted: true,
    keyIncluded: true,
    rows: 1,
    bytes: 1,
    newBytes: 1,
    storedBytes: 1,
    seconds: 1,
  },
  ...more,
});
const drill = (more: Partial<DrillRow>): DrillRow => ({
  id: '1',
  asked: 'clock',
  byName: 'lantai',
  jobId: null,
  state: 'done',
  place: '/mnt/b',
  findings: [],
  askedAt: new Date('2026-03-01T00:00:00Z'),
  endedAt: new Date('2026-03-01T00:05:00Z'),
  takenAt: new Date('2026-03-01T00:00:00Z'),
  backup: 'b',
  equal: true,
  tables: 1,
  rows: 1,
  files: 1,
  bytes: 1,
  seconds: null,
  ...more,
});
const states = (
  made: RunRow | undefined,
  tried: RunRow | undefined,
  d: DrillRow | undefined,
  placed = true,
) => judgeBackups({ placed, made, tried, drill: d, drillDays: 30 }, now).map((c) => `${c.name} ${c.state}`);

it('doctor says how old the newest backup is, whether it is closed, and whether it was rehearsed', () => {
  expect(states(run({}), run({}), drill({}))).toEqual(['backup ok', 'restore drill ok']);
  const [backup] = judgeBackups(
    { placed: true, made: run({}), tried: run({}), drill: drill({}), drillDays: 30 },
    now,
  );
  expect(backup?.message).toContain('6 hours ago, encrypted, in /mnt/b');
});

it('doctor notes what was never done, and calls wrong what was set up and fails', () => {
  expect(states(undefined, undefined, undefined, false)).toEqual(['backup warning']);
  expect(states(undefined, undefined, undefined)).toEqual(['backup warning']);
  expect(states(run({ keyIncluded: false }), run({}), undefined)).toEqual([
    'backup warning',
    'restore drill warning',
  ]);
  expect(states(run({ takenAt: new Date('2026-03-01T00:00:00Z') }), run({}), drill({}))[0]).toBe(
    'backup problem',
  );
  expect(states(run({}), run({ state: 'failed' }), drill({}))[0]).toBe('backup problem');
  expect(states(run({}), run({}), drill({ state: 'failed', equal: false }))[1]).toBe('restore drill problem');
  expect(states(run({}), run({}), drill({ askedAt: new Date('2025-12-01T00:00:00Z') }))[1]).toBe(
    'restore drill warning',
  );
});
