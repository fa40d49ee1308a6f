import { readdir, readlink, rm, symlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import { temporaryFolder } from '../../../test/support/temporaryFolder.ts';
import { filesystemStore } from './filesystemStore.ts';
import { foreignLocks, releaseLocksOf } from './foreignLocks.ts';
import { openRepository } from './repository.ts';
import { createStorageRoot } from './root.ts';

const pool = createDigestPool(1);
const folder = temporaryFolder('lantai-foreign-');
const staging = join(folder, 'staging');
const store = filesystemStore({ root: join(folder, 'root'), staging, pool });
afterAll(() => pool.close());

const version = (text: string) => ({
  files: [{ logicalPath: 'a.txt', source: { bytes: Buffer.from(text) } }],
  message: text,
  user: { name: 'test', address: 'urn:test' },
  created: new Date(),
});

/** Gives the only lock there is to a process of another machine. */
async function moveTo(host: string): Promise<void> {
  const [name = ''] = await readdir(join(staging, 'locks'));
  const path = join(staging, 'locks', name);
  const text = { ...(JSON.parse(await readlink(path)) as object), host };
  await rm(path);
  await symlink(JSON.stringify(text), path);
}

it('a lock of another machine stands until somebody says that the machine writes here no more', async () => {
  await createStorageRoot(store);
  const repository = await openRepository({ store });
  await repository.putVersion('urn:test:1', version('one'));
  expect([...(await foreignLocks(staging))]).toEqual([]);
  const lock = await store.lock(repository.pathOf('urn:test:1'));
  expect([...(await foreignLocks(staging))]).toEqual([]);
  await moveTo('a-machine-that-burnt');
  expect([...(await foreignLocks(staging))]).toEqual([['a-machine-that-burnt', 1]]);
  await expect(repository.putVersion('urn:test:1', version('two'))).rejects.toMatchObject({
    code: 'ocfl.locked',
  });
  await expect(releaseLocksOf(staging, hostname())).rejects.toMatchObject({ code: 'locks.thisMachine' });
  expect(await releaseLocksOf(staging, 'another')).toBe(0);
  expect(await releaseLocksOf(staging, 'a-machine-that-burnt')).toBe(1);
  await repository.putVersion('urn:test:1', version('two'));
  await lock.release();
});

it('its writer, alive after all, is refused when it comes to publish', async () => {
  const repository = await openRepository({ store });
  const objectPath = repository.pathOf('urn:test:2');
  const lock = await store.lock(objectPath);
  const draft = await store.draft({ objectPath, version: 'v1', isNew: true });
  await draft.putBytes('a.txt', Buffer.from('from a machine that slept'));
  await store.seal([draft]);
  await moveTo('the-sleeper');
  await releaseLocksOf(staging, 'the-sleeper');
  await repository.putVersion('urn:test:2', version('by another'));
  const [outcome] = await store.publish([draft]);
  expect(outcome).toMatchObject({ status: 'rejected' });
  expect((await repository.getObject('urn:test:2')).files().map((f) => f.logicalPath)).toEqual(['a.txt']);
  expect((await repository.verify('urn:test:2')).filter((f) => f.severity === 'error')).toEqual([]);
  await draft.discard();
  await lock.release();
});
