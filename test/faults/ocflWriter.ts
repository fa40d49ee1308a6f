/** Writes versions of a few objects until it is killed, and says on stdout what was acknowledged. Started by the test beside it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openRepository, openStore, type StoreLocation } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { isRefusal } from '#kernel/errors';

const HARMLESS = new Set(['ocfl.locked', 'ocfl.lockLost']);
const [home = '', at = '', flush = 'file', from = '0', objects = '5'] = process.argv.slice(2);
const pool = createDigestPool(1);
const { store } = await openStore(JSON.parse(at) as StoreLocation, {
  pool,
  flush: flush === 'filesystem' ? 'filesystem' : 'file',
});
const repository = await openRepository({ store });
await repository.sweepStaging();
// One file that goes through the threads, large enough to be cut off in the middle.
const sources = join(home, 'sources');
await mkdir(sources, { recursive: true });
const source = join(sources, `${process.pid}.bin`);
process.stdout.write('ready\n');
for (let n = Number(from); ; n++) {
  await writeFile(source, Buffer.alloc(300_000, n));
  const list = [0, 1, 2].map((k) => ({
    objectId: `urn:test:${(n + k) % Number(objects)}`,
    next: {
      files: [
        { logicalPath: 'count.txt', source: { bytes: Buffer.from(`${n} by ${from}`) } },
        { logicalPath: `pages/${n % 3}.bin`, source: { bytes: Buffer.alloc(20_000, n) } },
        { logicalPath: 'pages/scan.tif', source: { path: source } },
      ],
      message: `Number ${n}`,
      user: { name: 'Fault test', address: 'urn:test:faults' },
      created: new Date(),
    },
  }));
  for (const outcome of await repository.putVersions(list)) {
    if ('result' in outcome)
      process.stdout.write(`${outcome.result.objectId} ${outcome.result.version} ${n} by ${from}\n`);
    // Another writer is at the object, which is what some of these tests are about; or this process stood still so long that its
    // lock may be another's by now. Then nothing is acknowledged.
    else if (!isRefusal(outcome.error) || !HARMLESS.has(outcome.error.code)) throw outcome.error;
  }
}
