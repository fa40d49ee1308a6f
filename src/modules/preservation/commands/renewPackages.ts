import { setTimeout as pause } from 'node:timers/promises';
import { isPassing } from '#formats/ocfl';
import type { AuditActor } from '#kernel/audit';
import { messageOf } from '#kernel/errors';
import type { JobKind, Jobs } from '#kernel/jobs';
import { FORMAT_VERSION } from '../package/format.ts';
import { openPackage } from '../package/read.ts';
import { openSpool } from '../package/spool.ts';
import { textDocuments } from '../package/texts.ts';
import { countPages } from '../store/content.ts';
import { countUnpackaged, setPackaged, unpackaged } from '../store/objects.ts';
import { type Amendment, amendObjects, outlineOf } from './amend.ts';
import { enterIfBehind } from './found.ts';
import { ownerOf } from './hold.ts';
import type { SaveTextDeps } from './saveTexts.ts';

export const RENEW_PACKAGES_JOB = 'renew-packages';

/** Objects written with one flush of the disk. */
const TOGETHER = 16;
/** Objects that somebody was writing are tried again so long after. */
const RETRY_AFTER_MS = [2_000, 60_000, 600_000];
const SYSTEM: AuditActor = { id: null, name: 'lantai' };

export interface RenewalResult {
  renewed: number;
  /** Written in the present format already, and only not entered as such. */
  known: number;
  /** Could not be renewed: damaged, missing, or in use whenever it was tried. The next start tries again. */
  failed: number;
}

/**
 * Gives objects of an older layout the present one: one further version each, with all its documents and texts. What is
 * done is noted object by object, so a killed run goes on with those that are left.
 */
export function packageRenewal(
  deps: SaveTextDeps,
  delaysMs: readonly number[] = RETRY_AFTER_MS,
): JobKind & { startWhereNeeded(jobs: Jobs): Promise<void> } {
  return {
    name: RENEW_PACKAGES_JOB,
    async run({ signal, progress }): Promise<RenewalResult> {
      const result = { renewed: 0, known: 0, failed: 0 };
      const total = await countUnpackaged(deps.db.owner);
      for (let round = 0; ; round++) {
        const delay = delaysMs[round];
        let busy = 0;
        result.failed = 0;
        for (let after = ''; ; ) {
          signal.throwIfAborted();
          const some = await unpackaged(deps.db.owner, after, TOGETHER);
          if (some.length === 0) break;
          after = some.at(-1)!.objectId;
          const did = await renewSome(deps, some);
          for (const key of ['renewed', 'known', 'failed'] as const) result[key] += did[key];
          busy += did.busy;
          const done = result.renewed + result.known + result.failed;
          progress({ step: 'storing', done, total: Math.max(total, done), rejected: result.failed });
        }
        if (busy === 0 || delay === undefined) return result;
        await pause(delay, undefined, { signal });
      }
    },
    async startWhereNeeded(jobs) {
      if ((await unpackaged(deps.db.owner, '', 1)).length === 0) return;
      if ((await jobs.pending([RENEW_PACKAGES_JOB])) > 0) return;
      await deps.db.system((tx) => jobs.enqueue(tx, RENEW_PACKAGES_JOB, {}));
    },
  };
}

async function renewSome(
  deps: SaveTextDeps,
  some: readonly { objectId: string; archiveId: string; unitId: string }[],
): Promise<RenewalResult & { busy: number }> {
  await using spool = openSpool(deps.scratch);
  const result = { renewed: 0, known: 0, failed: 0, busy: 0 };
  const amendments: Amendment[] = [];
  const fail = (objectId: string, e: unknown) => {
    deps.log.warn(
      { err: messageOf(e), object: objectId },
      'an object of an older layout could not be renewed',
    );
    result.failed++;
    if (isPassing(e)) result.busy++;
  };
  for (const { objectId, archiveId, unitId } of some) {
    try {
      const held = await openPackage(deps.repository, objectId);
      if (!held) {
        fail(objectId, new Error('there is no such object'));
      } else if (held.format === FORMAT_VERSION) {
        await deps.db.system(async (tx) => {
          await enterIfBehind(tx, deps.writing, ownerOf({ id: unitId, archiveId }), held);
          await setPackaged(tx, [objectId], FORMAT_VERSION);
        });
        result.known++;
      } else {
        const pages = await countPages(deps.db.owner, unitId);
        const { files } = await textDocuments(deps.source, unitId, pages, held, spool);
        const unit = { id: unitId, archiveId };
        amendments.push({ unit, ...outlineOf(held), files, message: 'package renewed', deeds: [] });
      }
    } catch (e) {
      fail(objectId, e);
    }
  }
  for (const [i, outcome] of (await amendObjects(deps, SYSTEM, amendments, spool)).entries()) {
    if (outcome) fail(amendments[i]!.held.objectId, outcome.error);
    else result.renewed++;
  }
  return result;
}
