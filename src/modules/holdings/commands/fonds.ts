import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { type Fonds, fondsById, insertFonds, updateFonds } from '../store/fonds.ts';

export interface FondsInput {
  name?: string;
  agencyId?: string | null;
  dates?: string | null;
  history?: string | null;
  custody?: string | null;
  scope?: string | null;
}

const NO_FONDS = () => new Refusal('fonds.notFound', 'There is no such fonds.');

/** Adds a fonds. Its number is never given again (standards 1.3 [S:WEN]). @throws Refusal fonds.* */
export function addFonds(
  deps: HoldingsDeps,
  actor: Actor,
  input: FondsInput & { archiveId: string; number: string; name: string },
): Promise<Fonds> {
  demand(
    actor,
    'holdings.write',
    input.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  const number = input.number.trim();
  if (!/^[A-Z0-9]{1,20}$/.test(number)) {
    throw new Refusal(
      'fonds.number',
      'A fonds number has capitals and digits, usually a letter and three digits such as J019.',
    );
  }
  return deps.db.as(scopeOf(actor), async (tx) => {
    const fonds = {
      id: deps.newId(),
      archiveId: input.archiveId,
      agencyId: input.agencyId ?? null,
      number,
      name: input.name.trim(),
      dates: input.dates ?? null,
      history: input.history ?? null,
      custody: input.custody ?? null,
      scope: input.scope ?? null,
    };
    if (!(await insertFonds(tx, fonds))) {
      throw new Refusal('fonds.duplicate', `The archive already has a fonds ${number}.`, { number });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: input.archiveId,
      act: 'fonds.added',
      target: { type: 'fonds', id: fonds.id },
      detail: { number, name: fonds.name },
    });
    await deps.index.fondsChanged(tx, [fonds]);
    return { ...fonds, childCount: 0, version: 1 };
  });
}

/** Corrects a fonds' description. @throws Refusal fonds.notFound, fonds.changed */
export function correctFonds(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  version: number,
  input: FondsInput,
): Promise<Fonds> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await fondsById(tx, id);
    if (!before) throw NO_FONDS();
    demand(actor, 'holdings.write', before.archiveId, NO_FONDS(), 'whole');
    const after = { ...before, ...input, version };
    if (!(await updateFonds(tx, after))) {
      throw new Refusal('fonds.changed', 'Somebody else changed this fonds meanwhile.', { current: before });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: before.archiveId,
      act: 'fonds.corrected',
      target: { type: 'fonds', id },
      detail: { before: pick(before, input), after: input },
    });
    await deps.index.fondsChanged(tx, [after]);
    return { ...after, version: version + 1 };
  });
}

function pick(before: Fonds, input: FondsInput): Record<string, unknown> {
  return Object.fromEntries(Object.keys(input).map((k) => [k, before[k as keyof FondsInput] ?? null]));
}
