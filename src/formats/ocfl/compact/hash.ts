import { randomBytes } from 'node:crypto';

/**
 * A hash of texts that nobody can make collide who does not know its keys (HalfSipHash, one round a word and three at the
 * end): inventories are other people's. Keys are new with each call.
 */
export function keyedHash(): (text: string) => number {
  const keys = randomBytes(8);
  const [k0, k1] = [keys.readInt32LE(0), keys.readInt32LE(4)];
  return (text) => {
    const { length } = text;
    const words = (length + 1) >> 1;
    let v0 = k0;
    let v1 = k1;
    let v2 = k0 ^ 0x6c796765;
    let v3 = k1 ^ 0x74656462;
    // Two characters of sixteen bits to a word, then the length, then what mixes the last of them in.
    for (let i = 0; i < words + 4; i++) {
      let word = 0;
      if (i < words)
        word = text.charCodeAt(2 * i) | ((2 * i + 1 < length ? text.charCodeAt(2 * i + 1) : 0) << 16);
      else if (i === words) word = length;
      else if (i === words + 1) v2 ^= 0xff;
      v3 ^= word;
      v0 = (v0 + v1) | 0;
      v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0;
      v0 = (v0 << 16) | (v0 >>> 16);
      v2 = (v2 + v3) | 0;
      v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2;
      v0 = (v0 + v3) | 0;
      v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0;
      v2 = (v2 + v1) | 0;
      v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2;
      v2 = (v2 << 16) | (v2 >>> 16);
      v0 ^= word;
    }
    return (v1 ^ v3) >>> 0;
  };
}
