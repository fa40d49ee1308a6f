/** Encodes text as GB 18030, which the runtime decodes and does not encode. The tables come from its decoder, so that both agree. */

let single: Map<string, Buffer> | undefined;

/** Characters of one UTF-16 unit, of two and of four bytes. */
function table(): Map<string, Buffer> {
  if (single) return single;
  const decoder = new TextDecoder('gb18030');
  const made = new Map<string, Buffer>();
  const learn = (codes: Buffer, width: number) => {
    // Decoded one by one: what is no character would swallow its neighbours.
    for (let at = 0; at < codes.length; at += width) {
      const code = codes.subarray(at, at + width);
      const character = decoder.decode(code);
      if (character.length === 1 && character !== '\uFFFD' && !made.has(character)) made.set(character, code);
    }
  };
  const two: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) two.push(lead, trail);
  learn(Buffer.from(two), 2);
  const four = Buffer.alloc(39_420 * 4);
  for (let i = 0; i < 39_420; i++) writeFour(four, i * 4, i);
  learn(four, 4);
  single = made;
  return made;
}

/** The four bytes of a linear number (GB 18030-2005, 5.2). */
function writeFour(into: Buffer, at: number, linear: number): void {
  into[at] = 0x81 + Math.floor(linear / 12_600);
  into[at + 1] = 0x30 + (Math.floor(linear / 1260) % 10);
  into[at + 2] = 0x81 + (Math.floor(linear / 10) % 126);
  into[at + 3] = 0x30 + (linear % 10);
}

/** Linear number of U+10000. */
const SUPPLEMENT = 189_000;

/** All of Unicode can be said in GB 18030; half a surrogate pair becomes "?". */
export function encodeGb18030(text: string): Buffer {
  if (!/[^\x00-\x7f]/.test(text)) return Buffer.from(text, 'latin1');
  const codes = table();
  const out = Buffer.allocUnsafe(text.length * 4);
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0)!;
    if (point < 0x80) out[at++] = point;
    else if (point >= 0x10000) {
      writeFour(out, at, SUPPLEMENT + point - 0x10000);
      at += 4;
    } else {
      const code = codes.get(character);
      if (code) at += code.copy(out, at);
      else out[at++] = 63;
    }
  }
  return out.subarray(0, at);
}

/** Whether GB 2312 has every character of a text: GB 18030 in two bytes, both from 0xA1, rows 1 to 9 and 16 to 87. */
export function isGb2312(text: string): boolean {
  const bytes = encodeGb18030(text);
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const inRows = (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7);
    if (!inRows || bytes[++i]! < 0xa1) return false;
  }
  return true;
}
