/** What a medium's file system keeps for itself and for what explains the medium: a share, and at least so much. */
const RESERVED_SHARE = 0.02;
const RESERVED_BYTES = 8 * 1024 * 1024;
/** Block of optical media and of most file systems on them: no file takes less. */
const BLOCK = 2048;
/** A line of the manifest, and a folder's entry. */
const PER_FILE = 512;

/** Bytes a file takes on a medium, with its line in the manifest. */
export const onMedium = (bytes: number): number => Math.ceil(bytes / BLOCK) * BLOCK + BLOCK + PER_FILE;

/** Bytes objects may take on a medium of this size. */
export const roomOf = (mediumBytes: number): number =>
  Math.max(0, Math.floor(mediumBytes * (1 - RESERVED_SHARE)) - RESERVED_BYTES);

/** Media open at once while packing: what does not fit on the newest may fit on one a little before. */
const OPEN = 8;

/**
 * Packs whole objects onto media, in the order given: onto the first of the last few media with room for it, else onto a
 * new one. The same objects in the same order give the same media.
 */
export function createPacking(mediumBytes: number) {
  const room = roomOf(mediumBytes);
  const open: { no: number; left: number }[] = [];
  let media = 0;
  return {
    /** Number of the medium, from 1; null for what is larger than one. */
    place(bytes: number): number | null {
      if (bytes > room) return null;
      let found = open.find((m) => m.left >= bytes);
      if (!found) {
        found = { no: ++media, left: room };
        open.push(found);
        if (open.length > OPEN) open.shift();
      }
      found.left -= bytes;
      return found.no;
    },
    media: () => media,
  };
}
