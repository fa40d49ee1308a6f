import type { OcflObject } from '#formats/ocfl';

/** A version of an object: who made it, when, and what it changed beside the one before. */
export interface VersionTold {
  version: string;
  created: string;
  message: string | null;
  by: string | null;
  /** Files by their names in the version: new ones, ones with other bytes, ones that are gone, and all. */
  added: number;
  changed: number;
  removed: number;
  files: number;
}

/** All versions, the newest first. Takes time in the number of names, which the inventory in memory has already. */
export function versionsTold(object: OcflObject): VersionTold[] {
  let before: ReadonlyMap<string, string> = new Map();
  const told = object.versions.map(({ version, created, message, user }): VersionTold => {
    const now = new Map(object.files(version).map((f) => [f.logicalPath, f.digest]));
    let added = 0;
    let changed = 0;
    for (const [path, digest] of now) {
      const earlier = before.get(path);
      if (earlier === undefined) added++;
      else if (earlier !== digest) changed++;
    }
    const removed = [...before.keys()].filter((path) => !now.has(path)).length;
    before = now;
    return {
      version,
      created,
      message: message ?? null,
      by: user?.name ?? null,
      added,
      changed,
      removed,
      files: now.size,
    };
  });
  return told.reverse();
}
