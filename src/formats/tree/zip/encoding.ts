import { decodeCp437 } from '#kernel/fileNames';

/**
 * In which encoding the names of a ZIP are that do not say so. The format means code page 437; what writes such names in
 * practice is Windows in the encoding of its country (GBK in China, Big5 in Taiwan) and macOS in UTF-8. One program
 * wrote all names, so all of them are asked together.
 */
export interface EncodingGuess {
  add(name: Uint8Array): void;
  verdict(): NameDecoder;
}

export interface NameDecoder {
  readonly encoding: 'UTF-8' | 'GB 18030' | 'Big5' | 'code page 437';
  decode(name: Uint8Array): string;
}

type Decoder = InstanceType<typeof TextDecoder>;
const strict = (label: string) => new TextDecoder(label, { fatal: true, ignoreBOM: true });
const DECODERS = { utf8: strict('utf-8'), gb: strict('gb18030'), big5: strict('big5') };

const decodes = (decoder: Decoder, name: Uint8Array): boolean => {
  try {
    decoder.decode(name);
    return true;
  } catch {
    return false;
  }
};

const isHigh = (byte: number) => byte >= 0x80;

export function createEncodingGuess(): EncodingGuess {
  const could = { utf8: true, gb: true, big5: true };
  // Of the pairs of bytes, those that are characters of everyday use: GB 2312, and the first plane of Big5.
  const pairs = { all: 0, gb2312: 0, big5Usual: 0 };
  return {
    add(name) {
      for (const key of ['utf8', 'gb', 'big5'] as const) could[key] &&= decodes(DECODERS[key], name);
      for (let i = 0; i < name.length; i++) {
        const lead = name[i] ?? 0;
        if (!isHigh(lead)) continue;
        const trail = name[++i] ?? 0;
        pairs.all++;
        const gbLead = (lead >= 0xb0 && lead <= 0xf7) || (lead >= 0xa1 && lead <= 0xa9);
        if (gbLead && trail >= 0xa1 && trail < 0xff) pairs.gb2312++;
        const big5Trail = (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail < 0xff);
        if (lead >= 0xa1 && lead <= 0xc6 && big5Trail) pairs.big5Usual++;
      }
    },
    verdict() {
      const by = (encoding: NameDecoder['encoding'], decoder: Decoder): NameDecoder => ({
        encoding,
        decode: (name) => decoder.decode(name),
      });
      const share = (n: number) => n / Math.max(1, pairs.all);
      if (could.utf8) return by('UTF-8', DECODERS.utf8);
      if (could.gb && share(pairs.gb2312) > 0.85) return by('GB 18030', DECODERS.gb);
      if (could.big5 && share(pairs.big5Usual) > 0.85) return by('Big5', DECODERS.big5);
      if (could.gb && share(pairs.gb2312) > 0.3) return by('GB 18030', DECODERS.gb);
      return { encoding: 'code page 437', decode: decodeCp437 };
    },
  };
}

export const isAscii = (name: Uint8Array): boolean => !name.some(isHigh);
