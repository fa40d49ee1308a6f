import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { newMasterKey } from '#kernel/signing/sealing';
import { keyFingerprint } from '#modules/backup';

/**
 * The key that closes the signing keys, kept in the data folder and never in the database. Made at first start.
 *
 * @throws Refusal secrets.masterKey when the file is damaged
 */
export async function masterKeyOf(dataDir: string): Promise<Buffer> {
  const folder = join(dataDir, 'secrets');
  const path = join(folder, 'master.key');
  const text = await readFile(path, 'utf8').catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return undefined;
    throw e;
  });
  if (text !== undefined) {
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length === 32) {
      await demandWanted(folder, text);
      return key;
    }
    throw new Refusal(
      'secrets.masterKey',
      `The master key in ${path} is damaged. Restore it from your backup.`,
    );
  }
  await refuseWithout(folder);
  const key = newMasterKey();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(path, `${key.toString('base64')}\n`);
  return key;
}

/** Says which key is wanted where an install was restored from a backup without it. */
export const WANTED = 'master.key.wanted';

/** @throws Refusal secrets.masterKeyWanted where the key is another than the one that is wanted */
async function demandWanted(folder: string, text: string): Promise<void> {
  const wanted = await wantedIn(folder);
  if (wanted === undefined) return;
  if (keyFingerprint(text) !== wanted) throw refusal(folder);
  await rm(join(folder, WANTED), { force: true });
}

/** What was closed with the key of before can not be opened with a new one, so that none is made unasked. */
async function refuseWithout(folder: string): Promise<void> {
  if ((await wantedIn(folder)) !== undefined) throw refusal(folder);
}

const wantedIn = (folder: string) =>
  readFile(join(folder, WANTED), 'utf8').then(
    (text) => text.trim(),
    () => undefined,
  );

const refusal = (folder: string) =>
  new Refusal(
    'secrets.masterKeyWanted',
    `This installation was restored from a backup without its master key. Put the key it had at ${join(folder, 'master.key')}. Where that is lost, remove ${join(folder, WANTED)}: a new key is made, and personal data and signing keys of before stay closed for ever.`,
  );
