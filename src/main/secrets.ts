import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '#kernel/durably';
import { Refusal } from '#kernel/errors';
import { newMasterKey } from '#kernel/signing/sealing';

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
    if (key.length === 32) return key;
    throw new Refusal(
      'secrets.masterKey',
      `The master key in ${path} is damaged. Restore it from your backup.`,
    );
  }
  const key = newMasterKey();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(path, `${key.toString('base64')}\n`);
  return key;
}
