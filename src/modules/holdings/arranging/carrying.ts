import { createHash } from 'node:crypto';
import { generateNKeysBetween } from 'fractional-indexing';
import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { drawKeysAnew, LONGEST_KEY } from '../store/orderKeys.ts';
import { codesComing, type GivenCode, givenNumbers, keyOfCode } from './codes.ts';
import type { Target } from './plan.ts';
import type { CodeChoice } from './rules.ts';
import { type Listed, noteCodes } from './store/worklist.ts';
import {
  keepFormer,
  keyBehind,
  keyOf,
  letGoOfCodes,
  type NewPlace,
  writePlaces,
  writeVoids,
} from './store/writing.ts';

/** Work on one stretch of a list. */
export interface Stretch {
  id: string;
  archiveId: string;
  reason: string;
  actor: AuditActor;
}

/** What came of a stretch. */
export interface Carried {
  renumbered: number;
  kept: number;
}

/**
 * Carries entries of a list to a place: the chosen stand there in their order, what is below them comes along into its fonds.
 *
 * @param last the chosen one that was put there before; the next stands behind it
 */
export async function carryStretch(
  deps: HoldingsDeps,
  tx: Tx,
  work: Stretch,
  { to, codes, last }: { to: Target; codes: CodeChoice; last: string | undefined },
  units: readonly Listed[],
): Promise<Carried> {
  const fonds = await demandFonds(tx, to.fondsId);
  const tops = units.filter((u) => u.top);
  const keys = await keysAt(tx, to, last, tops.length);
  const positions = new Map(tops.map((u, i) => [u.id, keys[i]!]));
  // What was taken out of the way meanwhile does not come along.
  const along = new Set<string>();
  const coming = units.filter((u) => {
    const comes = u.top || u.parentFonds === to.fondsId || (u.parentId !== null && along.has(u.parentId));
    if (comes) along.add(u.id);
    return comes;
  });
  const stays = coming.filter((u) => u.fondsId === to.fondsId);
  const leaves = coming.filter((u) => u.fondsId !== to.fondsId);
  const given = [
    ...stays.map((unit): GivenCode => ({ unit, code: unit.referenceCode, kept: false })),
    ...(await codesComing(tx, fonds, leaves, codes)),
  ];
  const places = given.map(
    ({ unit, code }): NewPlace => ({
      id: unit.id,
      fondsId: to.fondsId,
      parentId: unit.top ? to.parentId : unit.parentId,
      position: positions.get(unit.id) ?? unit.position,
      code,
      sortKey: code === unit.referenceCode ? unit.sortKey : keyOfCode(code),
    }),
  );
  return writeGiven(deps, tx, work, fonds, given, places);
}

/** Writes places and codes, and all that follows from them. */
export async function writeGiven(
  deps: HoldingsDeps,
  tx: Tx,
  work: Stretch,
  fonds: Fonds,
  given: readonly GivenCode[],
  places: readonly NewPlace[],
): Promise<Carried> {
  const at = deps.clock.now();
  const { id, archiveId, reason, actor } = work;
  await letGoOfCodes(
    tx,
    id,
    archiveId,
    given.flatMap((g) =>
      g.code !== null && g.code !== g.unit.referenceCode ? [{ unitId: g.unit.id, code: g.code }] : [],
    ),
  );
  await writePlaces(tx, places, at);
  const changed = given.filter((g) => g.code !== g.unit.referenceCode);
  await noteCodes(
    tx,
    id,
    given.map((g) => ({ seq: g.unit.seq, was: g.unit.referenceCode, code: g.code, sortKey: null })),
  );
  await keepFormer(
    tx,
    changed.map((g) => ({ unitId: g.unit.id, was: g.unit.referenceCode, is: g.code })),
    { archiveId, basis: reason, actorName: actor.name, at },
  );
  const left = changed.flatMap((g) => g.unit.referenceCode ?? []);
  await writeVoids(tx, await givenNumbers(tx, fonds, left), { archiveId, reason, actorName: actor.name, at });
  const ids = places.map((p) => p.id);
  if (ids.length > 0) {
    await deps.index.changed(tx, ids);
    await deps.audit.append(tx, {
      actor,
      archiveId,
      act: 'holdings.rearranged',
      target: { type: 'changeset', id },
      detail: {
        count: ids.length,
        renumbered: changed.length,
        reason,
        ...(changed.length > 0 && changed.length <= TOLD
          ? { codes: changed.map((g) => ({ id: g.unit.id, from: g.unit.referenceCode, to: g.code })) }
          : {}),
        digest: digestOf(given),
        digestOver: 'SHA-256 of the lines "id code" in order of id',
      },
    });
  }
  return { renumbered: changed.length, kept: given.filter((g) => g.kept).length };
}

/** Changes of codes the trail repeats one by one; of more it keeps the digest. */
const TOLD = 50;

function digestOf(given: readonly GivenCode[]): string {
  const lines = given.map((g) => `${g.unit.id} ${g.code ?? ''}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}

/** Order keys for as many entries at a place. */
async function keysAt(
  tx: Tx,
  to: Target,
  last: string | undefined,
  n: number,
  again = false,
): Promise<string[]> {
  if (n === 0) return [];
  const under = to.parentId ?? to.fondsId;
  const sibling = last ?? to.after;
  let left: string | null = null;
  if (sibling !== null) {
    const found = await keyOf(tx, under, sibling);
    left = found === undefined ? ((await keyOf(tx, under, undefined)) ?? null) : found;
  }
  const right = await keyBehind(tx, under, left);
  const long = [left, right].find((key) => (key?.length ?? 0) > LONGEST_KEY);
  if (long && !again) {
    await drawKeysAnew(tx, under, long);
    return keysAt(tx, to, last, n, true);
  }
  return generateNKeysBetween(left, right, n);
}

/** @throws Refusal fonds.notFound */
export async function demandFonds(tx: Tx, id: string): Promise<Fonds> {
  const fonds = await fondsById(tx, id);
  if (!fonds) throw new Refusal('fonds.notFound', 'There is no such fonds.');
  return fonds;
}
