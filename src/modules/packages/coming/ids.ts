import { idFrom, isId } from '#kernel/ids';
import type { Archive } from '#modules/holdings';
import type { Arrived } from '../kinds/kind.ts';

/**
 * The id an entry of a package has here, always the same: its own where the package was written in this archive, else one
 * made of the archive and the entry (a UUID of version 8, RFC 9562).
 */
export function idsIn(archive: Archive, { own, consignment }: Arrived): (key: string) => string {
  const home = own && consignment.archive?.code === archive.code;
  return (key) => {
    if (home && isId(key)) return key;
    return idFrom(archive.id, key);
  };
}
