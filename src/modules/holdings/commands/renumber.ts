import { counterAt, counterScopeKey, defaultTemplates, parseReferenceCode } from '#formats/reference-codes';
import { type Actor, auditActor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { countersOf, insertVoid, restoreCode, voidReason } from '../store/codes.ts';
import { templatesOfFonds } from '../store/codeTemplates.ts';
import { fondsById } from '../store/fonds.ts';
import { bearerOf, insertAlias, type UnitRecord, unitById } from '../store/units.ts';

const REASON_LIMIT = 1_000;

/**
 * Demands that a code may be used: nobody bears it, now or as a former code, and it is not void.
 *
 * @param unitId the entry that is to have it; its own former code it may have again
 * @throws Refusal unit.duplicate, unit.codeVoid
 */
export async function demandFreeCode(
  tx: Tx,
  archiveId: string,
  code: string | null,
  unitId?: string,
): Promise<void> {
  if (!code) return;
  const taken = await bearerOf(tx, archiveId, [code]);
  if (taken && taken !== unitId)
    throw new Refusal('unit.duplicate', `The reference code ${code} is taken in this archive.`, {
      code,
      // What the asker may not see is told by nothing but its number.
      ...((await unitById(tx, taken)) ? { unitId: taken } : {}),
    });
  if (taken) return;
  const reason = await voidReason(tx, archiveId, code);
  if (reason !== undefined)
    throw new Refusal('unit.codeVoid', `The number ${code} is void and is not given again: ${reason}`, {
      code,
      reason,
      field: 'referenceCode',
    });
}

/**
 * Writes what a change of reference code leaves behind: the old code stays as another name of the entry, so that both
 * resolve, and a number that had been given is void with its reason (standards 1.7 [D]).
 *
 * @param before the entry as it was
 * @throws Refusal unit.codeReason, unit.duplicate, unit.codeVoid
 */
export async function renumber(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  before: UnitRecord,
  to: string | null,
  why: string | null | undefined,
): Promise<void> {
  const { id, archiveId, referenceCode: from } = before;
  await demandFreeCode(tx, archiveId, to, id);
  if (to) await restoreCode(tx, archiveId, to, id);
  if (!from) return;
  const reason = why?.trim() ?? '';
  if (reason === '')
    throw new Refusal('unit.codeReason', 'Say why the reference code is changed.', { field: 'codeReason' });
  if ([...reason].length > REASON_LIMIT)
    throw new Refusal('unit.codeReason', `The reason has more than ${REASON_LIMIT} characters.`, {
      field: 'codeReason',
    });
  await insertAlias(tx, { archiveId, code: from, unitId: id, basis: reason, actorName: actor.name });
  const isVoid = await wasGiven(tx, before, from);
  if (isVoid)
    await insertVoid(tx, { archiveId, code: from, reason, at: deps.clock.now(), actorName: actor.name });
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act: 'unit.renumbered',
    target: { type: 'unit', id },
    detail: { from, to, reason, void: isVoid },
  });
}

/** Whether a code lies where the engine has counted already: withdrawn, its number leaves a gap. */
async function wasGiven(tx: Tx, unit: UnitRecord, code: string): Promise<boolean> {
  const fonds = await fondsById(tx, unit.fondsId);
  if (!fonds) return false;
  const counted = new Map<string, number>();
  for (const template of [...(await templatesOfFonds(tx, fonds)), ...defaultTemplates]) {
    const parsed = parseReferenceCode(code, [template]).parsed;
    const slots = parsed?.slots;
    const counter = parsed && counterAt(template, parsed.level);
    const number = counter && slots?.[counter.name];
    if (counter && slots && number)
      counted.set(counterScopeKey(template, counter.name, slots), Number(number));
  }
  const last = await countersOf(tx, unit.archiveId, [...counted.keys()]);
  return [...counted].some(([scope, number]) => number <= (last.get(scope) ?? 0));
}
