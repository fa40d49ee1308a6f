import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSealedFile, sealFile, Unsealable } from './sealed.ts';

let folder: string;
const key = randomBytes(32);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-sealed-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function sealed(content: Buffer): Promise<string> {
  const name = randomBytes(4).toString('hex');
  await writeFile(join(folder, name), content);
  await sealFile(join(folder, name), join(folder, `${name}.s`), { key, file: 'd 1' });
  return join(folder, `${name}.s`);
}

describe('a sealed file', () => {
  it('opens to what it was, whatever its length, and says nothing of it closed', async () => {
    for (const length of [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 3 * 1024 * 1024]) {
      const content = Buffer.alloc(length, '可读的话');
      const path = await sealed(content);
      expect(await buffer(openSealedFile(path, { key, file: 'd 1', bytes: length }))).toEqual(content);
      if (length > 12) expect((await readFile(path)).includes('可读的话')).toBe(false);
    }
  });

  it('does not open altered, cut, swapped, longer, under another key or as another file', async () => {
    const bytes = 2 * 1024 * 1024 + 10;
    const path = await sealed(randomBytes(bytes));
    const whole = await readFile(path);
    const opens = (o: { key?: Buffer; file?: string; bytes?: number } = {}) =>
      buffer(openSealedFile(path, { key, file: 'd 1', bytes, ...o }));
    for (const other of [{ key: randomBytes(32) }, { file: 'd 2' }, { bytes: bytes - 1 }])
      await expect(opens(other)).rejects.toThrow(Unsealable);
    const flipped = Buffer.from(whole);
    flipped[whole.length - 20]! ^= 1;
    const frame = 1024 * 1024 + 28;
    const swapped = Buffer.concat([
      whole.subarray(frame, 2 * frame),
      whole.subarray(0, frame),
      whole.subarray(2 * frame),
    ]);
    for (const bad of [
      flipped,
      swapped,
      whole.subarray(0, frame),
      Buffer.concat([whole, Buffer.from('x')]),
    ]) {
      await writeFile(path, bad);
      await expect(opens()).rejects.toThrow(Unsealable);
    }
    // Cut at a frame's end, and said to be no longer: the last frame has to be the last.
    await writeFile(path, whole.subarray(0, frame));
    await expect(opens({ bytes: 1024 * 1024 })).rejects.toThrow(Unsealable);
  });
});
