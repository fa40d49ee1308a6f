import { isRefusal } from '#kernel/errors';
import { backupsAt, chooseBackup, type Manifest, readManifest } from './manifest.ts';
import { atPlace, sealOf, type Whereabouts } from './place/open.ts';
import type { Place } from './place/place.ts';
import { type Verified, verifyBackup } from './restoring/verify.ts';

/** A backup at a place; what it holds where its manifest can be read. */
export interface Listed {
  id: string;
  takenAt: string;
  encrypted: boolean;
  madeBy: Manifest['madeBy'] | null;
  masterKey: Manifest['masterKey'] | null;
  totals: Manifest['totals'] | null;
  trouble: { code: string; message: string } | null;
}

/** All backups at a place, newest first. */
export const listBackups = (o: Whereabouts): Promise<Listed[]> => atPlace(o, (place) => listAt(place, o));

async function listAt(place: Place, o: Whereabouts): Promise<Listed[]> {
  const seal = await sealOf(place, o.passphrase);
  const listed: Listed[] = [];
  for (const backup of (await backupsAt(place)).reverse()) {
    const one = { id: backup.id, takenAt: backup.takenAt.toISOString(), encrypted: seal.encrypted };
    try {
      const { madeBy, masterKey, totals, takenAt } = await readManifest(place, seal, backup);
      listed.push({ ...one, takenAt, madeBy, masterKey, totals, trouble: null });
    } catch (e) {
      if (!isRefusal(e)) throw e;
      const trouble = { code: e.code, message: e.message };
      listed.push({ ...one, madeBy: null, masterKey: null, totals: null, trouble });
    }
  }
  return listed;
}

/**
 * Verifies one backup without restoring it.
 *
 * @param o.at its id or a moment; undefined: the newest
 */
export async function verifyBackups(
  o: Whereabouts & { at?: string | undefined },
  told?: (bytes: number, total: number) => void,
): Promise<Verified> {
  return atPlace(o, async (place) => {
    const seal = await sealOf(place, o.passphrase);
    return verifyBackup(place, seal, chooseBackup(await backupsAt(place), o.at, place.shown), told);
  });
}
