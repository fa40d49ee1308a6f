import { ROOTS } from './words.ts';

export interface Told {
  readonly puid: string;
  /** What told it, for the basis. */
  readonly why: string;
}

const HTML: readonly [RegExp, string][] = [
  [/XHTML 1\.1/i, 'fmt/103'],
  [/XHTML 1\.0/i, 'fmt/102'],
  [/HTML 4\.01/i, 'fmt/100'],
  [/HTML 4\.0\b/i, 'fmt/99'],
  [/HTML 3\.2/i, 'fmt/98'],
  [/^<!doctype\s+html\s*(SYSTEM\s+["']about:legacy-compat["']\s*)?>/i, 'fmt/471'],
];

/** What stands before the root: declaration, instructions, comments, and the declaration of its type. */
function prolog(text: string): { declaration: string; doctype: string; rest: string } {
  let at = 0;
  let declaration = '';
  let doctype = '';
  const skip = (end: string, from: number) => {
    const to = text.indexOf(end, from);
    return to < 0 ? text.length : to + end.length;
  };
  for (;;) {
    while (at < text.length && text.charCodeAt(at) <= 32) at++;
    const from = at;
    if (text.startsWith('<?', at)) {
      at = skip('?>', at);
      if (/^<\?xml\s/.test(text.slice(from, from + 6))) declaration = text.slice(from, at);
    } else if (text.startsWith('<!--', at)) at = skip('-->', at);
    else if (/^<!doctype/i.test(text.slice(at, at + 9))) {
      const bracket = text.indexOf('[', at);
      const close = text.indexOf('>', at);
      at = bracket >= 0 && bracket < close ? skip('>', skip(']', bracket)) : skip('>', at);
      doctype = text.slice(from, at);
    } else return { declaration, doctype, rest: text.slice(at, at + 8192) };
  }
}

/** What markup says it is: by the type it declares, or its root and the root's namespace. */
export function markupOf(text: string, extension: string): Told | undefined {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (!/^\s{0,1000}</.test(start)) return undefined;
  const { declaration, doctype, rest } = prolog(start);
  const tag =
    /^<((?:([^\s<>/:="']{1,100}):)?([^\s<>/:="']{1,100}))((?:\s+[^\s<>=/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>?/.exec(
      rest,
    );
  const [, , prefix = '', root = '', attributes = ''] = tag ?? [];
  const declared = /html/i.test(doctype) ? HTML.find(([pattern]) => pattern.test(doctype)) : undefined;
  if (declared) return { puid: declared[1], why: 'its declared type' };
  const namespace =
    new RegExp(`\\sxmlns${prefix ? `:${escaped(prefix)}` : ''}\\s*=\\s*["']([^"']*)["']`).exec(
      attributes,
    )?.[1] ?? '';
  for (const [name, space, puid] of ROOTS) {
    if (!name.test(root) || !space.test(namespace)) continue;
    const version = root === 'svg' ? /\sversion\s*=\s*["']([\d.]+)["']/.exec(attributes)?.[1] : undefined;
    const exact = version === '1.1' ? 'fmt/92' : version === '1.0' ? 'fmt/91' : puid;
    return { puid: exact, why: namespace ? `root ${root} in ${namespace}` : `root ${root}` };
  }
  if (!declaration && /^(html|head|body|!doctype)$/i.test(root))
    return { puid: 'fmt/96', why: `root ${root}` };
  if (declaration) {
    const newer = /version\s*=\s*["']1\.1["']/.test(declaration);
    return { puid: newer ? 'fmt/1776' : 'fmt/101', why: 'XML declaration' };
  }
  const named = namespace !== '' || (root !== '' && (doctype !== '' || extension === 'xml'));
  return named ? { puid: 'fmt/101', why: `root ${root}` } : undefined;
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
