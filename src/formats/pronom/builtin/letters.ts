import type { Told } from './xml.ts';

const FIELD = /^[A-Za-z][A-Za-z0-9-]{0,60}:/;
const OF_MAIL =
  /^(from|to|cc|subject|date|received|message-id|mime-version|return-path|delivered-to|x-mailer|content-type|reply-to):/i;

/** Whether a text begins with the header of a message (RFC 5322): fields only, and at least three that mail has. */
export function letterOf(head: Buffer): Told | undefined {
  const text = head.toString('latin1', 0, Math.min(head.length, 16_384));
  if (text.includes('\0')) return undefined;
  const box = /^From \S+ [^\r\n]{0,80}\d{4}[^\r\n]{0,20}\r?\n/.exec(text);
  const lines = text.slice(box?.[0].length ?? 0).split(/\r?\n/, 200);
  const fields = new Set<string>();
  let mime = false;
  for (const [i, line] of lines.entries()) {
    if (line === '') break;
    if (/^[ \t]/.test(line) && i > 0) continue;
    if (!FIELD.test(line)) return undefined;
    const field = OF_MAIL.exec(line)?.[1];
    if (field) fields.add(field.toLowerCase());
    mime ||= /^mime-version:\s*1\.0/i.test(line);
  }
  if (fields.size < 3 || !(fields.has('from') || fields.has('received') || fields.has('to')))
    return undefined;
  if (box) return { puid: 'fmt/720', why: 'message header after a From line' };
  return { puid: mime ? 'fmt/950' : 'fmt/278', why: 'message header' };
}
