/** An entry of a TAR made by hand. */
export interface RawTarEntry {
  readonly name: string | Buffer;
  readonly type?: string;
  readonly content?: string | Buffer;
  readonly link?: string;
  /** Instead of the content's. */
  readonly bytes?: number;
  readonly magic?: string;
}

/** Makes a TAR that may be wrong in any way. */
export function rawTar(entries: readonly RawTarEntry[], end = true): Buffer {
  const parts: Buffer[] = [];
  for (const e of entries) {
    const content = Buffer.from(e.content ?? '');
    const header = Buffer.alloc(512);
    Buffer.from(e.name).copy(header, 0, 0, 100);
    header.write('0000644\0', 100);
    header.write(`${(e.bytes ?? content.length).toString(8).padStart(11, '0')}\0`, 124);
    header.write('00000000000\0', 136);
    header.write('        ', 148);
    header.write(e.type ?? '0', 156);
    header.write(e.link ?? '', 157);
    header.write(e.magic ?? 'ustar\x0000', 257, 'latin1');
    const sum = header.reduce((a, b) => a + b, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    parts.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512));
  }
  if (end) parts.push(Buffer.alloc(1024));
  return Buffer.concat(parts);
}
