import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';

let house: SmallHouse;
let bench: ImportBench;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

it('a file with secret rows is handed over once, when several imports end at the same moment', async () => {
  const archivist = house.person(ALL, house.county);
  const file = await bench.file('目录.csv', '档号,题名\nJ107-WS·2003·Y-0001,公开的事\n');
  const id = await bench.imports.createFromFile(archivist, {
    archiveId: house.county,
    path: file,
    fileName: '目录.csv',
  });
  const path = join(bench.folder, 'apart', id);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, 'secret');
  await Promise.all(Array.from({ length: 4 }, () => bench.imports.handOver()));
  expect(bench.turned.filter((t) => t.path === path)).toHaveLength(1);
  expect(existsSync(path)).toBe(false);
});
