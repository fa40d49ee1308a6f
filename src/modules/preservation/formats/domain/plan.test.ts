import { describe, expect, it } from 'vitest';
import { heldFormats } from './plan.ts';

const figures = [
  { puid: '', name: null, files: 5, bytes: 50 },
  { puid: 'fmt/353', name: 'Tagged Image File Format', files: 1000, bytes: 9 },
  { puid: 'fmt/4', name: 'Graphics Interchange Format 89a', files: 10, bytes: 9 },
  { puid: 'fmt/40', name: 'Microsoft Word Document 97-2003', files: 7, bytes: 9 },
  { puid: 'lantai/caj', name: 'CAJ', files: 2, bytes: 9 },
];
const counts = [
  { puid: 'fmt/4', target: 'tiff', state: 'made', files: 6 },
  { puid: 'fmt/4', target: 'tiff', state: 'failed', files: 1 },
] as const;

describe('what waits for conversion', () => {
  it('is what the policy wants and is neither done nor failed, the greatest risk first', () => {
    const held = heldFormats(figures, new Map(), counts, new Set(['libvips']));
    expect(held.map((f) => [f.puid, f.waiting, f.hindrance])).toEqual([
      ['fmt/40', 7, 'notInstalled'],
      ['lantai/caj', 2, 'noTool'],
      ['fmt/4', 3, null],
      ['fmt/353', 0, null],
    ]);
  });

  it('is nothing where the archive decided to keep', () => {
    const keep = new Map([['fmt/40', { risk: null, policy: 'keep', reason: 'x' } as const]]);
    expect(heldFormats(figures, keep, [], new Set()).find((f) => f.puid === 'fmt/40')).toMatchObject({
      waiting: 0,
      hindrance: null,
      policy: 'keep',
    });
  });
});
