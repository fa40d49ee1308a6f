import { createHash } from 'node:crypto';
import { isId } from '#kernel/ids';
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
    const b = createHash('sha256').update(`${archive.id}\n${key}`).digest();
    b[6] = ((b[6] ?? 0) & 0x0f) | 0x80;
    b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
    const h = b.toString('hex');
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
  };
}
