import { asBuffer, type Held } from '../source.ts';
import { DNG } from './pictures.ts';

const GEO_KEYS = 0x87af;
const DNG_VERSION = 0xc612;

/** The format a TIFF's first directory tells: one with map keys is a GeoTIFF, one with a DNG version a raw picture. */
export async function tiffKind(source: Held): Promise<{ puid: string; why: string } | undefined> {
  const head = asBuffer(await source.read(0, 8));
  if (head.length < 8) return undefined;
  const little = head[0] === 0x49;
  const u16 = (b: Buffer, at: number) => (little ? b.readUInt16LE(at) : b.readUInt16BE(at));
  const first = little ? head.readUInt32LE(4) : head.readUInt32BE(4);
  const count = asBuffer(await source.read(first, 2));
  if (first < 8 || count.length < 2) return undefined;
  const entries = asBuffer(await source.read(first + 2, Math.min(u16(count, 0), 4096) * 12));
  let geo = false;
  for (let at = 0; at + 12 <= entries.length; at += 12) {
    const tag = u16(entries, at);
    geo ||= tag === GEO_KEYS;
    if (tag !== DNG_VERSION) continue;
    const version = `${entries[at + 8]}.${entries[at + 9]}`;
    const known = DNG.find(([, v]) => v === version);
    if (known) return { puid: known[0], why: `DNG version ${version} in its directory` };
  }
  return geo ? { puid: 'fmt/155', why: 'map keys in its directory' } : undefined;
}
