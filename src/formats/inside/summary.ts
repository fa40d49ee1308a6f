const PROPERTIES: Readonly<Record<number, string>> = {
  2: 'title',
  3: 'subject',
  4: 'author',
  8: 'lastAuthor',
  12: 'created',
  13: 'modified',
  14: 'pages',
  18: 'application',
};
const CODE_PAGE = 1;
const EPOCH = 11_644_473_600_000n;
const LABELS: Readonly<Record<number, string>> = {
  936: 'gb18030',
  950: 'big5',
  932: 'shift_jis',
  65001: 'utf-8',
};

/** The summary information of an OLE2 file ([MS-OLEPS]); what is broken is left out. */
export function summaryOf(stream: Buffer): Record<string, string> {
  const found: Record<string, string> = {};
  try {
    const base = stream.readUInt32LE(44);
    const places = new Map<number, number>();
    for (let i = 0; i < Math.min(100, stream.readUInt32LE(base + 4)); i++)
      places.set(stream.readUInt32LE(base + 8 + i * 8), base + stream.readUInt32LE(base + 12 + i * 8));
    const pageAt = places.get(CODE_PAGE);
    const codePage = pageAt === undefined ? 1252 : stream.readUInt16LE(pageAt + 4);
    for (const [id, at] of places) {
      const name = PROPERTIES[id];
      const value = name === undefined ? undefined : valueAt(stream, at, codePage);
      if (name !== undefined && value) found[name] = value.slice(0, 300);
    }
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
  }
  return found;
}

function valueAt(stream: Buffer, at: number, codePage: number): string | undefined {
  const type = stream.readUInt16LE(at);
  if (type === 3) return String(stream.readInt32LE(at + 4));
  if (type === 30) {
    const text = stream.subarray(at + 8, at + 8 + stream.readUInt32LE(at + 4));
    return new TextDecoder(LABELS[codePage] ?? 'windows-1252').decode(text).replace(/\0.*$/s, '').trim();
  }
  if (type === 31)
    return stream.toString('utf16le', at + 8, at + 8 + stream.readUInt32LE(at + 4) * 2).replace(/\0.*$/s, '');
  if (type !== 64) return undefined;
  const milliseconds = Number(stream.readBigUInt64LE(at + 4) / 10_000n - EPOCH);
  return milliseconds > -6e13 && milliseconds < 4e12 ? new Date(milliseconds).toISOString() : undefined;
}
