import { expect, it } from 'vitest';
import { createVolumes } from './volumes.ts';

const item = (code: string, ...paths: string[]) => ({
  level: 'item' as const,
  code,
  title: code,
  values: new Map(),
  place: '',
  metadata: [],
  files: paths.map((path) => ({ path, kind: 'file' as const, bytes: 1 })),
});

it('finds the volume of an item by its folders, else by its code, and knows volumes whose items lie apart', () => {
  const volumes = createVolumes();
  for (const code of ['J1-1', 'J1-2', 'J1-12']) volumes.add(code);
  const items = [
    item('J1-1-0001', 'J1/J1-1/J1-1-0001/a.tif'),
    item('J1-2-0001'),
    item('J1-1-0002'),
    item('J1-2', 'J1/J1-2/a.tif'),
    item('X-9', 'J1/J1-12/X-9/a.tif'),
    item('J1-3-0001'),
  ];
  expect(items.map((i) => volumes.of(i))).toEqual(['J1-1', 'J1-2', 'J1-1', null, 'J1-12', null]);
  for (const i of items) volumes.see(i);
  expect(['J1-1', 'J1-2', 'J1-12'].map(volumes.isScattered)).toEqual([true, false, false]);
  expect(['J1-1', 'J1-2', 'J1-12', 'J1-4'].map(volumes.hasItems)).toEqual([true, true, true, false]);
});
