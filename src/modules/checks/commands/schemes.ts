import type { Stage } from '#formats/metadata-schemes';
import { type Actor, auditActor, can, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { ChecksDeps } from '../deps.ts';
import { shippedScheme } from '../domain/defaults.ts';
import { readItems } from '../domain/readItems.ts';
import type { Scheme } from '../domain/scheme.ts';
import { decideScheme, insertScheme, schemeById, schemeInForce, schemesOf } from '../store/schemes.ts';
import { demandCheck, noArchive, noScheme } from './reach.ts';

type Fit = { archiveId: string; stage: Stage; category: string | null; profile: string | null };

/** The scheme in force, with its version; 0: as shipped. */
export async function schemeFor(
  deps: Pick<ChecksDeps, 'db'>,
  fit: Fit,
): Promise<Scheme & { id: string | null; version: number }> {
  const own = await schemeInForce(deps.db.owner, fit);
  return own ?? { ...shippedScheme(fit.stage, fit.profile), id: null, version: 0 };
}

/** @returns whether no file gets past the scanner at this stage, whatever the category and kind of package */
export async function scansAll(
  deps: Pick<ChecksDeps, 'db' | 'services'>,
  archiveId: string,
  stage: Stage,
): Promise<boolean> {
  const own = (await schemesOf(deps.db.owner, archiveId)).filter(
    (s) => s.stage === stage && s.state === 'inForce',
  );
  return (
    deps.services.scanner !== undefined &&
    [shippedScheme(stage, null), ...own].every(({ items }) =>
      items.some((i) => i.slug === 'virus' && i.sample >= 100 && i.severity === 'block'),
    )
  );
}

/**
 * Proposes another version of a scheme for an archive; another person decides.
 *
 * @throws Refusal `check.item` (an item that can not be), `check.schemePending`, `check.noReason`
 */
export async function proposeScheme(
  deps: ChecksDeps,
  actor: Actor,
  o: Fit & { items: unknown; reason: string },
): Promise<string> {
  demand(actor, 'preservation.manage', o.archiveId, noArchive());
  const items = readItems(o.items, o.stage);
  const reason = o.reason.trim();
  if (reason === '') throw new Refusal('check.noReason', 'Say why the scheme is changed.');
  const id = deps.newId();
  await deps.db.system(async (tx) => {
    const { archiveId, stage, category, profile } = o;
    const version = await insertScheme(tx, {
      id,
      archiveId,
      stage,
      category,
      profile,
      items,
      reason: reason.slice(0, 2_000),
      proposedBy: actor.id,
      proposedByName: actor.name,
      proposedAt: deps.clock.now(),
    });
    if (version === null)
      throw new Refusal('check.schemePending', 'Another version of this scheme awaits a decision.');
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'checkScheme.proposed',
      target: { type: 'checkScheme', id },
      detail: { stage, category, profile, version, items: items.length },
    });
  });
  return id;
}

/** Puts a version into force, or declines it. @throws Refusal `checkScheme.samePerson`, `check.wrongState` */
export async function decideOnScheme(
  deps: ChecksDeps,
  actor: Actor,
  id: string,
  approve: boolean,
): Promise<void> {
  const scheme = await schemeById(deps.db.owner, id);
  if (!scheme || !can(actor, 'preservation.read', scheme.archiveId)) throw noScheme();
  const { archiveId, stage, version } = scheme;
  demandCheck(can(actor, 'preservation.manage', archiveId));
  demandOther(actor, scheme.proposedBy, 'checkScheme', archiveId);
  const state = approve ? 'inForce' : 'declined';
  await deps.db.system(async (tx) => {
    const by = { byId: actor.id, byName: actor.name, at: deps.clock.now() };
    if (!(await decideScheme(tx, id, { state, ...by })))
      throw new Refusal('check.wrongState', 'This was decided already.', { state: scheme.state });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: approve ? 'checkScheme.approved' : 'checkScheme.declined',
      target: { type: 'checkScheme', id },
      detail: { stage, version },
    });
  });
}
