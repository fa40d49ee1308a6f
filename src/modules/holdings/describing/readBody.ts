import {
  canonical,
  checkPattern,
  type ElementChange,
  elementBy,
  fieldsOf,
  judgeElement,
  lengthOf,
  type Names,
  type Obligations,
  type OwnElement,
  type OwnObligation,
  type OwnVocabulary,
  ownKey,
  SCHEME_LEVELS,
  type SchemeBody,
  schemeFor,
  templateFaults,
  templateKeys,
} from '#formats/metadata-schemes';
import { Refusal } from '#kernel/errors';
import { type OwnScheme, schemesOf } from '../domain/schemes.ts';

/** Longest value a pattern is of. */
const PATTERN_LENGTH = 500;
const RANK: Readonly<Record<OwnObligation, number>> = { required: 3, conditional: 2, optional: 1, unused: 0 };
/** What no entry can be without, whatever an archive says. */
const FIXED = new Set(['title', 'referenceCode', 'fondsNo', 'accessStatus', 'classification']);

const wrong = (code: string, message: string, element: string, more: Record<string, unknown> = {}): Refusal =>
  new Refusal(`descriptionScheme.${code}`, message, { element, ...more });

/**
 * A scheme as an archive says it, checked whole: what comes out can be described by.
 *
 * @param beside what the archive says of all categories, whose vocabularies its elements may use; null where this is it
 * @param before the version it follows: an element keeps its type
 * @throws Refusal `descriptionScheme.*` naming the element
 */
export function readBody(
  category: string | null,
  body: SchemeBody,
  beside: SchemeBody | null,
  before: SchemeBody | null,
): SchemeBody {
  const vocabularies = body.vocabularies.map(readVocabulary);
  demandOnce(vocabularies.map((v) => v.key));
  demandOnce(body.elements.map((e) => e.key));
  for (const e of body.elements)
    if (beside?.elements.some((b) => b.key === e.key))
      throw wrong('key', `All categories have an element ${e.key} already.`, e.key);
  const known = [...vocabularies, ...(beside?.vocabularies ?? [])];
  const elements = body.elements.map((e) => readElement(e, category, known, before));
  const changes = Object.fromEntries(
    Object.entries(body.changes).map(([key, change]) => [key, readChange(key, change, category)]),
  );
  const read: SchemeBody = {
    missing: body.missing,
    elements,
    vocabularies,
    changes,
    order: [...new Set(body.order)],
  };
  demandReadable(category, read, beside);
  return read;
}

function demandOnce(keys: readonly string[]): void {
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw wrong('key', `There are two of the key ${twice}.`, twice);
}

/** Names in three languages; what is not said is said as in simplified Chinese, or as it is said at all. */
function readNames(names: Names, element: string): Names {
  const [cn, tw, en] = [names['zh-CN'].trim(), names['zh-TW'].trim(), names.en.trim()];
  const usual = cn || tw || en;
  if (usual === '') throw wrong('names', 'A name is needed.', element);
  return { 'zh-CN': usual, 'zh-TW': tw || usual, en: en || usual };
}

function readVocabulary(v: OwnVocabulary): OwnVocabulary {
  if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(v.key)) throw wrong('key', 'A key has letters and digits.', v.key);
  if (v.terms.length === 0) throw wrong('vocabulary', 'A vocabulary needs terms.', v.key);
  const terms = v.terms.map((t) => ({ code: t.code.trim(), names: readNames(t.names, v.key) }));
  for (const { code } of terms)
    if (!/^[^;；、\s\p{Cc}](?:[^;；、\p{Cc}]{0,48}[^;；、\s\p{Cc}])?$/u.test(code))
      throw wrong('term', 'A term’s code has no semicolons and no blanks around it.', v.key, { term: code });
  const said = new Map<string, string>();
  for (const { code, names } of terms)
    for (const word of new Set([code, ...Object.values(names)])) {
      const other = said.get(word);
      if (other !== undefined && other !== code)
        throw wrong('term', `Two terms are called ${word}.`, v.key, { term: word });
      if (other === code && word === code && terms.filter((t) => t.code === code).length > 1)
        throw wrong('term', `Two terms have the code ${code}.`, v.key, { term: code });
      said.set(word, code);
    }
  return { key: v.key, names: readNames(v.names, v.key), terms };
}

function readElement(
  e: OwnElement,
  category: string | null,
  vocabularies: readonly OwnVocabulary[],
  before: SchemeBody | null,
): OwnElement {
  const { key } = e;
  if (!/^[a-z][a-zA-Z0-9]{0,39}$/.test(key)) throw wrong('key', 'A key has letters and digits.', key);
  const earlier = before?.elements.find((b) => b.key === key);
  if (earlier && earlier.type !== e.type)
    throw wrong('type', 'An element keeps its type: add another instead.', key);
  const takesTerms = e.type === 'one' || e.type === 'many';
  if (takesTerms && !vocabularies.some((v) => v.key === e.vocabulary))
    throw wrong('vocabulary', 'It needs a vocabulary the archive has.', key);
  if (e.type === 'authority' && !e.authority) throw wrong('authority', 'Say whose names it takes.', key);
  const pattern = e.pattern?.trim() || undefined;
  if (pattern !== undefined) {
    const why = e.type === 'text' ? checkPattern(pattern) : 'type';
    if (why) throw wrong('pattern', 'This pattern can not be used.', key, { why });
  }
  const most = pattern === undefined ? (e.type === 'text' ? 2_000 : lengthOf(e.type)) : PATTERN_LENGTH;
  const maxLength = e.maxLength ?? Math.min(lengthOf(e.type), most);
  if (maxLength < 1 || maxLength > most)
    throw wrong('length', `It has at most ${most} characters.`, key, { most });
  const obligations: Obligations = { ...e.obligations, ...(category !== null && { fonds: 'unused' }) };
  const { initial, derive, help, inherits, authority, vocabulary } = e;
  demandTemplate(derive, key);
  return {
    key,
    names: readNames(e.names, key),
    type: e.type,
    obligations,
    area: e.area,
    maxLength,
    ...(pattern && { pattern }),
    ...(takesTerms && vocabulary && { vocabulary }),
    ...(e.type === 'authority' && authority && { authority }),
    ...(initial?.trim() && { initial: initial.trim() }),
    ...(derive?.trim() && { derive: derive.trim() }),
    ...(inherits && { inherits }),
    ...(help && Object.values(help).some((h) => h.trim() !== '') && { help: readNames(help, key) }),
  };
}

function demandTemplate(template: string | undefined, element: string): void {
  const faults = template ? templateFaults(template) : [];
  if (faults.length > 0)
    throw wrong('derive', 'The template speaks of what there is not.', element, { part: faults[0] });
}

function readChange(key: string, change: ElementChange, category: string | null): ElementChange {
  if (!elementBy(key)) throw wrong('key', `No standard has an element ${key}.`, key);
  demandTemplate(change.derive, key);
  const reason = change.reason?.trim() || undefined;
  for (const level of SCHEME_LEVELS) {
    const said = change.obligations?.[level];
    if (said === undefined) continue;
    const standard = fieldsOf(schemeFor(category, level)).get(key)?.obligation ?? 'unused';
    if (RANK[said] >= RANK[standard]) continue;
    if (FIXED.has(key)) throw wrong('fixed', 'No entry can be without it.', key);
    // What a standard requires is not given up without saying why.
    if (standard === 'required' && reason === undefined)
      throw wrong('weaker', 'The standard requires this element. Say why less is asked.', key, { level });
  }
  const { names, help, initial, derive, obligations, terms, inherits } = change;
  const read: ElementChange = {
    ...(names && { names: readNames(names, key) }),
    ...(help && Object.values(help).some((h) => h.trim() !== '') && { help: readNames(help, key) }),
    ...(initial?.trim() && { initial: initial.trim() }),
    ...(derive?.trim() && { derive: derive.trim() }),
    ...(obligations && { obligations }),
    ...(terms &&
      terms.length > 0 && { terms: [...new Set(terms.map((t) => t.trim()).filter((t) => t !== ''))] }),
    ...(inherits !== undefined && { inherits }),
    ...(reason && { reason }),
  };
  return read;
}

/** What is usual must be a value of its element, and a template speak of elements there are. */
function demandReadable(category: string | null, body: SchemeBody, beside: SchemeBody | null): void {
  const own: OwnScheme[] = [{ category, body }];
  if (beside && category !== null) own.push({ category: null, body: beside });
  const schemes = schemesOf(own);
  const asked = new Map<string, { initial?: string | undefined; derive?: string | undefined }>([
    ...body.elements.map((e) => [ownKey(e.key), e] as const),
    ...Object.entries(body.changes),
  ]);
  for (const level of SCHEME_LEVELS) {
    const fields = fieldsOf(schemes.of(category, level));
    for (const [key, { initial, derive }] of asked) {
      const field = fields.get(key);
      if (!field) continue;
      if (initial && judgeElement(field, canonical(field, initial)).some((f) => f.weight === 'error'))
        throw wrong('initial', 'What is usual can not be a value of the element.', key);
      for (const other of derive ? templateKeys(derive) : [])
        if (other === key || (!fields.has(other) && !elementBy(other)))
          throw wrong('derive', 'The template speaks of what there is not.', key, { part: other });
    }
  }
}
