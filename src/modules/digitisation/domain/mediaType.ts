import { open } from 'node:fs/promises';

/** The kinds of file that are taken in as content. */
export type MediaType =
  | 'image/jpeg'
  | 'image/tiff'
  | 'image/png'
  | 'image/jp2'
  | 'application/pdf'
  | 'application/ofd'
  | 'text/plain';

const HEAD = 4_096;

/** The kind of a file by its first bytes; undefined for any other. A ZIP counts as OFD and is proved when opened. */
export async function mediaTypeOf(path: string): Promise<MediaType | undefined> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(buffer, 0, HEAD, 0);
    return sniff(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The same of bytes in memory. */
export const mediaTypeOfBytes = ({ buffer, byteOffset, byteLength }: Uint8Array): MediaType | undefined =>
  sniff(Buffer.from(buffer, byteOffset, Math.min(byteLength, HEAD)));

export function sniff(head: Buffer): MediaType | undefined {
  const hex = head.subarray(0, 12).toString('hex');
  if (hex.startsWith('ffd8ff')) return 'image/jpeg';
  if (hex.startsWith('89504e470d0a1a0a')) return 'image/png';
  if (/^(49492a00|4d4d002a|49492b00|4d4d002b)/.test(hex)) return 'image/tiff';
  if (hex.startsWith('0000000c6a5020200d0a870a') || hex.startsWith('ff4fff51')) return 'image/jp2';
  // A PDF's mark may stand anywhere in the first kilobyte.
  if (head.subarray(0, 1_024).includes('%PDF-')) return 'application/pdf';
  if (hex.startsWith('504b0304')) return 'application/ofd';
  return isText(head) ? 'text/plain' : undefined;
}

/** Valid UTF-8 without control characters. The last character may be cut by the end of what was read. */
function isText(head: Buffer): boolean {
  if (head.length === 0) return false;
  for (let cut = 0; cut < 4 && cut < head.length; cut++) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      return !/[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/.test(text);
    } catch {
      if (head.length < HEAD) return false;
    }
  }
  return false;
}
