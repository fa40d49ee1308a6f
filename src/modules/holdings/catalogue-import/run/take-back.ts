import { createHash } from 'node:crypto';
import { systemActor } from '#kernel/actor';
import type { AuditActor } from '#kernel/audit';
import { bulkTransaction } from '#kernel/db/copy';
import { Refusal } from '#kernel/errors';
import type { Progress } from '#kernel/jobs';
import { beginUndo, changesetById, type UndoResult, undoSteps } from '../../changes/index.ts';
import type { CatalogueImportDeps } from '../deps.ts';
import { enterState, type ImportRecord, importById } from '../store/imports.ts';
import {
  countKept,
  forgetDigests,
  type RemovedUnit,
  removeEmptyFonds,
  removeUntouched,
} from '../store/take-back.ts';
import { lockArchive } from '../store/units.ts';
import { takeBackFondsChanges } from './held-fonds.ts';

const CHUNK = 5_000;

export interface TakeBackResult {
  removed: number;
  /** Entries that were corrected, decided on, got pages, or have others under them: they stay. */
  kept: number;
  /** Entries and fonds put back as they were, changes that were left since others followed, and the changeset that tells which. */
  restored?: number;
  left?: number;
  changeset?: string;
}

/**
 * Takes an import back: all its entries that nothing was attached to since, in chunks, each with its audit entry. May
 * be called again after any interruption.
 *
 * @throws Refusal import.wrongState
 */
export async function takeBack(
  deps: CatalogueImportDeps,
  importId: string,
  o: { actor: AuditActor; reason: string; signal?: AbortSignal; progress?(p: Progress): void },
): Promise<TakeBackResult> {
  const imp = await importById(deps.db.owner, importId);
  if (imp?.state !== 'takingBack')
    throw new Refusal('import.wrongState', 'The import is not being taken back.');
  const total = imp.counts.accepted;
  const undone = await putBack(deps, imp, o);
  let removed = 0;
  // Entries above others go once those are gone: passes go on while they remove something.
  for (let more = true; more; ) {
    more = false;
    let before: string | null = null;
    for (;;) {
      o.signal?.throwIfAborted();
      const step = await bulkTransaction(deps.db, async (tx) => {
        await lockArchive(tx, imp.archiveId);
        const found = await removeUntouched(tx, {
          importId,
          undoneBy: undone?.id ?? null,
          before,
          limit: CHUNK,
        });
        if (found.removed.length > 0) {
          await deps.indexer.removeUnits(
            tx,
            found.removed.map((u) => u.id),
          );
          await deps.audit.append(tx, {
            actor: o.actor,
            archiveId: imp.archiveId,
            act: 'import.entriesRemoved',
            target: { type: 'import', id: importId },
            detail: { reason: o.reason, ...proofOf(found.removed) },
          });
        }
        return found;
      });
      if (step.looked === 0) break;
      before = step.last;
      removed += step.removed.length;
      more ||= step.removed.length > 0;
      o.progress?.({ step: 'removing', done: removed, total });
    }
  }
  return finish(deps, imp, o, total, undone);
}

/** Entries that rows were put over become what they were, where nobody has changed the same since; what was is told with the change. */
async function putBack(
  deps: CatalogueImportDeps,
  imp: ImportRecord,
  o: { actor: AuditActor; reason: string; signal?: AbortSignal; progress?(p: Progress): void },
): Promise<UndoResult | null> {
  const actor = systemActor(o.actor.name, o.actor.id);
  const id = await deps.db.system(async (tx) => {
    const made = await changesetById(tx, imp.id);
    if (!made) return null;
    // Begun before, it goes on.
    return made.undoneBy ?? (await beginUndo(deps, tx, actor, imp.id, o.reason)).id;
  });
  if (id === null) return null;
  const { signal, progress } = o;
  const result = await undoSteps(deps, actor, id, {
    ...(signal ? { signal } : {}),
    ...(progress ? { progress } : {}),
  });
  await deps.db.system((tx) => forgetDigests(tx, imp.id));
  return result;
}

async function finish(
  deps: CatalogueImportDeps,
  imp: ImportRecord,
  o: { actor: AuditActor; reason: string },
  total: number,
  undone: UndoResult | null,
): Promise<TakeBackResult> {
  return deps.db.system(async (tx) => {
    const fonds = await removeEmptyFonds(tx, imp.id);
    const fondsBack = await takeBackFondsChanges(deps, tx, o.actor, imp);
    const kept = await countKept(tx, imp.id);
    const restored = (undone?.undone ?? 0) + fondsBack.restored;
    const left = (undone?.left ?? 0) + fondsBack.left;
    const put = {
      ...(undone || restored + left > 0 ? { restored, left } : {}),
      ...(undone ? { changeset: undone.id } : {}),
    };
    const result = { removed: Math.max(0, total - kept), kept, ...put };
    if (
      !(await enterState(tx, imp.id, ['takingBack'], 'takenBack', {
        finishedAt: deps.clock.now(),
        takenBack: { reason: o.reason, ...result },
      }))
    ) {
      throw new Refusal('import.wrongState', 'Another process has gone on with this import.');
    }
    await deps.audit.append(tx, {
      actor: o.actor,
      archiveId: imp.archiveId,
      act: 'import.takenBack',
      target: { type: 'import', id: imp.id },
      detail: {
        reason: o.reason,
        ...result,
        fondsRemoved: fonds,
        ...(fondsBack.restored > 0 ? { fondsRestored: fondsBack.restored } : {}),
      },
    });
    return result;
  });
}

/** Which entries went, in a form that stays small and can be proved. */
function proofOf(removed: readonly RemovedUnit[]): Record<string, unknown> {
  const ids = removed.map((u) => u.id).sort();
  const digest = createHash('sha256')
    .update(ids.map((id) => `${id}\n`).join(''))
    .digest('hex');
  return {
    count: ids.length,
    firstId: ids[0],
    lastId: ids.at(-1),
    digest,
    digestOver: 'SHA-256 of the ids, one line each, in order',
  };
}
