/** Names of files as a file system gave them: any bytes but `/` and zero. Kept exactly; shown as well as can be. */

export type NameEncoding = 'utf-8' | 'gb18030' | 'unknown';

export interface FileName {
  /** What to show: the name decoded. Equal to the name itself only when `encoding` is utf-8. */
  readonly text: string;
  readonly encoding: NameEncoding;
  /** The exact bytes in ASCII: RFC 3986 percent-encoding of all but letters, digits and `-._~`. */
  readonly exact: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const gb18030 = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

function decodeAs(decoder: typeof utf8, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The bytes as percent-encoded ASCII; {@link bytesOfExact} gives them back. */
export function exactName(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    out +=
      byte < 128 && /[A-Za-z0-9._~-]/.test(char)
        ? char
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

/** The bytes an exact name stands for. */
export function bytesOfExact(exact: string): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < exact.length; i++) {
    const hex = exact[i] === '%' ? /^[0-9A-Fa-f]{2}/.exec(exact.slice(i + 1, i + 3))?.[0] : undefined;
    bytes.push(hex ? Number.parseInt(hex, 16) : exact.charCodeAt(i) & 0xff);
    if (hex) i += 2;
  }
  return Buffer.from(bytes);
}

/** Reads a name: UTF-8, else GB18030 (disks and zip files of older Chinese systems), else what can be shown of it. */
export function readFileName(bytes: Uint8Array): FileName {
  const exact = exactName(bytes);
  const text = decodeAs(utf8, bytes);
  if (text !== null) return { text, encoding: 'utf-8', exact };
  const chinese = decodeAs(gb18030, bytes);
  if (chinese !== null) return { text: chinese, encoding: 'gb18030', exact };
  return { text: lossy.decode(bytes), encoding: 'unknown', exact };
}

/** The upper half of code page 437, as which unzip programs misread Chinese names. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** Text of bytes in code page 437, the encoding ZIP names have where nothing else is said. */
export function decodeCp437(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += byte < 128 ? String.fromCharCode(byte) : CP437.charAt(byte - 128);
  return out;
}

function encodeBy(text: string, upper: (char: string) => number): Uint8Array | null {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0);
    const byte = code < 128 ? code : upper(char);
    if (byte < 0 || byte > 255) return null;
    bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

/**
 * Other ways a name may have been meant: Chinese names whose GBK bytes were taken for code page 437 or Latin-1
 * (`╡╡░╕`, `µµ°¸` for 档案). Only readings with Chinese characters; empty for a sound name.
 */
export function unmangledNames(text: string): string[] {
  if (/\p{Script=Han}/u.test(text) || !/[\u0080-\u{10ffff}]/u.test(text)) return [];
  const found = new Set<string>();
  for (const upper of [
    (char: string) => (CP437.includes(char) ? CP437.indexOf(char) + 128 : -1),
    (char: string) => char.charCodeAt(0),
  ]) {
    const bytes = encodeBy(text, upper);
    const meant = bytes && (decodeAs(utf8, bytes) ?? decodeAs(gb18030, bytes));
    if (meant && /\p{Script=Han}/u.test(meant)) found.add(meant);
  }
  return [...found];
}
