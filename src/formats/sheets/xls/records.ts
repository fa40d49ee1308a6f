import { damaged } from '../refusals.ts';

/** The records this reader knows (MS-XLS section 2.3); all others are passed over. */
export const RECORD = {
  formula: 0x0006,
  end: 0x000a,
  dateMode: 0x0022,
  filePass: 0x002f,
  continued: 0x003c,
  codePage: 0x0042,
  boundSheet: 0x0085,
  multipleRk: 0x00bd,
  richString: 0x00d6,
  extendedFormat: 0x00e0,
  sharedTexts: 0x00fc,
  labelShared: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  boolOrError: 0x0205,
  string: 0x0207,
  rk: 0x027e,
  format: 0x041e,
  begin: 0x0809,
} as const;

export interface BiffRecord {
  id: number;
  data: Buffer;
  /** The bodies of the CONTINUE records that follow. */
  more: Buffer[];
}

/** The records from `at` on, each with its continuations; ends with the stream. */
export function* biffRecords(stream: Buffer, at: number): Generator<BiffRecord> {
  let current: BiffRecord | undefined;
  let position = at;
  while (position + 4 <= stream.length) {
    const id = stream.readUInt16LE(position);
    const length = stream.readUInt16LE(position + 2);
    position += 4;
    if (position + length > stream.length) throw damaged('it breaks off in the middle of a record');
    const data = stream.subarray(position, position + length);
    position += length;
    if (id === RECORD.continued) {
      current?.more.push(data);
      continue;
    }
    if (current) yield current;
    current = { id, data, more: [] };
  }
  if (current) yield current;
}

/** Reads values and strings that may run over into continuation records. */
export class RecordReader {
  #segments: Buffer[];
  #segment = 0;
  #at = 0;

  constructor(record: BiffRecord) {
    this.#segments = [record.data, ...record.more];
  }

  get atEnd(): boolean {
    for (let i = this.#segment; i < this.#segments.length; i++) {
      if (this.#segments[i]!.length > (i === this.#segment ? this.#at : 0)) return false;
    }
    return true;
  }

  u8(): number {
    const bytes = this.#next();
    return bytes[this.#at++]!;
  }

  u16(): number {
    const low = this.u8();
    return low | (this.u8() << 8);
  }

  u32(): number {
    const low = this.u16();
    return (low | (this.u16() << 16)) >>> 0;
  }

  f64(): number {
    const bytes = Buffer.alloc(8);
    for (let i = 0; i < 8; i++) bytes[i] = this.u8();
    return bytes.readDoubleLE(0);
  }

  bytes(count: number): Buffer {
    const out = Buffer.alloc(Math.min(count, 1 << 16));
    for (let i = 0; i < out.length; i++) out[i] = this.u8();
    return out;
  }

  skip(count: number): void {
    let left = count;
    while (left > 0) {
      const bytes = this.#next();
      const step = Math.min(left, bytes.length - this.#at);
      this.#at += step;
      left -= step;
    }
  }

  /** A BIFF8 string of `length` characters; formatting runs and phonetic data behind it are passed over. */
  unicode(length: number): string {
    const flags = this.u8();
    const runs = (flags & 8) !== 0 ? this.u16() : 0;
    const phonetic = (flags & 4) !== 0 ? this.u32() : 0;
    let wide = (flags & 1) !== 0;
    let text = '';
    for (let left = length; left > 0; ) {
      let bytes = this.#segments[this.#segment];
      if (!bytes || this.#at >= bytes.length) {
        // Each continuation says anew how wide its characters are.
        bytes = this.#next();
        wide = (this.u8() & 1) !== 0;
      }
      const width = wide ? 2 : 1;
      const count = Math.min(left, Math.floor((bytes.length - this.#at) / width));
      if (count === 0) throw damaged('one of its texts is cut apart');
      text += bytes.toString(wide ? 'utf16le' : 'latin1', this.#at, this.#at + count * width);
      this.#at += count * width;
      left -= count;
    }
    this.skip(runs * 4 + phonetic);
    return text;
  }

  #next(): Buffer {
    let bytes = this.#segments[this.#segment];
    while (bytes && this.#at >= bytes.length) {
      bytes = this.#segments[++this.#segment];
      this.#at = 0;
    }
    if (!bytes) throw damaged('one of its records is cut off');
    return bytes;
  }
}

/** A number packed into 4 bytes (MS-XLS section 2.5.217). */
export function decodeRk(rk: number): number {
  let value: number;
  if ((rk & 2) !== 0) value = (rk | 0) >> 2;
  else {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE((rk & 0xfffffffc) >>> 0, 4);
    value = bytes.readDoubleLE(0);
  }
  return (rk & 1) !== 0 ? value / 100 : value;
}
