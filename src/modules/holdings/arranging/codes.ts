import {
  codeOf,
  counterAt,
  counterScopeKey,
  defaultTemplates,
  parseReferenceCode,
  type ReferenceTemplate,
  sortKey,
} from '#formats/reference-codes';
import type { Tx } from '#kernel/db';
import { countersOf, lockCounter, setCounter } from '../store/codes.ts';
import { templatesOfFonds } from '../store/codeTemplates.ts';
import type { Fonds } from '../store/fonds.ts';
import { type CodeChoice, codeInFonds, padOf } from './rules.ts';
import type { Listed } from './store/worklist.ts';
import { bearersOf, voidAmong } from './store/writing.ts';

/** A code an entry gets. */
export interface GivenCode {
  unit: Listed;
  code: string | null;
  /** It was to be another, and no number was free or its form is not known. */
  kept: boolean;
}

/** Numbers tried for one entry. */
const TRIED = 200;
const ROUNDS = 500;

/**
 * The codes entries have in the fonds they come into: those they have, or by the number of that fonds. What is taken there gets
 * the next free number of its class.
 */
export async function codesComing(
  tx: Tx,
  to: Fonds,
  units: readonly Listed[],
  choice: CodeChoice,
): Promise<GivenCode[]> {
  const given: GivenCode[] = [];
  const templates = [...(await templatesOfFonds(tx, to)), ...defaultTemplates];
  const wanted = new Map<string, string | null>();
  const isNow = new Map<string, { was: string; is: string }>();
  for (const u of units)
    wanted.set(u.id, choice === 'keep' ? u.referenceCode : wantedOf(u, to.number, isNow));
  const asked = [...new Set([...wanted.values()].filter((c) => c !== null))];
  const taken = new Map<string, Set<string>>();
  for (const b of await bearersOf(tx, to.archiveId, asked))
    taken.set(b.code, (taken.get(b.code) ?? new Set()).add(b.unitId));
  const voids = await voidAmong(tx, to.archiveId, asked);
  const here = new Set<string>();
  for (const unit of units) {
    // What stood above in this very list may have another number by now.
    const first = choice === 'keep' ? unit.referenceCode : wantedOf(unit, to.number, isNow);
    let code = first;
    if (first !== null && first !== unit.referenceCode) {
      const others = taken.get(first);
      const asked = first === wanted.get(unit.id);
      const clash =
        here.has(first) ||
        voids.has(first) ||
        (others !== undefined && (others.size > 1 || !others.has(unit.id))) ||
        (!asked && (await isTaken(tx, to, first, unit.id)));
      if (clash) code = await nextFree(tx, to, first, templates, here);
    }
    const kept = first !== null && code === null;
    code = kept ? unit.referenceCode : code;
    if (code !== null) here.add(code);
    if (unit.referenceCode !== null && code !== null && code !== unit.referenceCode)
      isNow.set(unit.id, { was: unit.referenceCode, is: code });
    given.push({ unit, code, kept });
  }
  return given;
}

function wantedOf(
  u: Listed,
  number: string,
  isNow: ReadonlyMap<string, { was: string; is: string }>,
): string | null {
  if (u.referenceCode === null) return null;
  const listed = u.parentWas !== null && u.parentIs !== null ? { was: u.parentWas, is: u.parentIs } : null;
  const above = (u.parentId ? isNow.get(u.parentId) : undefined) ?? listed;
  return codeInFonds({ code: u.referenceCode, fonds: u.fondsNumber, above }, number) ?? u.referenceCode;
}

async function isTaken(tx: Tx, { archiveId }: Fonds, code: string, unitId: string): Promise<boolean> {
  const bearers = await bearersOf(tx, archiveId, [code]);
  return bearers.some((b) => b.unitId !== unitId) || (await voidAmong(tx, archiveId, [code])).size > 0;
}

/** The next free code of the class a code is of; null where it has no running number anybody knows. */
async function nextFree(
  tx: Tx,
  { archiveId }: Fonds,
  code: string,
  templates: readonly ReferenceTemplate[],
  here: ReadonlySet<string>,
): Promise<string | null> {
  const parsed = parseReferenceCode(code, templates).parsed;
  const counter = parsed && counterAt(parsed.template, parsed.level);
  const written = counter && parsed.slots[counter.name];
  if (!parsed || !counter || typeof written !== 'string') return null;
  const padded = { ...counter, pad: padOf(written, counter.pad) };
  const template = {
    ...parsed.template,
    slots: parsed.template.slots.map((s) => (s === counter ? padded : s)),
  };
  const scope = counterScopeKey(parsed.template, counter.name, parsed.slots);
  let next = Math.max(await lockCounter(tx, archiveId, scope), 0) + 1;
  for (let round = 0; round < ROUNDS; round++) {
    const tried = Array.from({ length: round === 0 ? 8 : TRIED }, (_, i) => next + i);
    const codes = tried.map((n) => codeOf(template, padded, parsed.slots, n));
    const taken = new Set([
      ...(await bearersOf(tx, archiveId, codes)).map((b) => b.code),
      ...(await voidAmong(tx, archiveId, codes)),
    ]);
    const at = codes.findIndex((c) => !taken.has(c) && !here.has(c));
    if (at !== -1) {
      await setCounter(tx, archiveId, scope, tried[at]!);
      return codes[at]!;
    }
    next += tried.length;
  }
  return null;
}

/** Those of some codes whose numbers the engine had given: given up, they leave gaps that are recorded. */
export async function givenNumbers(tx: Tx, fonds: Fonds, codes: readonly string[]): Promise<string[]> {
  const templates = [...(await templatesOfFonds(tx, fonds)), ...defaultTemplates];
  const read = codes.flatMap((code) =>
    templates.flatMap((t) => {
      const parsed = parseReferenceCode(code, [t]).parsed;
      const counter = parsed && counterAt(t, parsed.level);
      const number = counter && parsed.slots[counter.name];
      return number === undefined || number === null || !counter
        ? []
        : [{ code, scope: counterScopeKey(t, counter.name, parsed.slots), n: Number(number) }];
    }),
  );
  const last = await countersOf(tx, fonds.archiveId, [...new Set(read.map((r) => r.scope))]);
  return [...new Set(read.filter((r) => r.n <= (last.get(r.scope) ?? 0)).map((r) => r.code))];
}

export const keyOfCode = (code: string | null): string => (code === null ? '' : sortKey(code));
