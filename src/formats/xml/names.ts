export interface XmlName {
  /** As written, prefix included. */
  full: string;
  /** Without the prefix. */
  local: string;
  bytes: Uint8Array;
}

const MOST = 1000;

/**
 * Turns the bytes of element names and short values into strings without making a new string each time: a
 * worksheet says "c" and "inlineStr" millions of times.
 */
export class NameTable {
  readonly #known = new Map<number, XmlName[]>();
  #size = 0;

  /** The name in `source` between `from` and `to`. */
  name(source: Buffer, from: number, to: number): XmlName {
    let hash = to - from;
    for (let i = from; i < to; i++) hash = (hash * 31 + source[i]!) | 0;
    const alike = this.#known.get(hash);
    if (alike) {
      for (const name of alike) if (equal(name.bytes, source, from, to)) return name;
    }
    const full = source.toString('utf8', from, to);
    const made = {
      full,
      local: full.slice(full.indexOf(':') + 1),
      bytes: Uint8Array.from(source.subarray(from, to)),
    };
    // A hostile file may have any number of names; those beyond are simply not remembered.
    if (this.#size < MOST) {
      this.#size++;
      if (alike) alike.push(made);
      else this.#known.set(hash, [made]);
    }
    return made;
  }
}

function equal(name: Uint8Array, source: Buffer, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let i = 0; i < name.length; i++) if (name[i] !== source[from + i]) return false;
  return true;
}
