import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import { createStorageRoot, filesystemStore, openRepository } from './index.ts';

it('a writer that could not enter itself at first can later', async () => {
  const home = await mkdtemp(join(tmpdir(), 'lantai-writer-'));
  const pool = createDigestPool(1);
  try {
    const staging = join(home, 'staging');
    const store = filesystemStore({ root: join(home, 'root'), staging, pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    const next = {
      files: [{ logicalPath: 'a.txt', source: { bytes: Buffer.from('甲') } }],
      message: 'Taken in',
      user: { name: 'Test archive' },
      created: new Date(0),
    };
    // Something in the place of its folder, as a full disk would be.
    await mkdir(staging, { recursive: true });
    await writeFile(join(staging, 'writers'), '');
    await expect(repository.putVersion('urn:a', next)).rejects.toThrow();
    await rm(join(staging, 'writers'));
    expect((await repository.putVersion('urn:a', next)).version).toBe('v1');
  } finally {
    await pool.close();
    await rm(home, { recursive: true });
  }
});
