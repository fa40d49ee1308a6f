import { Refusal } from '#kernel/errors';

/** Turns the bytes of a tag file into text, piece by piece. */
export interface TagDecoder {
  /** @param last true with the last piece. @throws Refusal `bag.encoding` */
  decode(piece: Uint8Array, last: boolean): string;
}

/** Names of encodings in which tag files are written, to what the runtime calls them. */
const NAMES: Readonly<Record<string, string>> = {
  cp936: 'gbk',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  cp950: 'big5',
  ms936: 'gbk',
};

const ZERO = 0;

/** Whether bytes of UTF-16 are little-endian: by their mark, else by where the zeros of ASCII stand. */
function isLittle(start: Uint8Array): boolean {
  if (start[0] === 0xff && start[1] === 0xfe) return true;
  if (start[0] === 0xfe && start[1] === 0xff) return false;
  return start[1] === ZERO && start[0] !== ZERO;
}

/**
 * @param name as `Tag-File-Character-Encoding` says it
 * @param start the first bytes of the file, for the encodings that come in two orders
 * @throws Refusal `bag.encodingUnknown`
 */
export function tagDecoder(name: string, start: Uint8Array): TagDecoder {
  const label = name.trim().toLowerCase();
  if (/^utf-?32(be|le)?$/.test(label)) return utf32Decoder(label, start);
  let known = NAMES[label] ?? label;
  if (/^(utf-?16|iso-10646-ucs-2|ucs-?2)$/.test(label)) known = isLittle(start) ? 'utf-16le' : 'utf-16be';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(known, { fatal: true });
  } catch (cause) {
    throw new Refusal(
      'bag.encodingUnknown',
      `Tag files in the encoding "${name}" can not be read here.`,
      { name },
      { cause },
    );
  }
  return {
    decode(piece, last) {
      try {
        return decoder.decode(piece, { stream: !last });
      } catch (cause) {
        throw notSo(name, cause);
      }
    },
  };
}

const notSo = (name: string, cause?: unknown) =>
  new Refusal('bag.encoding', `It is not in the encoding ${name} that bagit.txt names.`, { name }, { cause });

function utf32Decoder(label: string, start: Uint8Array): TagDecoder {
  const marked = start[0] === 0xff && start[1] === 0xfe && start[2] === 0 && start[3] === 0;
  const little =
    label.endsWith('le') || (!label.endsWith('be') && (marked || (start[0] !== 0 && start[1] === 0)));
  let kept = Buffer.alloc(0);
  let first = true;
  return {
    decode(piece, last) {
      const all = Buffer.concat([kept, piece]);
      const whole = all.length - (all.length % 4);
      kept = Buffer.from(all.subarray(whole));
      if (last && kept.length > 0) throw notSo(label);
      let text = '';
      for (let at = 0; at < whole; at += 4) {
        const code = little ? all.readUInt32LE(at) : all.readUInt32BE(at);
        if (first && code === 0xfeff) {
          first = false;
          continue;
        }
        first = false;
        if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw notSo(label);
        text += String.fromCodePoint(code);
      }
      return text;
    },
  };
}
