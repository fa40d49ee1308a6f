import { readdir, readFile, readlink, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';
import { isAbsent } from './filesystemReader.ts';
import { type Owner, parseOwner } from './owner.ts';

const ownerIn = async (path: string): Promise<Owner | null> =>
  parseOwner(await readlink(path).catch(() => readFile(path, 'utf8').catch(() => '')));

async function* foreign(staging: string): AsyncGenerator<{ path: string; host: string }> {
  const folder = join(staging, 'locks');
  const names = await readdir(folder).catch((e: unknown) => {
    if (isAbsent(e)) return [];
    throw e;
  });
  for (const name of names) {
    const path = join(folder, name);
    const owner = await ownerIn(path);
    if (owner && owner.host !== hostname()) yield { path, host: owner.host };
  }
}

/**
 * Locks in a folder's staging that processes of other machines hold, or held when they died: nobody here can tell.
 *
 * @returns how many, by machine
 */
export async function foreignLocks(staging: string): Promise<Map<string, number>> {
  const hosts = new Map<string, number>();
  for await (const { host } of foreign(staging)) hosts.set(host, (hosts.get(host) ?? 0) + 1);
  return hosts;
}

/**
 * Takes the locks of a machine away of which somebody knows that it writes here no more. A writer of it that lives all the same
 * looks at its lock before it publishes, and is refused then.
 *
 * @returns how many
 * @throws Refusal locks.thisMachine
 */
export async function releaseLocksOf(staging: string, host: string): Promise<number> {
  if (host === hostname())
    throw new Refusal(
      'locks.thisMachine',
      'Locks of this machine are seen to by themselves: those of processes that are gone count no more.',
      { host },
    );
  let released = 0;
  for await (const lock of foreign(staging)) {
    if (lock.host !== host) continue;
    await rm(lock.path, { force: true });
    released++;
  }
  return released;
}
