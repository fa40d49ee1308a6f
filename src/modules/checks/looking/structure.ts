/** What a file's own bytes show without drawing it: cheap enough for every file. Null: it can not be told so. */
export interface Structure {
  /** It ends where its format says it ends. */
  readonly complete: boolean | null;
  readonly encrypted: boolean | null;
  /** It carries a signature, which is to be looked into. */
  readonly signed: boolean | null;
  /** Packed by a method that is not public. */
  readonly closedPacking: boolean | null;
}

/** The beginning and the end of a file; one and the same where all of it is at hand. */
export interface Ends {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly bytes: number;
}

const NOTHING: Structure = { complete: null, encrypted: null, signed: null, closedPacking: null };
const whole = ({ head, bytes }: Ends) => head.length >= bytes;

/** Looks at the first bytes for what it is, and at the rest as that kind of file is built. */
export function structureOf(ends: Ends): Structure {
  const { head, bytes } = ends;
  if (bytes === 0) return { ...NOTHING, complete: false };
  if (head.subarray(0, 1_024).includes('%PDF-')) return ofPdf(ends);
  if (head[0] === 0x50 && head[1] === 0x4b && (head[2] ?? 9) < 9) return ofZip(ends);
  if (starts(head, 'd0cf11e0a1b11ae1')) return ofOle(ends);
  if (starts(head, 'ffd8ff'))
    return { ...NOTHING, complete: ends.tail.lastIndexOf('ffd9', undefined, 'hex') >= 0 };
  if (starts(head, '89504e470d0a1a0a'))
    return { ...NOTHING, complete: ends.tail.subarray(-64).includes('IEND') };
  if (starts(head, '49492a00') || starts(head, '4d4d002a')) return ofTiff(ends);
  if (starts(head, '526172211a07')) return { ...NOTHING, closedPacking: true };
  if (starts(head, '52494646'))
    return { ...NOTHING, complete: head.length >= 8 && head.readUInt32LE(4) + 8 <= bytes + 1 };
  return NOTHING;
}

const starts = (head: Buffer, hex: string) => head.subarray(0, hex.length / 2).toString('hex') === hex;

function ofPdf(ends: Ends): Structure {
  const { head, tail } = ends;
  const has = (words: string) => head.includes(words) || tail.includes(words);
  const all = whole(ends);
  return {
    complete: tail.subarray(-2_048).includes('%%EOF'),
    // The trailer that says so is at the end, or at the beginning of a file made for the web.
    encrypted:
      /\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(head.toString('latin1')) ||
      /\/Encrypt\s+\d+\s+\d+\s+R|\/Encrypt\s*<</.test(tail.toString('latin1')),
    signed: has('/ByteRange') ? true : all ? false : null,
    closedPacking: false,
  };
}

const END = Buffer.from('504b0506', 'hex');
const ENTRY = 0x02014b50;
/** Entries of a ZIP that are looked at. */
const MOST_ENTRIES = 5_000;

function ofZip({ tail, bytes }: Ends): Structure {
  const at = tail.lastIndexOf(END);
  if (at < 0 || at + 22 > tail.length) return { ...NOTHING, complete: false };
  const directory = tail.readUInt32LE(at + 16) - (bytes - tail.length);
  // Further away than what is at hand, or ZIP64: only its end was seen.
  if (directory < 0 || directory > at) return { ...NOTHING, complete: true };
  let [encrypted, signed, closed] = [false, false, false];
  let entry = directory;
  for (let n = 0; n < MOST_ENTRIES && entry + 46 <= at && tail.readUInt32LE(entry) === ENTRY; n++) {
    const flags = tail.readUInt16LE(entry + 8);
    const method = tail.readUInt16LE(entry + 10);
    const nameLength = tail.readUInt16LE(entry + 28);
    const name = tail.toString('latin1', entry + 46, entry + 46 + nameLength);
    if ((flags & 1) !== 0) encrypted = true;
    // 99 is what encrypted entries of WinZip call themselves; deflate64 and the like are not public.
    if (method === 99) encrypted = true;
    else if (method !== 0 && method !== 8) closed = true;
    if (/(?:^|\/)signatures?\.xml$/i.test(name)) signed = true;
    entry += 46 + nameLength + tail.readUInt16LE(entry + 30) + tail.readUInt16LE(entry + 32);
  }
  return { complete: true, encrypted, signed, closedPacking: closed };
}

/** Office files that were given a password are an OLE2 file with the whole of them enciphered inside. */
const ENCIPHERED = Buffer.from('EncryptedPackage', 'utf16le');

function ofOle(ends: Ends): Structure {
  const found = ends.head.includes(ENCIPHERED) || ends.tail.includes(ENCIPHERED);
  return { ...NOTHING, encrypted: found ? true : whole(ends) ? false : null, closedPacking: false };
}

function ofTiff({ head, bytes }: Ends): Structure {
  if (head.length < 8) return { ...NOTHING, complete: false };
  const at = head[0] === 0x49 ? head.readUInt32LE(4) : head.readUInt32BE(4);
  return { ...NOTHING, complete: at >= 8 && at + 2 <= bytes };
}
