import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMigrations } from '#kernel/db/migrate';
import { type BackupOrder, restoreDatabase } from '#modules/backup';
import { migrationFolders } from '../../src/main/migrations.ts';
import { SEEDED } from '../../src/main/seeded.ts';

const HOME = new URL('../..', import.meta.url).pathname;

/** A backup of a test's database, with a data folder that holds a key and a certified copy. */
export async function backupOrder(databaseUrl: string, folder: string): Promise<BackupOrder> {
  const dataDir = join(folder, 'data');
  await mkdir(join(dataDir, 'secrets'), { recursive: true });
  await mkdir(join(dataDir, 'certificates/2026'), { recursive: true });
  await writeFile(join(dataDir, 'secrets/master.key'), `${Buffer.alloc(32, 7).toString('base64')}\n`);
  await writeFile(join(dataDir, 'certificates/2026/1.pdf'), 'a certified copy');
  return {
    databaseUrl,
    dataDir,
    place: join(folder, 'backups'),
    version: '0.0.0-test',
    files: ['certificates', 'imports'],
    settings: { open: 'LANTAI_PORT=1\n', whole: 'LANTAI_PORT=1\nLANTAI_OIDC_CLIENT_SECRET=hush\n' },
    run: null,
    masterKey: 'secrets/master.key',
    timeZone: 'Asia/Shanghai',
  };
}

export const allMigrations = () => readMigrations(migrationFolders(HOME));

/** Restores the newest backup into an empty database. */
export async function restoreInto(
  databaseUrl: string,
  o: Pick<BackupOrder, 'place' | 'passphrase' | 's3'> & { at?: string },
): ReturnType<typeof restoreDatabase> {
  const migrations = await allMigrations();
  const { place, passphrase, s3, at } = o;
  return restoreDatabase({ databaseUrl, place, passphrase, s3, at, migrations, seeded: SEEDED });
}
