import { numberedCharacter } from './entities.ts';
import type { XmlRefusals } from './refusals.ts';

/** Characters one entity may stand for. */
const LONGEST = 10_000;

/**
 * Where a document type declaration ends.
 *
 * @param at place of its `<`
 * @returns the place behind its `>`, or -1 when that is yet to come
 */
export function doctypeEnd(s: Buffer, at: number): number {
  let inside = false;
  for (let i = at + 9; i < s.length; i++) {
    const c = String.fromCharCode(s[i]!);
    if (c === '"' || c === "'") {
      i = s.indexOf(c, i + 1, 'latin1');
      if (i < 0) return -1;
    } else if (c === '<' && inside) {
      const mark = s.toString('latin1', i, i + 4);
      const close = mark === '<!--' ? '-->' : mark.startsWith('<?') ? '?>' : undefined;
      if (close) {
        i = s.indexOf(close, i + 2, 'latin1');
        if (i < 0) return -1;
        i += close.length - 1;
      }
    } else if (c === '[') inside = true;
    else if (c === ']') inside = false;
    else if (c === '>' && !inside) return i + 1;
  }
  return -1;
}

const DECLARED =
  /<!ENTITY\s+(%\s+)?([^\s%"'>]+)\s+(?:"([^"]*)"|'([^']*)'|(?:SYSTEM|PUBLIC)\b(?:"[^"]*"|'[^']*'|[^"'>])*)\s*>/g;

/**
 * The general entities of an internal subset: those that stand for plain words, by name; null for all others (files,
 * markup, entities of entities), which are never fetched nor expanded.
 */
export function declaredEntities(doctype: string, refusals: XmlRefusals): Map<string, string | null> {
  const found = new Map<string, string | null>();
  for (const [, parameter, name, double, single] of doctype
    .replace(/<!--[\s\S]*?-->/g, '')
    .matchAll(DECLARED)) {
    // The first declaration binds (XML 1.0 section 4.2).
    if (parameter !== undefined || name === undefined || found.has(name)) continue;
    found.set(name, plain(double ?? single, refusals));
  }
  return found;
}

/** The words an entity stands for; null when it is more than words. */
function plain(value: string | undefined, refusals: XmlRefusals): string | null {
  if (value === undefined || value.length > LONGEST || /[<%]/.test(value)) return null;
  const words = value.replace(
    /&([^;&]{1,12});/g,
    (whole, r: string) => numberedCharacter(r, refusals) ?? whole,
  );
  return /[&<]/.test(words) ? null : words;
}
