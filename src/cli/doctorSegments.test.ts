import { describe, expect, it } from 'vitest';
import { judgeChains, judgeLag } from './doctorSegments.ts';

describe('doctor', () => {
  it('tells how far the storage is behind the catalogue, and warns when nobody writes', () => {
    const since = new Date('2026-03-01T00:00:00Z');
    const at = (seconds: number) => judgeLag({ rows: 12, since }, 300, since.getTime() + seconds * 1000);
    expect(judgeLag({ rows: 0, since: null }, 300)).toMatchObject({ state: 'ok', message: 'all of it' });
    expect(at(200)).toMatchObject({ state: 'ok', message: expect.stringContaining('12 changed rows') });
    expect(at(4000)).toMatchObject({
      state: 'warning',
      message: expect.stringContaining('./lantai segments --flush'),
    });
  });

  it('says for each way storage and database can differ what to do', () => {
    const told = judgeChains(9, [
      { stream: 'house', root: 'newer', message: 'a' },
      { stream: 'archive-x', root: 'older', message: 'b' },
      { stream: 'fonds-y', root: 'damaged', message: 'c' },
    ]);
    expect(told.state).toBe('problem');
    for (const words of [
      './lantai rebuild',
      './lantai segments --renew',
      'bring it back from a copy',
      'house: a',
      'archive-x: b',
      'fonds-y: c',
    ])
      expect(told.message).toContain(words);
    expect(judgeChains(9, [])).toMatchObject({ state: 'ok' });
  });
});
