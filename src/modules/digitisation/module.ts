import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { matchScansJob } from './commands/matchScans.ts';
import { readTextJob } from './commands/readText.ts';
import {
  beginScanImport,
  demandScanImport,
  type NewScanImport,
  runScanImport,
} from './commands/scanImport.ts';
import { takeInJob } from './commands/takeIn.ts';
import { wantTexts } from './commands/wantTexts.ts';
import type { DigitisationDeps } from './deps.ts';
import { scanDraftsOf } from './store/drafts.ts';
import { forgetTexts, pageText, textProgress, textsBetween, textsOf } from './store/pageText.ts';
import { countFiles, filePage, scanImportById, scanImportPage } from './store/scanImports.ts';

export type Digitisation = ReturnType<typeof createDigitisation>;

/** What was not touched for so long is taken as given up. */
const DRAFT_MS = 60 * 24 * 3_600_000;

/** Page images taken in and their text read. @param ocrThreads units read at once */
export function createDigitisation(deps: DigitisationDeps, ocrThreads: number) {
  return {
    jobs: [matchScansJob(deps), takeInJob(deps), readTextJob(deps, ocrThreads)],
    begin: (actor: Actor, input: NewScanImport) => beginScanImport(deps, actor, input),
    run: (actor: Actor, id: string) => runScanImport(deps, actor, id),
    /** A scan import with its counts. @throws Refusal scanImport.notFound */
    scanImport: (actor: Actor, id: string) =>
      deps.db.as(scopeOf(actor), async (tx) => ({
        ...(await demandScanImport(scanImportById(tx, id))),
        counts: await countFiles(tx, id),
        text: await textProgress(tx, id),
      })),
    scanImports: (actor: Actor, o: { archiveId: string; cursor?: string; limit: number }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await scanImportPage(tx, { ...o, before, limit: o.limit + 1 });
        const items = rows.slice(0, o.limit);
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
      }),
    /** Scan imports this person began, up to `limit`, that can be taken up again. */
    async drafts(actor: Actor, limit: number) {
      const { id } = actor;
      if (id === null) return [];
      const since = new Date(deps.clock.now().getTime() - DRAFT_MS);
      return deps.db.as(scopeOf(actor), (tx) => scanDraftsOf(tx, { personId: id, since, limit }));
    },
    files: (
      actor: Actor,
      o: { importId: string; state?: string; loose?: boolean; cursor?: string; limit: number },
    ) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        await demandScanImport(scanImportById(tx, o.importId));
        const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : undefined;
        const rows = await filePage(tx, { ...o, after, limit: o.limit + 1 });
        const page = rows.slice(0, o.limit);
        const names = await deps.holdings.names(
          tx,
          page.flatMap((f) => f.unitId ?? []),
        );
        const items = page.map((f) => ({ ...f, unit: names.get(f.unitId ?? '') ?? null }));
        return { items, next: rows.length > o.limit ? encodeCursor([page.at(-1)!.seq]) : null };
      }),
    /** The text of one page; undefined while it is not read, or where the actor may not see it. */
    pageText: (actor: Actor, unitId: string, pageNo: number) =>
      deps.db.as(scopeOf(actor), (tx) => pageText(tx, unitId, pageNo)),
    /** For preservation: texts of pages by their numbers, both included, in order. */
    textsBetween: (unitId: string, from: number, to: number) => textsBetween(deps.db.owner, unitId, from, to),
    /** For packages taken in, in the transaction that enters the content: the texts of these units' pages are to be read. */
    wantTexts: (tx: Tx, units: readonly { id: string; archiveId: string; pages: number }[]) =>
      wantTexts(deps, tx, null, units),
    /** For disposal, in its transaction: the text of a unit's pages is gone. */
    forgetTexts,
    /** States and texts of a unit's pages read so far. */
    texts: (actor: Actor, unitId: string) => deps.db.as(scopeOf(actor), (tx) => textsOf(tx, unitId)),
  };
}
