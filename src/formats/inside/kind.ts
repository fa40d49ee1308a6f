import { formatOf } from '#formats/images';
import { openPieces } from '#kernel/filePieces';
import type { InsideKind } from './types.ts';

const HEAD = 64 * 1024;

/** What kind of inside a file has, by its bytes alone. @throws the system's errors */
export async function kindOf(path: string): Promise<InsideKind> {
  await using file = await openPieces(path);
  const head = await file.at(0, HEAD);
  const text = head.toString('latin1');
  if (text.slice(0, 1029).includes('%PDF')) return 'pdf';
  if (formatOf(head)) return 'image';
  if (text.startsWith('PK\x03\x04')) return zipKind(text, await tailOf(file));
  if (text.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return isMessage(head) ? 'mail' : 'office';
  if (isMedia(head, text)) return 'media';
  if (isMail(text)) return 'mail';
  return 'other';
}

async function tailOf(file: {
  size: number;
  at(offset: number, length: number): Promise<Buffer>;
}): Promise<string> {
  const from = Math.max(0, file.size - HEAD);
  return (await file.at(from, HEAD)).toString('latin1');
}

/** The list of a ZIP's parts stands at its end; its first parts at its beginning. */
function zipKind(head: string, tail: string): InsideKind {
  const both = head + tail;
  if (/OFD\.xml/i.test(both)) return 'ofd';
  if (both.includes('[Content_Types].xml') || head.includes('mimetypeapplication/vnd.oasis.opendocument'))
    return 'office';
  return 'other';
}

/** `__properties_version1.0` or `__nameid` in UTF-16: an Outlook message. */
const isMessage = (head: Buffer): boolean =>
  head.includes(Buffer.from('__nameid_version1.0', 'utf16le')) ||
  head.includes(Buffer.from('__substg1.0_', 'utf16le'));

function isMedia(head: Buffer, text: string): boolean {
  const form = text.slice(8, 12);
  if (/^(RIFF|RF64)/.test(text)) return form === 'WAVE' || form === 'AVI ';
  if (text.startsWith('FORM')) return form === 'AIFF' || form === 'AIFC';
  if (text.startsWith('fLaC') || text.startsWith('ID3') || text.startsWith('\x1aE\xdf\xa3')) return true;
  if (/^(ftyp|moov|mdat|wide|free|skip)$/.test(text.slice(4, 8))) return true;
  if (/^\x00\x00\x01[\xba\xb3]/.test(text)) return true;
  return head.length > 4 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2;
}

const HEADERS =
  /^(received|from|to|subject|date|message-id|mime-version|return-path|delivered-to|content-type|x-[\w-]+):/i;

/** Two heads of a message, one after another, each known. */
function isMail(text: string): boolean {
  const lines = text.replace(/^From [^\n]*\n/, '').split(/\r?\n/, 60);
  const end = lines.indexOf('');
  const heads = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !/^[ \t]/.test(line));
  return heads.length >= 3 && heads.filter((line) => HEADERS.test(line)).length >= Math.min(3, heads.length);
}
