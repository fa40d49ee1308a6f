import { openStore, readStorageRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import type { Config } from '#kernel/config';
import { isRefusal, messageOf } from '#kernel/errors';
import { checkFolder, type HealthCheck } from './doctorChecks.ts';

/** Doctor does not wait as long as the service does. */
const PATIENCE = { connectMs: 5_000, callMs: 10_000, idleMs: 10_000, tries: 2 };

/** Whether the storage root can be reached and written to. */
export async function checkStorage({ storage }: Pick<Config, 'storage'>): Promise<HealthCheck> {
  const name = 'storage';
  if (storage.kind === 'folder') return checkFolder(name, storage.root);
  const pool = createDigestPool(1);
  const opened = await openStore(storage, { pool, limits: PATIENCE });
  try {
    await opened.check();
    await readStorageRoot(opened.store);
    return { name, state: 'ok', message: opened.name };
  } catch (e) {
    if (isRefusal(e) && e.code === 'ocfl.noRoot')
      return { name, state: 'ok', message: `${opened.name} (its root is made at the first start)` };
    return { name, state: 'problem', message: messageOf(e) };
  } finally {
    opened.close();
    await pool.close();
  }
}
