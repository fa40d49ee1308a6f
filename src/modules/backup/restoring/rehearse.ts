import { createHash } from 'node:crypto';
import type { Finding } from '#kernel/errors';
import { plainOf } from './chunks.ts';
import { type Restored, type RestoreOrder, type RestoreProgress, restoreDatabase } from './restore.ts';

/** What came back in a drill. */
export interface Rehearsed {
  backup: string;
  takenAt: string;
  tables: number;
  rows: number;
  files: number;
  bytes: number;
  seconds: Restored['seconds'] & { files: number };
  findings: Finding[];
}

/** Restores a backup into a database that is thrown away, and reads its files without keeping them. */
export async function rehearse(
  order: RestoreOrder,
  told: (p: RestoreProgress) => void,
  signal: AbortSignal,
): Promise<Rehearsed> {
  const restored = await restoreDatabase(order, told, signal);
  try {
    return await read(restored, signal);
  } finally {
    restored.place.close();
  }
}

async function read(restored: Restored, signal: AbortSignal): Promise<Rehearsed> {
  const { manifest, place, seal } = restored;
  const began = performance.now();
  const findings: Finding[] = [];
  for (const file of manifest.files) {
    signal.throwIfAborted();
    const hash = createHash('sha256');
    for await (const bytes of plainOf(place, seal, file.chunks)) hash.update(bytes);
    if (hash.digest('hex') !== file.digest)
      findings.push({
        code: 'backup.altered',
        severity: 'error',
        path: file.path,
        message: `${file.path} is not as it was.`,
      });
  }
  return {
    backup: manifest.id,
    takenAt: manifest.takenAt,
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((n, t) => n + t.rows, 0),
    files: manifest.files.length,
    bytes: manifest.totals.bytes,
    seconds: { ...restored.seconds, files: (performance.now() - began) / 1000 },
    findings,
  };
}
