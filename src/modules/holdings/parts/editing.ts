import type { Actor } from '#kernel/actor';
import { undoArranged } from '../arranging/undo.ts';
import { previewBulk } from '../bulk/preview.ts';
import { type BulkWish, beginBulk, bulkState, runBulk } from '../bulk/run.ts';
import { type SheetWish, writeSheet } from '../bulk/sheet.ts';
import { listChangesets, listVersions, readChangeset, undoChangeset } from '../changes/index.ts';
import type { HoldingsDeps } from '../deps.ts';
import {
  type DraftDecision,
  type DraftInput,
  decideDraft,
  moveDraft,
  rewriteDraft,
  saveDraft,
} from '../drafts/commands.ts';
import { draftsWaiting, listDrafts, readDraft } from '../drafts/reading.ts';
import { addView, changeView, removeView, tableViews, type ViewInput } from '../table/views.ts';

/** Changing many at once, drafts, and the history of what was changed with its way back. */
export const editingPart = (deps: HoldingsDeps) => ({
  /** Kinds of jobs to be worked on. */
  /** Writes a draft, or goes on with one's own. @throws Refusal draft.*, unit.* */
  saveDraft: (actor: Actor, o: DraftInput) => saveDraft(deps, actor, o),
  rewriteDraft: (actor: Actor, id: string, o: Parameters<typeof rewriteDraft>[3]) =>
    rewriteDraft(deps, actor, id, o),
  moveDraft: (actor: Actor, id: string, to: Parameters<typeof moveDraft>[3]) =>
    moveDraft(deps, actor, id, to),
  /** @throws Refusal draft.*, unit.* */
  decideDraft: (actor: Actor, id: string, o: DraftDecision) => decideDraft(deps, actor, id, o),
  drafts: (actor: Actor, o: Parameters<typeof listDrafts>[2]) => listDrafts(deps, actor, o),
  draft: (actor: Actor, id: string) => readDraft(deps, actor, id),
  draftsWaiting: (actor: Actor, limit: number) => draftsWaiting(deps, actor, limit),
  /** What a change of many entries would come to. @throws Refusal bulk.* */
  previewBulk: (actor: Actor, wish: BulkWish) => previewBulk(deps, actor, wish),
  /** Begins to change many entries at one stroke, in a job. @throws Refusal bulk.* */
  beginBulk: (actor: Actor, wish: BulkWish) => beginBulk(deps, actor, wish),
  /** What the job does. */
  runBulk: (actor: Actor, id: string, o: Parameters<typeof runBulk>[3]) => runBulk(deps, actor, id, o),
  bulkState: (actor: Actor, id: string) => bulkState(deps, actor, id),
  /** Writes rows pasted from a sheet, or looks what would be. @throws Refusal sheet.rows */
  writeSheet: (actor: Actor, wish: SheetWish) => writeSheet(deps, actor, wish),
  tableViews: (actor: Actor, archiveId: string) => tableViews(deps, actor, archiveId),
  addView: (actor: Actor, archiveId: string, input: ViewInput) => addView(deps, actor, archiveId, input),
  changeView: (actor: Actor, id: string, version: number, input: ViewInput) =>
    changeView(deps, actor, id, version, input),
  removeView: (actor: Actor, id: string) => removeView(deps, actor, id),
  /** Takes a change of one entry or of many back. @throws Refusal change.* */
  undo: async (actor: Actor, changesetId: string, reason?: string | null) =>
    (await undoArranged(deps, actor, changesetId, reason)) ?? undoChangeset(deps, actor, changesetId, reason),
  /** Changes of descriptions in an archive, the newest first. */
  changesets: (actor: Actor, o: Parameters<typeof listChangesets>[2]) => listChangesets(deps, actor, o),
  /** One of them, with a page of what it changed and of what it left. @throws Refusal change.notFound */
  changeset: (actor: Actor, id: string, o: { cursor?: string; limit: number }) =>
    readChangeset(deps, actor, id, o),
  /** The changes of an entry, the newest first. @throws Refusal unit.notFound */
  versions: (actor: Actor, unitId: string, o: { cursor?: string; limit: number }) =>
    listVersions(deps, actor, unitId, o),
});
