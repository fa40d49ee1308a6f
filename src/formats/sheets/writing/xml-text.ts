/** Characters XML 1.0 can not hold, carriage returns (which XML would turn into line feeds) and half surrogates. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPE_LIKE = /_(?=x[0-9a-fA-F]{4}_)/g;
const MARKUP = /[&<>"]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for an attribute or element that is no cell: what XML can not hold is left out. */
export function xmlText(text: string): string {
  return text.replace(UNSAFE, '').replace(MARKUP, (c) => ENTITIES[c]!);
}

/**
 * Text for a cell. What XML can not hold becomes `_xHHHH_`, and text that only looks like such an escape is
 * protected (ECMA-376-1 section 22.9.2.19), so that reading gives back every character.
 */
export function cellText(text: string): string {
  let out = text;
  if (out.includes('_x')) out = out.replace(ESCAPE_LIKE, '_x005F_');
  out = out.replace(UNSAFE, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
  return out.replace(MARKUP, (c) => ENTITIES[c]!);
}
