import { describe, expect, it } from 'vitest';
import type { HeldFormat } from './queries.ts';
import { sumsByCategory, waitingOf } from './sums.ts';

const held = (o: Partial<HeldFormat>): HeldFormat => ({
  puid: 'fmt/1',
  name: null,
  toldAs: null,
  category: 'audio',
  open: true,
  archival: false,
  risk: 'low',
  why: [],
  policy: 'keep',
  target: null,
  tool: null,
  by: { risk: 'register', policy: 'register' },
  files: 1,
  bytes: 10,
  converted: 0,
  failed: 0,
  waiting: 0,
  hindrance: null,
  ...o,
});

describe('figures of formats', () => {
  it('add up by category, the largest first, and tell risks apart', () => {
    expect(
      sumsByCategory([
        held({ category: 'audio', files: 2, risk: 'high' }),
        held({ category: 'bitmap', files: 5 }),
        held({ category: 'audio', files: 1, bytes: 5, waiting: 1 }),
      ]),
    ).toEqual([
      { category: 'bitmap', files: 5, bytes: 10, waiting: 0, byRisk: { high: 0, medium: 0, low: 5 } },
      { category: 'audio', files: 3, bytes: 15, waiting: 1, byRisk: { high: 2, medium: 0, low: 1 } },
    ]);
  });

  it('say what can be converted now, and what waits for which tool', () => {
    const found = waitingOf([
      held({ policy: 'migrate', waiting: 3, tool: 'libvips', failed: 2 }),
      held({ policy: 'migrate', waiting: 4, tool: 'ffmpeg', hindrance: 'notInstalled' }),
      held({ policy: 'migrate', waiting: 5, hindrance: 'noTool' }),
      // Decided to be kept meanwhile: nothing of it is tried again.
      held({ failed: 9 }),
    ]);
    expect(found).toEqual({
      ready: 3,
      failed: 2,
      missing: new Map([
        ['ffmpeg', 4],
        ['', 5],
      ]),
    });
  });
});
