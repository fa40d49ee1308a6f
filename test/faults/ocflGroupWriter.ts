/**
 * Writes two new objects and two further versions together, and kills itself before the n-th thing it asks of its threads.
 * Says what was acknowledged. Started by the test beside it.
 */
import { join } from 'node:path';
import { createStorageRoot, filesystemStore, openRepository } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { oneOf } from '../support/ocflVersions.ts';

const [home = '', kill = '0'] = process.argv.slice(2);
const pool = createDigestPool(1);
let left = Number.POSITIVE_INFINITY;
const dying: typeof pool = {
  ...pool,
  ask(script, request) {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
    return pool.ask(script, request);
  },
};
const store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool: dying });
await createStorageRoot(store);
const repository = await openRepository({ store });
const put = async (ids: readonly number[], count: string) => {
  for (const o of await repository.putVersions(ids.map((id) => oneOf(`urn:test:${id}`, count)))) {
    if ('error' in o) throw o.error;
    process.stdout.write(`${o.result.objectId} ${o.result.version} ${count}\n`);
  }
};
await put([0, 1], 'first');
left = Number(kill);
await put([0, 1, 2, 3], 'second');
process.stdout.write('all\n');
await pool.close();
