import { isRefusal, Refusal } from '#kernel/errors';
import { newHeader, openHeader, type Seal } from '../sealing/envelope.ts';
import { demandFolder, folderPlace } from './folder.ts';
import { NAMES, type Place } from './place.ts';

/** Opens the place of that name: a folder. */
export async function openPlace(name: string): Promise<Place> {
  if (/^\w+:\/\//.test(name))
    throw new Refusal('backup.noPlace', `${name} is no place for backups. Name a folder.`, { place: name });
  await demandFolder(name);
  return folderPlace(name);
}

/**
 * How what lies there is read.
 *
 * @throws Refusal backup.none where no backup was ever made there; those of `openHeader`
 */
export async function sealOf(place: Place, passphrase: string | undefined): Promise<Seal> {
  const header = await headerOf(place);
  if (!header)
    throw new Refusal('backup.none', `There is no backup in ${place.shown}.`, { place: place.shown });
  return openHeader(header, passphrase, place.shown);
}

/**
 * The same for writing: a place nothing lies in yet becomes one of backups, encrypted where there is a passphrase.
 *
 * @throws Refusal backup.notEmpty where other things lie there
 */
export async function sealForWriting(place: Place, passphrase: string | undefined, now: Date): Promise<Seal> {
  const there = await headerOf(place);
  if (there) return openHeader(there, passphrase, place.shown);
  for await (const { name } of place.list('')) {
    if (name === NAMES.lease) continue;
    throw new Refusal(
      'backup.notEmpty',
      `${place.shown} holds other things (${name}). Name an empty folder, or one with backups.`,
      { place: place.shown, name },
    );
  }
  const { header, seal } = await newHeader(passphrase, now);
  if (await place.claim(NAMES.header, Buffer.from(`${JSON.stringify(header, null, 2)}\n`))) {
    await place.settle();
    return seal;
  }
  return sealForWriting(place, passphrase, now);
}

async function headerOf(place: Place): Promise<Buffer | undefined> {
  try {
    return await place.read(NAMES.header);
  } catch (e) {
    if (isRefusal(e) && e.code === 'backup.missing') return undefined;
    throw e;
  }
}
