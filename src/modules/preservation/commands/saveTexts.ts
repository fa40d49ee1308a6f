import { isPassing } from '#formats/ocfl';
import type { AuditActor } from '#kernel/audit';
import { messageOf } from '#kernel/errors';
import type { Log } from '#kernel/log';
import { openPackage } from '../package/read.ts';
import { objectIdOf } from '../package/records.ts';
import { openSpool } from '../package/spool.ts';
import { type TextSource, textDocuments } from '../package/texts.ts';
import { countPages } from '../store/content.ts';
import { dueTexts, forgetDue, postponeDue, type TextDue } from '../store/textDue.ts';
import { type AmendDeps, type Amendment, amendObjects, outlineOf } from './amend.ts';
import { enterIfBehind } from './found.ts';
import { ownerOf } from './hold.ts';

/** Objects written with one flush of the disk. */
const TOGETHER = 16;
/** Documents written with one flush, unless one object alone has more. */
const MOST_DOCUMENTS = 40_000;
const SYSTEM: AuditActor = { id: null, name: 'lantai' };

export interface SaveTextDeps extends AmendDeps {
  source: TextSource;
  log: Log;
}

/**
 * Puts texts that were read into the objects of their units, many units to a flush and one version a unit. What could
 * not be written is tried again later.
 *
 * @returns how many objects got a version
 */
export async function saveDueTexts(deps: SaveTextDeps, signal?: AbortSignal): Promise<number> {
  let written = 0;
  for (;;) {
    signal?.throwIfAborted();
    const due = await dueTexts(deps.db.owner, TOGETHER);
    if (due.length === 0) return written;
    written += await saveSome(deps, due);
  }
}

async function saveSome(deps: SaveTextDeps, due: readonly TextDue[]): Promise<number> {
  await using spool = openSpool(deps.scratch);
  const amendments = new Map<Amendment, TextDue>();
  let documents = 0;
  for (const d of due) {
    // The others are due still, and their turn comes.
    if (documents >= MOST_DOCUMENTS) break;
    const unit = { id: d.unitId, archiveId: d.archiveId };
    try {
      const held = await openPackage(deps.repository, objectIdOf(d.unitId));
      const pages = await countPages(deps.db.owner, d.unitId);
      const found = held ? await textDocuments(deps.source, d.unitId, pages, held, spool) : null;
      if (!held || !found || found.files.length === 0) {
        await deps.db.system(async (tx) => {
          if (held) await enterIfBehind(tx, deps.writing, ownerOf(unit), held);
          await forgetDue(tx, d);
        });
        continue;
      }
      const deeds = [{ type: 'extraction', detail: { pages: found.pages, what: 'text' } }];
      documents += found.files.length;
      amendments.set({ unit, ...outlineOf(held), files: found.files, message: 'text saved', deeds }, d);
    } catch (e) {
      await putOff(deps, d, e);
    }
  }
  const list = [...amendments.keys()];
  const outcomes = await amendObjects(deps, SYSTEM, list, spool, (tx, a) =>
    forgetDue(tx, amendments.get(a)!),
  );
  let written = 0;
  for (const [i, outcome] of outcomes.entries()) {
    if (outcome) await putOff(deps, amendments.get(list[i]!)!, outcome.error);
    else written++;
  }
  return written;
}

/** A full disk or a damaged object must not keep the others waiting, nor be forgotten. */
async function putOff(deps: SaveTextDeps, due: TextDue, error: unknown): Promise<void> {
  const passing = isPassing(error);
  if (!passing)
    deps.log.warn({ err: messageOf(error), unit: due.unitId }, 'the text of a unit could not be saved');
  await postponeDue(deps.db.owner, due, passing ? 0 : 1);
}
