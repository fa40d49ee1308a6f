import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canDigest, createDigestPool, digestBytes, digestNames, digestStream } from '../checksums.ts';

const pool = createDigestPool(2);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-checksums-'));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

describe('digests', () => {
  it('has the published values of "abc"', () => {
    expect(digestBytes(Buffer.from('abc'), ['sha256', 'sm3', 'md5'])).toEqual({
      size: 3,
      digests: {
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        sm3: '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
        md5: '900150983cd24fb0d6963f7d28e17f72',
      },
    });
  });
  it('can compute every digest it names, and no other', () => {
    for (const name of digestNames) expect(canDigest(name)).toBe(true);
    for (const name of ['toString', 'sha3', '']) expect(canDigest(name)).toBe(false);
  });
  it('gives the same for a stream in pieces, a small file and a large one', async () => {
    for (const size of [0, 1, 64 * 1024, 64 * 1024 + 1, 3 * 1024 * 1024 + 7]) {
      const bytes = Buffer.alloc(size, 'archive');
      const path = join(folder, `in-${size}`);
      await writeFile(path, bytes);
      const expected = digestBytes(bytes, ['sha256', 'sha512', 'sm3']);
      const pieces = Readable.from([bytes.subarray(0, size >> 1), bytes.subarray(size >> 1)]);
      expect(await digestStream(pieces, ['sha256', 'sha512', 'sm3'])).toEqual(expected);
      expect(await pool.digestFile(path, ['sha256', 'sha512', 'sm3'])).toEqual(expected);
      const copy = join(folder, `out-${size}`);
      expect(await pool.copyAndDigest(path, copy, ['sha256', 'sha512', 'sm3'])).toEqual(expected);
      expect((await readFile(copy)).equals(bytes)).toBe(true);
    }
  });
  it('reads a file whose name is not UTF-8, on either thread', async () => {
    for (const size of [10, 200_000]) {
      const path = Buffer.concat([Buffer.from(`${folder}/${size}`), Buffer.from([0xb5, 0xb5])]);
      await writeFile(path, Buffer.alloc(size, 1));
      expect((await pool.digestFile(path, ['sha256'])).size).toBe(size);
    }
  });
  it('does many files at once on few threads', async () => {
    const path = join(folder, 'many');
    const bytes = Buffer.alloc(200_000, 1);
    await writeFile(path, bytes);
    const all = await Promise.all(Array.from({ length: 20 }, () => pool.digestFile(path, ['sha256'])));
    expect(new Set(all.map((d) => d.digests.sha256)).size).toBe(1);
  });
  it('never writes over a file, and passes file errors through', async () => {
    const path = join(folder, 'taken');
    await writeFile(path, 'old');
    const large = join(folder, 'large');
    await writeFile(large, Buffer.alloc(100_000));
    await expect(pool.copyAndDigest(large, path, ['sha256'])).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await readFile(path, 'utf8')).toBe('old');
    await expect(pool.digestFile(join(folder, 'absent'), ['sha256'])).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
  it('refuses work once closed', async () => {
    const closed = createDigestPool(1);
    await closed.close();
    await expect(closed.digestFile(folder, ['sha256'])).rejects.toThrow(/closed/);
  });
});
