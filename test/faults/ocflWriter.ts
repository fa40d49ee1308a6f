/** Writes versions of a few objects until it is killed, and says on stdout what was acknowledged. Started by the test beside it. */
import { join } from 'node:path';
import { openRepository, openStore, type S3Location, type StoreLocation } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';

const [home = '', flush = 'file', from = '0'] = process.argv.slice(2);
const pool = createDigestPool(1);
const folder: StoreLocation = { kind: 'folder', root: join(home, 'root'), staging: join(home, 'staging') };
const location = flush === 's3' ? (JSON.parse(home) as S3Location) : folder;
const { store } = await openStore(location, { pool, flush: flush === 'filesystem' ? 'filesystem' : 'file' });
const repository = await openRepository({ store });
await repository.sweepStaging();
process.stdout.write('ready\n');
for (let n = Number(from); ; n++) {
  const list = [0, 1, 2].map((k) => ({
    objectId: `urn:test:${(n + k) % 5}`,
    next: {
      files: [
        { logicalPath: 'count.txt', source: { bytes: Buffer.from(String(n)) } },
        { logicalPath: `pages/${n % 3}.bin`, source: { bytes: Buffer.alloc(20_000, n) } },
      ],
      message: `Number ${n}`,
      user: { name: 'Fault test', address: 'urn:test:faults' },
      created: new Date(),
    },
  }));
  for (const outcome of await repository.putVersions(list)) {
    if ('error' in outcome) throw outcome.error;
    process.stdout.write(`${outcome.result.objectId} ${outcome.result.version} ${n}\n`);
  }
}
