/** The tables of a TrueType or OpenType font by their tags; undefined for other data. Of a collection, the first font. */
export function tablesOf(font: Buffer): { version: number; tables: Map<string, Buffer> } | undefined {
  if (font.length < 12) return undefined;
  const at = font.toString('latin1', 0, 4) === 'ttcf' && font.length >= 16 ? font.readUInt32BE(12) : 0;
  if (at + 12 > font.length) return undefined;
  const version = font.readUInt32BE(at);
  if (![0x00010000, 0x4f54544f, 0x74727565].includes(version)) return undefined;
  const tables = new Map<string, Buffer>();
  const count = font.readUInt16BE(at + 4);
  for (let i = 0; i < count; i++) {
    const entry = at + 12 + 16 * i;
    if (entry + 16 > font.length) break;
    const offset = font.readUInt32BE(entry + 8);
    tables.set(
      font.toString('latin1', entry, entry + 4),
      font.subarray(offset, offset + font.readUInt32BE(entry + 12)),
    );
  }
  return { version, tables };
}

/** A font file of these tables (OpenType 1.9, "Organization of an OpenType font"). */
export function fontOf(version: number, tables: ReadonlyMap<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  const head = Buffer.alloc(12 + 16 * sorted.length);
  const power = 2 ** Math.floor(Math.log2(sorted.length));
  head.writeUInt32BE(version, 0);
  head.writeUInt16BE(sorted.length, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE((sorted.length - power) * 16, 10);
  const parts = [head];
  let offset = head.length;
  sorted.forEach(([tag, data], i) => {
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    head.write(tag, 12 + 16 * i, 'latin1');
    head.writeUInt32BE(checksum(padded), 16 + 16 * i);
    head.writeUInt32BE(offset, 20 + 16 * i);
    head.writeUInt32BE(data.length, 24 + 16 * i);
    parts.push(padded);
    offset += padded.length;
  });
  return Buffer.concat(parts);
}

function checksum(padded: Buffer): number {
  let sum = 0;
  for (let i = 0; i < padded.length; i += 4) sum = (sum + padded.readUInt32BE(i)) >>> 0;
  return sum;
}
