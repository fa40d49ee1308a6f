import {
  type CodeLevel,
  codeOf,
  counterAt,
  counterScopeKey,
  defaultTemplates,
  parseReferenceCode,
  type ReferenceTemplate,
  type Slot,
  standardTemplate,
  templateByKey,
  valuesAbove,
} from '#formats/reference-codes';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { countersOf, lockCounter, setCounter, takenCodes } from '../store/codes.ts';
import { templateFor } from '../store/codeTemplates.ts';
import type { Fonds } from '../store/fonds.ts';

/** What decides a number: the elements before the running one. */
export interface CodeRequest {
  /** Key of a template of the standards, when the archive has set none of its own. */
  template?: string;
  values: Record<string, string>;
}

/** Where the number is wanted. */
export interface CodePlace {
  level: CodeLevel;
  /** The reference code of the entry above, which says what the values leave out. */
  above: string | null;
}

/** A class to be numbered in: the template, its running number, and the elements before it. */
export interface Numbering {
  template: ReferenceTemplate;
  counter: Slot;
  values: Record<string, string>;
}

/** How many numbers are tried at once, and how often. */
const TRIED = 200;
const ROUNDS = 500;

/**
 * The template that numbers entries at a place: the archive's own in force, else the form the code above has, else the
 * standard's for the category.
 *
 * @throws Refusal referenceCode.noCounter
 */
export async function numberingFor(
  tx: Tx,
  fonds: Fonds,
  request: CodeRequest,
  place: CodePlace,
): Promise<Numbering> {
  const own = await templateFor(tx, fonds, request.values.category ?? null);
  return numberingBy(own ?? withoutOwn(request, place), fonds, request.values, place);
}

/** The same by a given template. @throws Refusal referenceCode.noCounter */
export function numberingBy(
  template: ReferenceTemplate,
  fonds: Pick<Fonds, 'number'>,
  values: Record<string, string>,
  { level, above }: CodePlace,
): Numbering {
  const counter = counterAt(template, level);
  if (!counter)
    throw new Refusal('referenceCode.noCounter', 'This kind of reference code has no running number.');
  const told = valuesAbove(template, above);
  delete told[counter.name];
  // In a volume the elements before its number are the volume's.
  const inFile = level === 'item' && template.slots.some((s) => s.level === 'file' && told[s.name]);
  const all = inFile ? { ...filled(values), ...told } : { ...told, ...filled(values) };
  return { template, counter, values: { ...all, fonds: fonds.number } };
}

function withoutOwn(request: CodeRequest, { level, above }: CodePlace): ReferenceTemplate {
  const named = request.template === undefined ? undefined : templateByKey(request.template);
  if (named) return named;
  const read = above && parseReferenceCode(above, defaultTemplates).parsed;
  // Below a file its own numbers go on, whatever the category.
  if (read && read.level === 'file' && counterAt(read.template, level)) return read.template;
  return standardTemplate(request.values.category, level);
}

const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/**
 * Gives the next free reference code, in the transaction that uses it. The counter of a scope is one locked row, so
 * two people at once get two numbers; it never goes back (standards 1.7 [D]). Numbers that came with an imported
 * catalogue, and void ones, are stepped over.
 *
 * @throws Refusal referenceCode.*
 */
export async function allocateCode(
  tx: Tx,
  fonds: Fonds,
  request: CodeRequest,
  place: CodePlace,
): Promise<string> {
  const numbering = await numberingFor(tx, fonds, request, place);
  const scope = scopeOf(numbering);
  const last = await lockCounter(tx, fonds.archiveId, scope);
  const [next] = await freeFrom(tx, fonds.archiveId, numbering, last, 1);
  if (!next) throw new Refusal('referenceCode.exhausted', 'No free number was found in this class.');
  await setCounter(tx, fonds.archiveId, scope, next.n);
  return next.code;
}

/** The codes that would be given next; none is taken. @throws Refusal referenceCode.* */
export async function nextCodes(
  tx: Tx,
  archiveId: string,
  numbering: Numbering,
  many: number,
): Promise<string[]> {
  const scope = scopeOf(numbering);
  const last = (await countersOf(tx, archiveId, [scope])).get(scope) ?? 0;
  return (await freeFrom(tx, archiveId, numbering, last, many)).map((x) => x.code);
}

const scopeOf = ({ template, counter, values }: Numbering): string =>
  counterScopeKey(template, counter.name, values);

async function freeFrom(
  tx: Tx,
  archiveId: string,
  { template, counter, values }: Numbering,
  last: number,
  many: number,
): Promise<{ n: number; code: string }[]> {
  const free: { n: number; code: string }[] = [];
  let first = last + 1;
  for (let round = 0; round < ROUNDS && free.length < many; round++) {
    // Mostly the very next is free.
    const size = round === 0 ? many : TRIED;
    const tried = Array.from({ length: size }, (_, i) => ({
      n: first + i,
      code: codeOf(template, counter, values, first + i),
    }));
    first += size;
    const taken = await takenCodes(
      tx,
      archiveId,
      tried.map((t) => t.code),
    );
    free.push(...tried.filter((t) => !taken.has(t.code)));
  }
  return free.slice(0, many);
}
