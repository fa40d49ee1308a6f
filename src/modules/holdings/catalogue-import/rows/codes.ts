import { parseReferenceCode, readCategory, readRetention } from '#formats/reference-codes';
import type { Level } from '../../domain/unit.ts';

/** What a reference code says beside naming its entry. */
export interface CodeFacts {
  fonds: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  level: Level | null;
  /** Code of the volume or class above. */
  parent: string | null;
  /** What it says, by slot. Numbers are those of the first code of its kind that was read. */
  slots: Readonly<Record<string, string>>;
}

const NOTHING: CodeFacts = {
  fonds: null,
  category: null,
  year: null,
  retention: null,
  level: null,
  parent: null,
  slots: {},
};
const CACHE = 40_000;

/**
 * Makes a reader of reference codes. Codes of a catalogue differ in their last number: a reading is kept by the part
 * before it and the number's length, which decide which form of the standard fits.
 */
export function codeReader(): (code: string) => CodeFacts {
  const cache = new Map<string, CodeFacts>();
  return (code) => {
    const cut = code.lastIndexOf('-');
    const last = code.slice(cut + 1);
    const key = cut > 0 && /^\d+$/.test(last) ? `${code.slice(0, cut)}\t${last.length}` : code;
    const known = cache.get(key);
    if (known) return known;
    const facts = read(code, cut);
    if (cache.size >= CACHE) cache.clear();
    cache.set(key, facts);
    return facts;
  };
}

function read(code: string, cut: number): CodeFacts {
  const parsed = parseReferenceCode(code).parsed;
  if (!parsed) return NOTHING;
  const { slots, level } = parsed;
  const year = slots.year === undefined ? null : Number(slots.year);
  return {
    fonds: slots.fonds ?? null,
    category: slots.category === undefined ? null : (readCategory(slots.category)?.code ?? slots.category),
    year,
    retention: slots.retention === undefined ? null : (readRetention(slots.retention)?.code ?? null),
    level: level === 'file' || level === 'item' ? level : null,
    parent: cut > 0 && slots.volume !== undefined && level === 'item' ? code.slice(0, cut) : null,
    slots,
  };
}

export interface CodeParts {
  fonds: string;
  category: string;
  year: string;
  retention: string;
  dept: string;
  catalogueNo: string;
  volumeNo: string;
  itemNo: string;
}

/**
 * Builds the reference code of a catalogue that gives only its parts: by volume `全宗号-目录号-案卷号[-件号]` (DA/T 13-1994),
 * by item `全宗号-门类·年度·期限[·机构]-件号` (DA/T 13-2022) [S:WEN]. Null when too little is there to name one entry.
 */
export function buildCode(p: CodeParts): string | null {
  if (p.fonds === '') return null;
  if (p.volumeNo !== '') {
    const head = [p.fonds, p.catalogueNo, p.volumeNo].filter((x) => x !== '').join('-');
    return p.itemNo === '' ? head : `${head}-${p.itemNo}`;
  }
  if (p.itemNo === '' || p.year === '') return null;
  const group = [p.category === '' ? 'WS' : p.category, p.year, p.retention, p.dept]
    .filter((x) => x !== '')
    .join('·');
  return `${p.fonds}-${group}-${p.itemNo}`;
}
