import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { streamSheet } from './stream-sheet.ts';

const o = { sheet: '目录', columns: [{ heading: '题名' }], failed: () => {} };

it('streams batches of rows as one sheet', async () => {
  async function* batches() {
    yield [['一'], ['二']];
    yield [['=1+1']];
  }
  const bytes = await buffer(await streamSheet({ ...o, batches: batches() }));
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
});

it('throws what is wrong at the first batch, and breaks off when a later one fails', async () => {
  async function* wrong(): AsyncGenerator<string[][], void> {
    if (o.sheet) throw new Error('no such table');
    yield [];
  }
  await expect(streamSheet({ ...o, batches: wrong() })).rejects.toThrow('no such table');
  async function* later(): AsyncGenerator<string[][], void> {
    yield [['一']];
    throw new Error('gone');
  }
  const said: string[] = [];
  const stream = await streamSheet({ ...o, batches: later(), failed: (e) => said.push(e.message) });
  await expect(buffer(stream)).rejects.toThrow('gone');
  expect(said).toEqual(['gone']);
});
