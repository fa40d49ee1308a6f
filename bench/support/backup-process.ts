/** One backup or restore, measured in a process of its own. Started by bench/backup.ts. */
import { fileURLToPath } from 'node:url';
import { readMigrations } from '#kernel/db/migrate';
import { makeBackup, restoreDatabase } from '#modules/backup';
import { migrationFolders } from '../../src/main/migrations.ts';
import { SEEDED } from '../../src/main/seeded.ts';
import type { Measured } from '../backup.ts';

const [what, databaseUrl = '', place = '', words = ''] = process.argv.slice(2);
const passphrase = words === '' ? undefined : words;
const peakMiB = () => Math.round(process.resourceUsage().maxRSS / 1024);
const began = performance.now();
const seconds = () => (performance.now() - began) / 1000;

async function backup(): Promise<Measured> {
  const { totals } = await makeBackup({
    databaseUrl,
    place,
    passphrase,
    dataDir: '/nowhere',
    files: [],
    run: null,
    version: 'bench',
    settings: { open: '', whole: '' },
    masterKey: 'none',
    timeZone: 'Asia/Shanghai',
  });
  return {
    rows: totals.rows,
    bytes: totals.bytes,
    moved: totals.newStored,
    seconds: seconds(),
    peakMiB: peakMiB(),
  };
}

async function restore(): Promise<Measured> {
  const migrations = await readMigrations(migrationFolders(fileURLToPath(new URL('../..', import.meta.url))));
  const {
    manifest,
    place: at,
    seconds: parts,
  } = await restoreDatabase({ databaseUrl, place, passphrase, migrations, seeded: SEEDED });
  at.close();
  const { rows, bytes, stored } = manifest.totals;
  return { rows, bytes, moved: stored, seconds: seconds(), peakMiB: peakMiB(), parts };
}

process.stdout.write(JSON.stringify(what === 'backup' ? await backup() : await restore()));
