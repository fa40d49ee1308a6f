import { createHash } from 'node:crypto';
import { isRefusal, messageOf } from '#kernel/errors';
import { type BackupName, type Manifest, readManifest } from '../manifest.ts';
import { chunkName, NAMES, type Place } from '../place/place.ts';
import { type ChunkRef, readChunk } from '../sealing/chunks.ts';
import type { Seal } from '../sealing/envelope.ts';

export interface BadPart {
  code: string;
  /** What is damaged, and what of the backup it belongs to. */
  path: string;
  message: string;
}

export interface Verified {
  backup: string;
  sound: boolean;
  chunks: number;
  bytes: number;
  findings: BadPart[];
}

/**
 * Reads a backup to the last byte without restoring it. A chunk that is damaged is put aside, so that the next backup
 * writes it anew where the rows are still the same, which mends every backup that needs it.
 */
export async function verifyBackup(
  place: Place,
  seal: Seal,
  backup: BackupName,
  told: (bytes: number, total: number) => void = () => {},
): Promise<Verified> {
  const findings: BadPart[] = [];
  let manifest: Manifest;
  try {
    manifest = await readManifest(place, seal, backup);
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return {
      backup: backup.id,
      sound: false,
      chunks: 0,
      bytes: 0,
      findings: [{ code: e.code, path: backup.name, message: e.message }],
    };
  }
  const bad = new Set<string>();
  let bytes = 0;
  let chunks = 0;
  const look = async (part: { name: string; digest: string; bytes: number; chunks: readonly ChunkRef[] }) => {
    const hash = createHash('sha256');
    let whole = true;
    for (const ref of part.chunks) {
      if (bad.has(ref[0])) {
        whole = false;
        continue;
      }
      try {
        hash.update(await readChunk(place, seal, ref));
      } catch (e) {
        if (!isRefusal(e)) throw e;
        whole = false;
        bad.add(ref[0]);
        findings.push({ code: e.code, path: part.name, message: messageOf(e) });
        if (e.code === 'backup.altered')
          await place.move(chunkName(ref[0]), `${NAMES.damaged}${ref[0]}`).catch(() => {});
      }
      chunks++;
      bytes += ref[1];
      told(bytes, manifest.totals.bytes);
    }
    if (whole && hash.digest('hex') !== part.digest)
      findings.push({
        code: 'backup.altered',
        path: part.name,
        message: `${part.name} is not what the backup says.`,
      });
  };
  for (const t of manifest.tables) await look(t);
  await look({ name: 'jobs', ...manifest.jobs });
  for (const f of manifest.files) await look({ name: f.path, ...f });
  return { backup: backup.id, sound: findings.length === 0, chunks, bytes, findings };
}
