import type { Held } from '../source.ts';
import { letterOf } from './letters.ts';
import { textOf } from './text.ts';
import { markupOf, type Told } from './xml.ts';

const PARTED: Readonly<Record<string, [separator: RegExp, puid: string, what: string]>> = {
  csv: [/[,;\t|]/, 'x-fmt/18', 'separated values, by its extension'],
  tsv: [/\t/, 'x-fmt/13', 'separated values, by its extension'],
  tab: [/\t/, 'x-fmt/13', 'separated values, by its extension'],
};

/** What a file without a signature is, if it is text: markup, a message, JSON, a table, or words. */
export function textKind({ windows: { head, tail, bytes } }: Held, extension: string): Told | undefined {
  if (head.length === 0) return undefined;
  const letter = letterOf(head);
  if (letter) return letter;
  const found = textOf(head, head.length < bytes);
  if (!found) {
    // Markup may be in an encoding that is not known here, or damaged.
    const plain = head.subarray(0, 8192).toString('latin1');
    return /^\s{0,100}<\?xml\s/.test(plain) ? markupOf(plain, extension) : undefined;
  }
  // What ends as something else is no text, whatever it begins with.
  if (tail !== head && tail.includes(0) && !found.encoding.startsWith('UTF-16')) return undefined;
  const { encoding, text } = found;
  const told = markupOf(text, extension) ?? jsonOf(text, head.length < bytes, extension) ?? cardOf(text);
  if (told) return { ...told, why: `${told.why}; text in ${encoding}` };
  const parted = PARTED[extension];
  if (parted?.[0].test(text.slice(0, 4096)))
    return { puid: parted[1], why: `text in ${encoding}; ${parted[2]}` };
  return { puid: PLAIN, why: `text in ${encoding}` };
}

export const PLAIN = 'x-fmt/111';

function jsonOf(text: string, cut: boolean, extension: string): Told | undefined {
  const start = /^\ufeff?\s{0,1000}[{[]/.test(text);
  if (!start) return undefined;
  const json = { puid: 'fmt/817', why: cut ? 'begins as JSON, by its extension' : 'JSON' };
  if (cut) return extension === 'json' && /^\ufeff?\s*[{[]\s*["{[\d\-tfn]/.test(text) ? json : undefined;
  try {
    JSON.parse(text.replace(/^\ufeff/, ''));
    return json;
  } catch {
    return undefined;
  }
}

function cardOf(text: string): Told | undefined {
  if (/^\ufeff?BEGIN:VCARD\r?\n/i.test(text)) return { puid: 'fmt/395', why: 'BEGIN:VCARD' };
  if (/^\ufeff?BEGIN:VCALENDAR\r?\n/i.test(text)) return { puid: 'fmt/388', why: 'BEGIN:VCALENDAR' };
  return undefined;
}
