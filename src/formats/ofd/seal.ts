/** A picture found inside an electronic seal. */
export interface SealPicture {
  /** `png`, `jpg`, `ofd` … as the seal says. */
  format: string;
  data: Buffer;
}

const FORMATS = new Set(['png', 'jpg', 'jpeg', 'bmp', 'gif', 'ofd']);
const MAX_DEPTH = 24;

/**
 * The picture of an electronic seal (GB/T 38540 or GM/T 0031): within the DER structure, the IA5String naming a picture
 * format with the OCTET STRING after it. Found by shape, so that both standards and their older forms are read.
 */
export function sealPicture(der: Buffer, depth = 0): SealPicture | undefined {
  if (depth > MAX_DEPTH) return undefined;
  let format: string | undefined;
  for (const { tag, content } of elements(der)) {
    if (tag === 0x16) format = content.toString('latin1').toLowerCase();
    else if (tag === 0x04 && format !== undefined && FORMATS.has(format)) return { format, data: content };
    else {
      if ((tag & 0x20) !== 0 || tag === 0x04) {
        const found = sealPicture(content, depth + 1);
        if (found) return found;
      }
      format = undefined;
    }
  }
  return undefined;
}

/** The elements that lie side by side in `der`; stops at the first that does not fit. */
function* elements(der: Buffer): Generator<{ tag: number; content: Buffer }> {
  let at = 0;
  while (at + 2 <= der.length) {
    const tag = der[at]!;
    let length = der[at + 1]!;
    at += 2;
    if (length >= 0x80) {
      const bytes = length & 0x7f;
      if (bytes === 0 || bytes > 4 || at + bytes > der.length) return;
      length = der.readUIntBE(at, bytes);
      at += bytes;
    }
    if (at + length > der.length) return;
    yield { tag, content: der.subarray(at, at + length) };
    at += length;
  }
}
