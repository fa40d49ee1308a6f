import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultLayout, pathsOf } from '#formats/ocfl';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { scansOf } from '../pages/plan.ts';
import { jobsDone } from './waiting.ts';

const DRILL = 'backup-drill';
/** What is not copied by then is copied later: the sample is complete without it. */
const PATIENCE_MS = 300_000;

/** What people of the sample know the second store by. */
export const SECOND_STORE = '二号盘';

/**
 * A second store in a folder beside, holding everything, verified; one copy there spoilt, found, mended; one backup. All of
 * it really happens, so that the pages of preservation have something true to show.
 *
 * @param dataDir where the store (`second-store`) and the backup (`sample-backup`) lie
 */
export async function keepTwice(
  house: CliHouse,
  archive: SampleArchive,
  dataDir: string,
  signal: AbortSignal,
): Promise<void> {
  const { copies, actor } = house;
  const root = join(dataDir, 'second-store');
  const known = (await copies.stores(actor)).some(({ store }) => store.name === SECOND_STORE);
  if (!known)
    await copies.addStore(actor, {
      name: SECOND_STORE,
      secrets: null,
      megabytesPerSecond: null,
      location: { kind: 'folder', root },
    });
  // Who keeps the stores beside the server copies: two at it would be in each other's way.
  for (const begun = Date.now(); !(await holdsAll(house)) && Date.now() - begun < PATIENCE_MS; )
    await pause(500, undefined, { signal });
  const objectId = await marriageHeld(house, archive);
  await spoil(join(root, pathsOf(defaultLayout)(objectId), 'v1/content/content'));
  await house.fixity({ objectId, repair: false, signal });
  await house.fixity({ objectId, repair: true, signal });
  await house.fixity({ repair: true, signal });
  await house.backups.make(actor, { place: backupIn(dataDir) }, undefined, signal);
}

async function holdsAll({ copies, actor }: CliHouse): Promise<boolean> {
  const second = (await copies.stores(actor)).find(({ store }) => store.name === SECOND_STORE);
  return second?.store.planned === true && second.counts.wanted === 0 && second.counts.sound > 0;
}

const backupIn = (dataDir: string) => join(dataDir, 'sample-backup');

/** Restores that backup beside, and throws it away again: a report of it stays. */
export async function tryRestoring(house: CliHouse, dataDir: string, signal: AbortSignal): Promise<void> {
  await house.backups.startDrill(house.actor, { place: backupIn(dataDir) });
  await jobsDone(house, [DRILL], signal);
}

async function marriageHeld(house: CliHouse, archive: SampleArchive): Promise<string> {
  const code = scansOf(archive).find((scan) => scan.kind === 'marriage')?.code ?? '';
  const { id } = await house.holdings.archiveByCode(archive.code);
  return `urn:uuid:${await house.holdings.findByCode(house.actor, id, code)}`;
}

/** Changes one bit of a held file's copy, as a failing disk would. */
async function spoil(folder: string): Promise<void> {
  const [name = ''] = (await readdir(folder)).sort();
  const file = await open(join(folder, name), 'r+');
  try {
    const { size } = await file.stat();
    const byte = Buffer.alloc(1);
    const at = Math.floor(size / 2);
    await file.read(byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8(0) ^ 1, 0);
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
}
