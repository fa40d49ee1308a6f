import { expect, it } from 'vitest';
import { isWholePage } from './wholePage.ts';

it('tells a page to print from tiles and pictures to look at', () => {
  const a4 = { width: 2480, height: 3508 };
  for (const path of [
    'full/max/0/default.jpg',
    'full/2480,/0/default.png',
    'full/pct:80/90/gray.jpg',
    'pct:2,2,96,96/max/0/default.jpg',
    'full/^max/0/default.jpg',
  ])
    expect(isWholePage(a4, path), path).toBe(true);
  for (const path of [
    'full/!1200,1200/0/default.jpg',
    'full/240,/0/default.jpg',
    '0,0,1024,1024/max/0/default.jpg',
    '0,0,2480,1754/max/0/default.jpg',
  ])
    expect(isWholePage(a4, path), path).toBe(false);
  expect(isWholePage({ width: 800, height: 1200 }, 'full/max/0/default.jpg')).toBe(false);
});
