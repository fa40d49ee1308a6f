import { openPieces } from '#kernel/filePieces';
import { defined } from './defined.ts';
import { openOle } from './ole.ts';
import type { AttachmentInside, Inside } from './types.ts';

const MAX_MESSAGE = 64 * 1024 * 1024;
const MAX_PARTS = 1_000;
const MAX_DEPTH = 12;

/** A message (RFC 5322, MIME), or one of Outlook (.msg): who, when, and what is attached. */
export async function lookInsideMail(path: string): Promise<Inside> {
  await using file = await openPieces(path);
  const isOle = (await file.at(0, 2)).toString('latin1') === '\xd0\xcf';
  if (isOle) return lookInsideOutlook(path);
  const text = (await file.at(0, Math.min(file.size, MAX_MESSAGE))).toString('latin1');
  const { heads, body } = split(text.replace(/^From [^\n]*\n/, ''));
  const attachments: AttachmentInside[] = [];
  collect(heads, body, attachments, 0);
  const field = (name: string) => (heads.has(name) ? decodeWords(heads.get(name)!).slice(0, 300) : undefined);
  return {
    kind: 'mail',
    mail: defined({ subject: field('subject'), from: field('from'), to: field('to'), date: field('date') }),
    attachments,
    ...(/multipart\/encrypted|application\/(x-)?pkcs7-mime/i.test(heads.get('content-type') ?? '')
      ? { encrypted: true }
      : {}),
    notPerformed: file.size > MAX_MESSAGE ? ['Only the first 64 MiB were looked at.'] : [],
  };
}

function split(text: string): { heads: Map<string, string>; body: string } {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const heads = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name !== '' && !heads.has(name)) heads.set(name, line.slice(colon + 1).trim());
  }
  return { heads, body: end ? text.slice(end.index + end[0].length) : '' };
}

function collect(
  heads: ReadonlyMap<string, string>,
  body: string,
  into: AttachmentInside[],
  depth: number,
): void {
  const type = heads.get('content-type') ?? 'text/plain';
  const boundary = parameter(type, 'boundary');
  if (/^multipart\//i.test(type) && boundary && depth < MAX_DEPTH) {
    for (const part of body.split(`--${boundary}`).slice(1)) {
      if (part.startsWith('--') || into.length >= MAX_PARTS) break;
      const inner = split(part.replace(/^[ \t]*\r?\n/, ''));
      collect(inner.heads, inner.body, into, depth + 1);
    }
    return;
  }
  const disposition = heads.get('content-disposition') ?? '';
  const name = parameter(disposition, 'filename') ?? parameter(type, 'name');
  const attached = /^attachment/i.test(disposition) || name !== undefined || /^message\/rfc822/i.test(type);
  if (!attached || depth === 0) return;
  const base64 = /base64/i.test(heads.get('content-transfer-encoding') ?? '');
  const letters = base64 ? body.replace(/[^A-Za-z0-9+/]/g, '').length : 0;
  into.push({
    name: (name ?? 'a message').slice(0, 300),
    bytes: base64 ? Math.floor((letters * 3) / 4) : body.replace(/\r?\n$/, '').length,
    type: type.split(';')[0]!.trim().slice(0, 100),
  });
}

/** A parameter of a head, in its plain forms and those of RFC 2231. */
function parameter(head: string, name: string): string | undefined {
  const extended = [...head.matchAll(new RegExp(`;\\s*${name}\\*(?:\\d+\\*?)?=("?)([^;"]*)\\1`, 'gi'))];
  if (extended.length > 0) {
    const [, label, text] = /^([^']*)'[^']*'(.*)$/s.exec(extended.map((m) => m[2]).join('')) ?? [];
    return percent(text ?? extended.map((m) => m[2]).join(''), label ?? 'utf-8');
  }
  const plain = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(head);
  const value = plain?.[1] ?? plain?.[2];
  return value === undefined ? undefined : decodeWords(value);
}

function percent(text: string, label: string): string {
  const bytes = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decode(Buffer.from(bytes, 'latin1'), label);
}

/** Encoded words of RFC 2047; bytes above 127 outside them are UTF-8 as RFC 6532 has it. */
function decodeWords(text: string): string {
  const joined = decode(Buffer.from(text, 'latin1'), 'utf-8').replace(/(\?=)\s+(=\?)/g, '$1$2');
  return joined.replace(
    /=\?([^?]{1,40})\?([BQbq])\?([^?]*)\?=/g,
    (_, label: string, kind: string, body: string) =>
      kind.toLowerCase() === 'b'
        ? decode(Buffer.from(body, 'base64'), label)
        : percent(body.replaceAll('_', ' ').replace(/=([0-9A-Fa-f]{2})/g, '%$1'), label),
  );
}

function decode(bytes: Buffer, label: string): string {
  try {
    return new TextDecoder(/^gb/i.test(label) ? 'gb18030' : label).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

const SUBJECT = '__substg1.0_0037001F';
const SENDER = '__substg1.0_0C1A001F';
const RECIPIENTS = '__substg1.0_0E04001F';
const FILE_NAME = '__substg1.0_3707001F';
const CONTENT = '__substg1.0_37010102';

/** [MS-OXMSG]: properties are streams; each attachment's name and content come in pairs. */
async function lookInsideOutlook(path: string): Promise<Inside> {
  await using file = await openPieces(path);
  try {
    const ole = await openOle(file);
    const texts = async (name: string) => {
      const found = ole.entries.filter((entry) => entry.name === name).slice(0, MAX_PARTS);
      return Promise.all(found.map(async (entry) => (await ole.read(entry, 2000)).toString('utf16le')));
    };
    const [subject] = await texts(SUBJECT);
    const [from] = await texts(SENDER);
    const [to] = await texts(RECIPIENTS);
    const names = await texts(FILE_NAME);
    const sizes = ole.entries.filter((entry) => entry.name === CONTENT).map((entry) => entry.bytes);
    return {
      kind: 'mail',
      mail: defined({ subject, from, to }),
      attachments: names.map((name, i) => ({
        name,
        ...(names.length === sizes.length ? { bytes: sizes[i] } : {}),
      })),
      notPerformed: [],
    };
  } catch (e) {
    if (!(e instanceof RangeError)) throw e;
    return { kind: 'mail', notPerformed: ['The message is damaged: its parts could not be listed.'] };
  }
}
