import { describe, expect, it } from 'vitest';
import { risksOf } from './risks.ts';
import type { Overview, Store } from './shapes.ts';

const NOW = new Date('2026-03-10T00:00:00Z');
const overview = (atRisk: Partial<Overview['atRisk']> = {}, more: Partial<Overview> = {}): Overview => ({
  objects: 100,
  files: 500,
  bytes: 1e9,
  copiesWanted: 2,
  stores: 2,
  cycleDays: 90,
  alarmsOpen: 0,
  ...more,
  atRisk: {
    heldTooFew: 0,
    heldTooFewIsExact: true,
    damaged: 0,
    missing: 0,
    behind: 0,
    wanted: 0,
    neverVerified: 0,
    late: 0,
    countedUpTo: 10_000,
    storesAway: 0,
    ...atRisk,
  },
});
const store = (more: Partial<Store> = {}): Store => ({
  id: 's',
  name: 'disk 2',
  isMain: false,
  kind: 'folder',
  address: null,
  state: 'active',
  reach: 'reachable',
  trouble: null,
  seenAt: null,
  unreachableSince: null,
  planned: true,
  freeBytes: 5e11,
  totalBytes: 1e12,
  megabytesPerSecond: null,
  addedAt: '',
  addedBy: '',
  endedAt: null,
  endedBy: null,
  endedReason: null,
  version: 1,
  copies: { wanted: 0, sound: 100, behind: 0, damaged: 0, missing: 0 },
  bytes: 1e9,
  fixity: {
    oldestCheck: null,
    lastCheck: null,
    nextCheck: null,
    neverChecked: 0,
    late: 0,
    bytesPerSecond: null,
  },
  ...more,
});
const codes = (o: Parameters<typeof risksOf>[0]): string[] => risksOf(o, NOW).map((risk) => risk.code);

describe('what is at risk', () => {
  it('is nothing where all is well', () => {
    expect(codes({ overview: overview(), stores: [store()] })).toEqual([]);
  });
  it('names the worst first, and what comes right by itself last', () => {
    const risky = overview({ damaged: 1, wanted: 5, late: 10_000, heldTooFew: 6 });
    const stores = [store({ reach: 'unreachable', unreachableSince: '2026-03-09T00:00:00Z' })];
    expect(codes({ overview: risky, stores })).toEqual(['damaged', 'storeAway', 'late', 'copying']);
    expect(risksOf({ overview: risky, stores }, NOW)[2]).toMatchObject({ atLeast: true, days: 90 });
  });
  it('does not count a store that is gone', () => {
    expect(
      codes({ overview: overview(), stores: [store({ reach: 'unreachable', state: 'removed' })] }),
    ).toEqual([]);
  });
  it('says once that there is one store alone, and not of each object', () => {
    const alone = overview({ heldTooFew: 100 }, { stores: 1, copiesWanted: 1 });
    expect(codes({ overview: alone, stores: [store({ isMain: true })] })).toEqual(['oneStore']);
  });
  it('knows a nearly full store', () => {
    expect(codes({ overview: overview(), stores: [store({ freeBytes: 1e9 })] })).toEqual(['storeFull']);
  });
  it('says what is wrong with the backups, errors before doubts', () => {
    const backups = [
      { code: 'open', severity: 'warning' as const },
      { code: 'failed', severity: 'error' as const },
    ];
    const risks = risksOf({ overview: overview({ neverVerified: 1 }), stores: [], backups }, NOW);
    expect(risks.map((risk) => risk.finding ?? risk.code)).toEqual(['failed', 'open', 'neverVerified']);
  });
  it('waits for segments as long as the setting says, and some more', () => {
    const of = (oldestWaiting: string) =>
      codes({
        overview: overview(),
        stores: [],
        segments: { waitingRows: 5, oldestWaiting, delaySeconds: 300 },
      });
    expect(of('2026-03-09T23:55:00Z')).toEqual([]);
    expect(of('2026-03-09T22:00:00Z')).toEqual(['segmentsLate']);
  });
});
