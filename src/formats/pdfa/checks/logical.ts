import { nameOf, type PdfDict, PdfString, type PdfValue } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';

/** Types of PDF 1.7 structure elements (ISO 32000-1, 14.8.4), and what PDF 1.4 had. */
const STANDARD = new Set(
  `Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
   Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure
   Formula Form`.split(/\s+/),
);
const LANGUAGES: Readonly<Record<number, RegExp>> = {
  1: /^[a-zA-Z]{1,8}(-[a-zA-Z]{1,8})*$/,
  2: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/,
  3: /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/,
};

/** Logical structure, for level a. */
export function checkLogicalStructure(judging: Judging): void {
  const { file, flavour } = judging;
  if (flavour.level !== 'a') return;
  const marked = file.resolve(file.dict(file.catalogue.get('MarkInfo'))?.get('Marked'));
  if (marked !== true) judging.fault('structure.marked');
  const root = file.dict(file.catalogue.get('StructTreeRoot'));
  if (!root) judging.fault('structure.tree');
  const roles = file.dict(root?.get('RoleMap'));
  const isStandard = (type: string) => STANDARD.has(type);
  for (const [from, to] of roles?.entries ?? [])
    if (STANDARD.has(from) && file.name(to) !== from) judging.fault('structure.remapped', from);
  const checked = new Set<string>();
  checkLanguage(judging, file.catalogue.get('Lang'), 'catalogue');
  for (const number of file.numbers()) {
    const dict = file.dict(file.object(number));
    if (!dict) continue;
    const type = file.name(dict.get('S'));
    const isElement =
      nameOf(dict.get('Type')) === 'StructElem' || (dict.has('P') && dict.has('K') && type !== undefined);
    if (!isElement) continue;
    checkLanguage(judging, dict.get('Lang'), `object ${number}`);
    if (type !== undefined && !checked.has(type)) {
      checked.add(type);
      checkRole(judging, type, roles, isStandard);
    }
  }
}

function checkRole(
  judging: Judging,
  type: string,
  roles: PdfDict | undefined,
  isStandard: (type: string) => boolean,
): void {
  const seen = new Set<string>();
  let at: string | undefined = type;
  while (at !== undefined && !isStandard(at)) {
    if (seen.has(at)) {
      judging.fault('structure.circular', type);
      return;
    }
    seen.add(at);
    at = judging.file.name(roles?.get(at));
  }
  if (at === undefined) judging.fault('structure.roles', type);
}

export function checkLanguage(judging: Judging, value: PdfValue | undefined, place: string): void {
  const found = judging.file.resolve(value);
  if (!(found instanceof PdfString) || found.text === '') return;
  if (!(LANGUAGES[judging.part]?.test(found.text) ?? true)) judging.fault('structure.language', place);
}

const MAX_LEVELS = 64;

/**
 * Numbers of marked content whose structure element, or one above it, has an ActualText.
 * @param key what a page or form says as StructParents: its place in the parent tree
 */
export function actualTexts(judging: Judging, key: PdfValue | undefined): ReadonlySet<number> {
  const { file } = judging;
  const found = new Set<number>();
  const at = file.number(key);
  if (at === undefined || judging.flavour.level !== 'a') return found;
  const tree = file.dict(file.dict(file.catalogue.get('StructTreeRoot'))?.get('ParentTree'));
  const parents = tree && file.array(numbered(judging, tree, at, 0));
  for (const [number, parent] of (parents ?? []).entries()) {
    let element = file.dict(parent);
    for (let level = 0; element && level < MAX_LEVELS; level++) {
      if (element.has('ActualText')) {
        found.add(number);
        break;
      }
      element = file.dict(element.get('P'));
    }
  }
  return found;
}

/** The value at a key of a number tree. */
function numbered(judging: Judging, tree: PdfDict, key: number, depth: number): PdfValue | undefined {
  const { file } = judging;
  const own = file.array(tree.get('Nums')) ?? [];
  for (let i = 0; i + 1 < own.length; i += 2) if (file.number(own[i]) === key) return own[i + 1];
  if (depth > MAX_LEVELS) return undefined;
  for (const kid of file.array(tree.get('Kids')) ?? []) {
    const branch = file.dict(kid);
    const [low, high] = (file.array(branch?.get('Limits')) ?? []).map((one) => file.number(one) ?? 0);
    if (!branch || (low !== undefined && high !== undefined && (key < low || key > high))) continue;
    const value = numbered(judging, branch, key, depth + 1);
    if (value !== undefined) return value;
  }
  return undefined;
}
