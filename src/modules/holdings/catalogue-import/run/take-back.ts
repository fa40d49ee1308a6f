import { createHash } from 'node:crypto';
import type { AuditActor } from '#kernel/audit';
import { bulkTransaction } from '#kernel/db/copy';
import { Refusal } from '#kernel/errors';
import type { Progress } from '#kernel/jobs';
import type { CatalogueImportDeps } from '../deps.ts';
import { enterState, type ImportRecord, importById } from '../store/imports.ts';
import { countKept, type RemovedUnit, removeEmptyFonds, removeUntouched } from '../store/take-back.ts';
import { countChildren, lockArchive } from '../store/units.ts';

const CHUNK = 5_000;

export interface TakeBackResult {
  removed: number;
  /** Entries that were corrected, decided on, got pages, or have others under them: they stay. */
  kept: number;
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
  let removed = 0;
  // Entries above others go once those are gone: passes go on while they remove something.
  for (let more = true; more; ) {
    more = false;
    let before: string | null = null;
    for (;;) {
      o.signal?.throwIfAborted();
      const step = await bulkTransaction(deps.db, async (tx) => {
        await lockArchive(tx, imp.archiveId);
        const found = await removeUntouched(tx, importId, before, CHUNK);
        if (found.removed.length > 0) {
          await countDown(tx, found.removed);
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
  return finish(deps, imp, o, total);
}

async function finish(
  deps: CatalogueImportDeps,
  imp: ImportRecord,
  o: { actor: AuditActor; reason: string },
  total: number,
): Promise<TakeBackResult> {
  return deps.db.system(async (tx) => {
    const fonds = await removeEmptyFonds(tx, imp.id);
    const kept = await countKept(tx, imp.id);
    const result = { removed: Math.max(0, total - kept), kept };
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
      detail: { reason: o.reason, ...result, fondsRemoved: fonds },
    });
    return result;
  });
}

type Tx = Parameters<typeof countChildren>[0];

async function countDown(tx: Tx, removed: readonly RemovedUnit[]): Promise<void> {
  const unit = new Map<string, number>();
  const fonds = new Map<string, number>();
  for (const u of removed) {
    const [map, key] = u.parentId ? [unit, u.parentId] : [fonds, u.fondsId];
    map.set(key, (map.get(key) ?? 0) - 1);
  }
  await countChildren(tx, 'unit', unit);
  await countChildren(tx, 'fonds', fonds);
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
