import { EMPTY_BODY, type SchemeBody } from '#formats/metadata-schemes';
import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import {
  deleteVersion,
  insertVersion,
  isPast,
  latestVersion,
  lockSchemes,
  schemeVersion,
} from '../store/schemes.ts';
import { differences } from './differences.ts';
import { readBody } from './readBody.ts';
import { dropRecount, insertRecount } from './store/recounts.ts';

const noScheme = () => new Refusal('descriptionScheme.notFound', 'There is no such scheme.');
const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** Work that counts gaps anew. */
export const RECOUNT_GAPS_JOB = 'recount-gaps';

export interface SchemeInput {
  /** Null: of all categories. */
  category: string | null;
  /** `YYYY-MM-DD`. */
  validFrom: string;
  body: SchemeBody;
  reason: string | null;
  /** The version it was made from; null where there was none. */
  basedOn: number | null;
}

/**
 * Puts a scheme in force from a day on. What was described before stays as it is; what it lacks by the new scheme is counted anew.
 *
 * @returns its id
 * @throws Refusal descriptionScheme.*, archive.notFound
 */
export function putSchemeInForce(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  input: SchemeInput,
): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.write', archiveId, noArchive(), 'whole');
    await lockSchemes(tx, archiveId);
    const { category, validFrom } = input;
    const before = await latestVersion(tx, archiveId, category);
    if ((before?.version ?? null) !== input.basedOn)
      throw new Refusal('descriptionScheme.changed', 'Somebody else changed this scheme meanwhile.');
    if ((await isPast(tx, validFrom)) || (before && validFrom < before.validFrom))
      throw new Refusal('descriptionScheme.day', 'A scheme is in force from today or a later day on.', {
        field: 'validFrom',
      });
    const beside =
      category === null ? null : ((await latestVersion(tx, archiveId, null))?.body ?? EMPTY_BODY);
    const body = readBody(category, input.body, beside, before?.body ?? null);
    const apart = differences(before?.body ?? null, body);
    if (apart.length === 0)
      throw new Refusal('descriptionScheme.same', 'Nothing in it differs from the version before.');
    const id = deps.newId();
    const reason = input.reason?.trim() || null;
    await insertVersion(tx, {
      id,
      archiveId,
      category,
      version: (before?.version ?? 0) + 1,
      validFrom,
      body,
      reason,
      createdBy: actor.id,
      createdByName: actor.name,
    });
    await insertRecount(tx, { id, archiveId, category, dueOn: validFrom });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'descriptionScheme.putInForce',
      target: { type: 'descriptionScheme', id },
      detail: {
        category: category ?? '',
        version: (before?.version ?? 0) + 1,
        day: validFrom,
        reason,
        differences: apart,
      },
    });
    await deps.jobs.enqueue(tx, RECOUNT_GAPS_JOB, {}, { archiveId, createdBy: actor.id });
    return id;
  });
}

/** Takes back a version whose day has not come. @throws Refusal descriptionScheme.notFound, descriptionScheme.inForce */
export function withdrawScheme(deps: HoldingsDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const scheme = await schemeVersion(tx, id);
    if (!scheme) throw noScheme();
    const { archiveId, category, version, validFrom } = scheme;
    demand(actor, 'holdings.write', archiveId, noScheme(), 'whole');
    await lockSchemes(tx, archiveId);
    const latest = await latestVersion(tx, archiveId, category);
    if (latest?.id !== id || !(await deleteVersion(tx, id)))
      throw new Refusal(
        'descriptionScheme.inForce',
        'This version is in force, or another follows it. Put another in force from a day on.',
      );
    await dropRecount(tx, id);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'descriptionScheme.withdrawn',
      target: { type: 'descriptionScheme', id },
      detail: { category: category ?? '', version, day: validFrom },
    });
  });
}
