import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Inside } from '#formats/inside';
import { Refusal } from '#kernel/errors';
import { Thread, ThreadFailure } from '#kernel/threads';
import type { ExaminationDeps } from '../deps.ts';
import { type Entry, insideOf, keepInside } from '../store/entries.ts';
import type { Examination } from '../store/examinations.ts';
import { placeOf, scratchOf } from '../working/folders.ts';
import type { ExaminationPlace, ExaminationRequest, LookedInside } from '../working/protocol.ts';

const MAX_HEAP_MB = 512;
/** Our own looking, and veraPDF's, which has five minutes. */
const LOOK_MS = 8 * 60_000;

/** Looks inside of one file of an examination when a person asks, one file at a time, and keeps what was found. */
export function createLooking(deps: ExaminationDeps) {
  let last: Promise<unknown> = Promise.resolve();

  async function look(
    examination: Examination,
    entry: Entry,
    archiveIds: readonly string[],
  ): Promise<Inside> {
    // A folder for this looking alone: the next one may begin before it is gone.
    const scratch = join(scratchOf(deps.folder, examination.id), `look-${entry.seq}`);
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    const data: ExaminationPlace = {
      path: placeOf(deps.folder, examination.id, examination),
      scratch,
      limits: deps.limits,
      trust: await deps.trust(archiveIds),
      formats: {},
      veraPdf: deps.veraPdf,
    };
    const script = new URL('../working/thread.ts', import.meta.url);
    const thread = new Thread({ script, data, maxHeapMb: MAX_HEAP_MB });
    try {
      const request: ExaminationRequest = {
        do: 'inside',
        path: examination.kind === 'file' ? '' : entry.path,
      };
      const { inside } = await thread.ask<LookedInside>(request, { timeoutMs: LOOK_MS });
      await keepInside(deps.db.owner, examination.id, entry.seq, inside);
      return inside;
    } catch (e) {
      if (!(e instanceof ThreadFailure)) throw e;
      throw new Refusal(
        'examination.tooDemanding',
        'The file needs more time or memory than is allowed.',
        {},
        {
          cause: e,
        },
      );
    } finally {
      await thread.stop();
      await rm(scratch, { recursive: true, force: true });
    }
  }

  /** @param archiveIds whose trust counts @throws Refusal `inside.*`, `tree.*`, `examination.tooLargeToOpen`, `examination.tooDemanding` */
  return async function inside(
    examination: Examination,
    entry: Entry,
    archiveIds: readonly string[],
  ): Promise<Inside> {
    const kept = await insideOf(deps.db.owner, examination.id, entry.seq);
    if (kept) return kept;
    const turn = last.then(
      async () =>
        (await insideOf(deps.db.owner, examination.id, entry.seq)) ?? look(examination, entry, archiveIds),
    );
    last = turn.catch(() => {});
    return turn;
  };
}
