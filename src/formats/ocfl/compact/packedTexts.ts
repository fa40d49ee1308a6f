import { keyedHash } from './hash.ts';

const PAGE = 1024 * 1024;
const HEX = 1;
const LATIN = 2;
const WIDE = 3;
/** Kind and length stand before the bytes of a text. */
const HEAD = 5;

const isHex = (text: string) => text.length % 2 === 0 && text.length >= 32 && /^[0-9a-f]+$/.test(text);
const isLatin = (text: string) => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return false;
  return true;
};

function encoded(text: string): { kind: number; bytes: Buffer } {
  if (isHex(text)) return { kind: HEX, bytes: Buffer.from(text, 'hex') };
  return isLatin(text)
    ? { kind: LATIN, bytes: Buffer.from(text, 'latin1') }
    : { kind: WIDE, bytes: Buffer.from(text, 'utf16le') };
}

const ENCODINGS = { [HEX]: 'hex', [LATIN]: 'latin1', [WIDE]: 'utf16le' } as const;

/**
 * Texts by number, as bytes outside the heap: a digest takes half of its letters, and no text an object of its own. For the
 * hundreds of thousands of paths and digests of a large object.
 */
export function packedTexts() {
  const hash = keyedHash();
  const pages: Buffer[] = [];
  let room = 0;
  let size = 0;
  /** Where a text begins: its page times the size of one, and its place there. */
  let places = new Float64Array(1024);
  let hashes = new Uint32Array(1024);
  /** Numbers plus one by hash; 0 is free. */
  let slots = new Int32Array(4096);

  function textOf(number: number): string {
    const place = places[number]!;
    const page = pages[Math.floor(place / PAGE)]!;
    const at = place % PAGE;
    const begin = at + HEAD;
    const end = begin + page.readUInt32LE(at + 1);
    return page.toString(ENCODINGS[page[at] as 1 | 2 | 3], begin, end);
  }

  function slotOf(text: string, hashed: number): number {
    const mask = slots.length - 1;
    for (let at = hashed & mask; ; at = (at + 1) & mask) {
      const number = slots[at]! - 1;
      if (number < 0 || (hashes[number] === hashed && textOf(number) === text)) return at;
    }
  }

  function widen(): void {
    if (size === places.length) {
      const [widerPlaces, widerHashes] = [new Float64Array(size * 2), new Uint32Array(size * 2)];
      widerPlaces.set(places);
      widerHashes.set(hashes);
      [places, hashes] = [widerPlaces, widerHashes];
    }
    if (size * 2 < slots.length) return;
    slots = new Int32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < size; number++) {
      let at = hashes[number]! & mask;
      while (slots[at] !== 0) at = (at + 1) & mask;
      slots[at] = number + 1;
    }
  }

  function put({ kind, bytes }: { kind: number; bytes: Buffer }): number {
    const wanted = HEAD + bytes.length;
    if (wanted > room) {
      // A text longer than a page has one of its own.
      pages.push(Buffer.allocUnsafeSlow(Math.max(PAGE, wanted)));
      room = pages.at(-1)!.length;
    }
    const page = pages.at(-1)!;
    const at = page.length - room;
    page[at] = kind;
    page.writeUInt32LE(bytes.length, at + 1);
    bytes.copy(page, at + HEAD);
    room -= wanted;
    return (pages.length - 1) * PAGE + at;
  }

  return {
    find(text: string): number | undefined {
      const number = slots[slotOf(text, hash(text))]! - 1;
      return number < 0 ? undefined : number;
    },
    numberOf(text: string): number {
      const hashed = hash(text);
      const known = slots[slotOf(text, hashed)]! - 1;
      if (known >= 0) return known;
      widen();
      places[size] = put(encoded(text));
      hashes[size] = hashed;
      slots[slotOf(text, hashed)] = size + 1;
      return size++;
    },
    textOf,
  };
}
