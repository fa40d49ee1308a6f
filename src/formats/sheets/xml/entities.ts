import { damaged } from '../refusals.ts';

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function character(reference: string): string {
  const named = NAMED[reference];
  if (named !== undefined) return named;
  const match = /^#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}))$/.exec(reference);
  if (!match) throw damaged(`its XML uses the unknown entity "&${reference.slice(0, 20)};"`);
  const code = match[1] !== undefined ? Number.parseInt(match[1], 16) : Number(match[2]);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw damaged(`its XML names the impossible character ${reference}`);
  }
  return String.fromCodePoint(code);
}

/** Resolves the five XML entities and character references, and line ends as XML 1.0 section 2.11 asks. */
export function decodeText(raw: string): string {
  let text = raw;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (!text.includes('&')) return text;
  let out = '';
  let from = 0;
  for (let amp = text.indexOf('&'); amp >= 0; amp = text.indexOf('&', from)) {
    const end = text.indexOf(';', amp);
    if (end < 0 || end - amp > 40) throw damaged('its XML holds a bare "&"');
    out += text.slice(from, amp) + character(text.slice(amp + 1, end));
    from = end + 1;
  }
  return out + text.slice(from);
}

/**
 * Resolves `_xHHHH_`, by which the format writes characters XML can not hold (ECMA-376-1 section 22.9.2.19,
 * ST_Xstring). `_x005F_` stands for a literal underscore before what would else be such an escape.
 */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
