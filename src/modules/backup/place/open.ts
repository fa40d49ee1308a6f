import { describeLocation, locationOf } from '#formats/ocfl';
import type { S3Access } from '#kernel/config';
import { isRefusal, Refusal } from '#kernel/errors';
import { newHeader, openHeader, type Seal } from '../sealing/envelope.ts';
import { demandFolder, folderPlace } from './folder.ts';
import { NAMES, type Place } from './place.ts';
import { s3Place } from './s3.ts';

/** Where backups lie, and how it is reached. */
export interface Whereabouts {
  /** A folder, or `s3://bucket/prefix`. */
  place: string;
  s3?: S3Access | undefined;
  /** Undefined: not encrypted. */
  passphrase?: string | undefined;
}

/** Opens a place. Nothing is written yet. @throws Refusal backup.noPlace, store.badAddress */
export async function openPlace({ place, s3 }: Whereabouts): Promise<Place> {
  if (place.startsWith('s3:')) {
    const location = locationOf(place, s3);
    if (location.kind === 's3') return s3Place(location, describeLocation(location));
  }
  if (/^\w+:\/\//.test(place))
    throw new Refusal(
      'backup.noPlace',
      `${place} is no place for backups. Name a folder, or s3://bucket/prefix.`,
      {
        place,
      },
    );
  await demandFolder(place);
  return folderPlace(place);
}

/** Opens a place for some work. */
export async function atPlace<T>(where: Whereabouts, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await openPlace(where);
  try {
    return await work(place);
  } finally {
    place.close();
  }
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
