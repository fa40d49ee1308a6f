import { type Actor, auditActor, can, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { beginChange } from '../changes/index.ts';
import { correctUnitIn, createUnitIn, noUnit, schemesAround } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import { applyInput, EMPTY_FIELDS, type UnitInput } from '../domain/unitInput.ts';
import { fondsById, standingFonds } from '../store/fonds.ts';
import { type UnitRecord, unitById } from '../store/units.ts';
import { mayDraft } from './may.ts';
import { type MergeConflict, merge, only, standing, valuesOf } from './merge.ts';
import {
  type Draft,
  draftById,
  enterDraftState,
  insertDraft,
  openDraft,
  saveDraftRow,
} from './store/drafts.ts';

export const noDraft = () => new Refusal('draft.notFound', 'There is no such draft.');
const wrongState = (d: Draft) =>
  new Refusal('draft.wrongState', `The draft is in the state "${d.state}".`, { state: d.state });

/** Demands that somebody may draft a thing. @throws Refusal actor.forbidden, or `hidden` for who may not know of it */
function demandDraft(
  actor: Actor,
  archiveId: string,
  on: { category: string | null; fondsId: string },
  hidden: Refusal,
): asserts actor is Actor & { id: string } {
  if (!mayDraft(actor, archiveId, on)) demand(actor, 'holdings.draft', archiveId, hidden, on);
  if (!actor.id) throw new Refusal('draft.person', 'A draft is written by a person with an account.');
}

export interface DraftInput {
  /** The entry to be corrected, with the version that was looked at. */
  unitId?: string;
  version?: number;
  /** For a new entry: where it is to stand. */
  fondsId?: string;
  parentId?: string | null;
  input: UnitInput;
  reason?: string | null;
}

/**
 * Writes a draft, or goes on with one's own open draft of the entry. Values are judged as in any correction; nothing of the entry
 * changes.
 *
 * @returns the draft's id
 * @throws Refusal unit.notFound, unit.changed (the entry is another than the one looked at), unit.*, draft.*
 */
export function saveDraft(deps: HoldingsDeps, actor: Actor, o: DraftInput): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) =>
    o.unitId ? saveCorrection(deps, tx, actor, o, o.unitId) : saveNew(deps, tx, actor, o),
  );
}

async function saveCorrection(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  o: DraftInput,
  unitId: string,
): Promise<string> {
  const unit = await unitById(tx, unitId);
  if (!unit) throw noUnit();
  demandDraft(actor, unit.archiveId, unit, noUnit());
  if (o.version !== unit.version)
    throw new Refusal('unit.changed', 'Somebody else changed this entry meanwhile.', { current: unit });
  applyInput(unit, o.input, await schemesAround(tx, unit));
  const fields = Object.keys(valuesOf(o.input));
  if (fields.length === 0) throw new Refusal('draft.nothing', 'The draft changes nothing.');
  const at = deps.clock.now();
  const written = {
    input: o.input,
    base: standing(unit, fields),
    baseVersion: unit.version,
    reason: o.reason?.trim() || null,
  };
  const open = await openDraft(tx, unitId, actor.id);
  if (open) {
    await saveDraftRow(tx, { id: open.id, ...written, state: 'writing', updatedAt: at });
    return open.id;
  }
  const id = deps.newId();
  const { archiveId, fondsId, parentId } = unit;
  const author = { authorId: actor.id, authorName: actor.name, createdAt: at };
  await insertDraft(tx, { id, archiveId, unitId, fondsId, parentId, ...written, ...author });
  return id;
}

async function saveNew(deps: HoldingsDeps, tx: Tx, actor: Actor, o: DraftInput): Promise<string> {
  const missing = new Refusal('fonds.notFound', 'There is no such fonds.');
  const fonds = o.fondsId ? await fondsById(tx, o.fondsId) : undefined;
  if (!fonds) throw missing;
  const on = { category: o.input.category ?? null, fondsId: fonds.id };
  demandDraft(actor, fonds.archiveId, on, missing);
  const parentId = o.parentId ?? null;
  applyInput(
    EMPTY_FIELDS,
    o.input,
    await schemesAround(tx, { archiveId: fonds.archiveId, fondsId: fonds.id, parentId }),
  );
  const id = deps.newId();
  await insertDraft(tx, {
    id,
    archiveId: fonds.archiveId,
    unitId: null,
    fondsId: fonds.id,
    parentId,
    baseVersion: null,
    base: {},
    input: o.input,
    reason: o.reason?.trim() || null,
    authorId: actor.id,
    authorName: actor.name,
    createdAt: deps.clock.now(),
  });
  return id;
}

/** Changes what one's own draft says, while nobody has decided it. @throws Refusal draft.*, unit.* */
export function rewriteDraft(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  o: { input: UnitInput; version?: number; reason?: string | null },
): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await ownDraft(tx, actor, id);
    if (d.unitId) return saveCorrection(deps, tx, actor, { ...o, unitId: d.unitId }, d.unitId);
    const { archiveId, fondsId, parentId } = d;
    applyInput(EMPTY_FIELDS, o.input, await schemesAround(tx, { archiveId, fondsId, parentId }));
    const at = deps.clock.now();
    const reason = o.reason?.trim() || null;
    await saveDraftRow(tx, {
      id,
      input: o.input,
      base: {},
      baseVersion: null,
      reason,
      state: 'writing',
      updatedAt: at,
    });
    return id;
  });
}

async function ownDraft(tx: Tx, actor: Actor, id: string): Promise<Draft> {
  const d = await draftById(tx, id, true);
  if (!d || d.authorId !== actor.id) throw noDraft();
  if (d.state === 'accepted' || d.state === 'withdrawn') throw wrongState(d);
  return d;
}

/** Hands one's own draft to be looked through, or takes it back. @throws Refusal draft.notFound, draft.wrongState */
export function moveDraft(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  to: 'submitted' | 'withdrawn',
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await ownDraft(tx, actor, id);
    if (d.state === to) throw wrongState(d);
    await enterDraftState(tx, id, to, { at: deps.clock.now() });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: d.archiveId,
      act: to === 'submitted' ? 'draft.submitted' : 'draft.withdrawn',
      target: d.unitId ? { type: 'unit', id: d.unitId } : { type: 'fonds', id: d.fondsId },
      detail: { draft: id, fields: Object.keys(valuesOf(d.input)) },
    });
  });
}

/** What a draft would change in its entry as that stands now. */
export interface DraftReview {
  draft: Draft;
  /** The entry it corrects; undefined: a new one, or one that is not there any more. */
  unit: UnitRecord | undefined;
  /** What the entry is called, or would be. */
  title: string;
  /** Every field of the draft, with what stood there when it was begun and what stands there now. */
  fields: (MergeConflict & { conflict: boolean })[];
  /** Fields that would be written as they are. */
  clean: string[];
  /** Fields somebody else changed since the draft was begun. */
  conflicts: MergeConflict[];
  mine: boolean;
  mayDecide: boolean;
}

/** @throws Refusal draft.notFound */
export async function reviewDraft(tx: Tx, actor: Actor, id: string, lock = false): Promise<DraftReview> {
  const draft = await draftById(tx, id, lock);
  if (!draft) throw noDraft();
  const unit = draft.unitId ? await unitById(tx, draft.unitId) : undefined;
  const on = { category: unit?.category ?? draft.input.category ?? null, fondsId: draft.fondsId };
  const mine = draft.authorId === actor.id;
  const writes = can(actor, 'holdings.write', draft.archiveId, on);
  if (!mine && !writes) throw noDraft();
  const wanted = valuesOf(draft.input);
  const now = unit ? standing(unit, Object.keys(wanted)) : {};
  const base = unit ? draft.base : {};
  const merged = merge(base, wanted, now);
  const fields = Object.entries(wanted).map(([field, value]) => ({
    field,
    base: base[field] ?? null,
    mine: value,
    theirs: now[field] ?? null,
    conflict: merged.conflicts.some((c) => c.field === field),
  }));
  const title = draft.input.title ?? unit?.title ?? '';
  const mayDecide = writes && !mine && draft.state === 'submitted';
  return { draft, unit, title, fields, mine, mayDecide, ...merged };
}

/** How a draft is decided. */
export interface DraftDecision {
  decision: 'accepted' | 'returned';
  note?: string | null;
  /** The version of the entry that was looked at. */
  version?: number;
  /** Instead of what the draft says: what the two came to, or what the reviewer made of it. */
  input?: UnitInput;
}

/**
 * Accepts a submitted draft, which then is written as one change in its writer's name and the reviewer's, or returns it.
 *
 * @returns the entry's id, null where it was returned
 * @throws Refusal draft.*, draft.samePerson, draft.conflict with the fields two people changed, unit.*
 */
export function decideDraft(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  o: DraftDecision,
): Promise<string | null> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const review = await reviewDraft(tx, actor, id, true);
    const { draft, unit, clean, conflicts } = review;
    const { archiveId, fondsId } = draft;
    const on = { category: unit?.category ?? draft.input.category ?? null, fondsId };
    demand(actor, 'holdings.write', archiveId, noDraft(), on);
    if (draft.state !== 'submitted') throw wrongState(draft);
    demandOther(actor, draft.authorId, 'draft', archiveId);
    const by = { id: actor.id, name: actor.name };
    const at = deps.clock.now();
    const note = o.note?.trim() || null;
    if (o.decision === 'returned' && !note)
      throw new Refusal('draft.note', 'Say what is to be changed.', { field: 'note' });
    const written = o.decision === 'accepted' ? await write(deps, tx, actor, review, o) : null;
    await enterDraftState(tx, id, o.decision, { at, by, note, ...(written ? { unitId: written } : {}) });
    const target = written ?? draft.unitId;
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: o.decision === 'accepted' ? 'draft.accepted' : 'draft.returned',
      target: target ? { type: 'unit', id: target } : { type: 'fonds', id: fondsId },
      detail: {
        draft: id,
        writer: draft.authorName,
        note,
        fields: [...clean, ...conflicts.map((c) => c.field)],
      },
    });
    return written;
  });
}

/**
 * The fonds a new entry is to stand in now: that of the entry above it, else the one its own was brought into meanwhile. The draft
 * keeps its own, so that it stands there again when that is taken back.
 */
async function fondsNow(tx: Tx, { fondsId, parentId }: Draft): Promise<string> {
  const parent = parentId ? await unitById(tx, parentId) : undefined;
  return parent?.fondsId ?? (await standingFonds(tx, fondsId));
}

async function write(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  { draft, unit, clean, conflicts }: DraftReview,
  o: DraftDecision,
): Promise<string> {
  const { archiveId, parentId } = draft;
  if (!draft.unitId) {
    const fondsId = await fondsNow(tx, draft);
    return createUnitIn(deps, tx, actor, { ...(o.input ?? draft.input), fondsId, parentId });
  }
  if (!unit) throw noUnit();
  if (o.input ? o.version !== unit.version : conflicts.length > 0)
    throw new Refusal('draft.conflict', 'Somebody else changed the same fields meanwhile.', {
      conflicts,
      current: unit,
    });
  const input = o.input ?? only(draft.input, new Set(clean));
  const reason = [draft.authorName, draft.reason].filter((x) => x !== null).join('：');
  const changeset = await beginChange(deps, tx, actor, { archiveId, kind: 'draft', reason });
  await correctUnitIn(
    deps,
    tx,
    actor,
    { id: unit.id, version: unit.version, changeset },
    { ...input, reason, codeReason: draft.reason },
  );
  return unit.id;
}
