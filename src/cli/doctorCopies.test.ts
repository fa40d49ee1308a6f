import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { checkLocks } from './doctorCopies.ts';

it('doctor names the machine whose locks stand, and the command that takes them away', async () => {
  const staging = temporaryFolder('lantai-doctor-');
  expect(await checkLocks([{ name: 'main', staging }])).toEqual([]);
  await mkdir(join(staging, 'locks'));
  const lock = { host: 'old-server', pid: 7, started: '', token: 't', objectPath: 'a/b' };
  await symlink(JSON.stringify(lock), join(staging, 'locks/1'));
  expect(await checkLocks([{ name: 'main', staging }])).toEqual([
    {
      name: 'store main',
      state: 'warning',
      message: expect.stringMatching(/^1 objects? .*old-server.*\.\/lantai locks --release old-server$/),
    },
  ]);
});
