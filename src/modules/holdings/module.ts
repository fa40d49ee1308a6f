import type { ReferenceTemplate } from '#formats/reference-codes';
import { type Actor, demand, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { Sight } from '#kernel/visibility';
import { decideAccess, proposeAccess } from './commands/access.ts';
import { addAgency, foundArchiveIn } from './commands/archives.ts';
import {
  addCodeTemplate,
  nextCode,
  previewCodeTemplate,
  withdrawCodeTemplate,
} from './commands/codeTemplates.ts';
import { addFonds, correctFonds, fondsOfRights } from './commands/fonds.ts';
import { decideLeave, endLeave, type GrantInput, proposeLeave } from './commands/grants.ts';
import { demandTakingIn, type TakenUnit, takenBy, takeUnits } from './commands/takeUnits.ts';
import { correctUnit, createUnit, moveUnit } from './commands/units.ts';
import type { HoldingsDeps } from './deps.ts';
import { accessWaiting } from './queries/accessWaiting.ts';
import { everyLeave, type LeaveFilter, leaveById, leaveGiven, leaveWaiting } from './queries/leave.ts';
import { everyUnit, exportUnits, findByCode, listUnits, readUnit } from './queries/units.ts';
import { demandSight, leaveOf, sees, whoSees, whySeen } from './queries/visibility.ts';
import { accessChange, accessChangePage, unitsOfChange } from './store/accessChanges.ts';
import { type Archive, agenciesOf, allArchives } from './store/archives.ts';
import { takenCodes, voidPage, voidReason } from './store/codes.ts';
import { templateFor, templatesInUse, templatesOf } from './store/codeTemplates.ts';
import { fondsNames, setDestroyed, unitsChosen, unitsOnLeave, unitsWithin } from './store/disposal.ts';
import { fondsById, fondsOfAgencies, fondsPage } from './store/fonds.ts';
import { formerCodesOf } from './store/takenUnits.ts';
import { countUnits, type UnitFilter, unitPage } from './store/unitList.ts';
import { unitSnapshots } from './store/unitSnapshots.ts';
import {
  idsByCodes,
  idsByLooseCodes,
  kindsOf,
  namesOf,
  pageCountsOf,
  setHeld,
  unitById,
} from './store/units.ts';

export type Holdings = ReturnType<typeof createHoldings>;

/** How long the tree of archives is believed without asking: another process may have founded one. */
const TREE_MS = 5_000;

/** Commands and queries of the holdings: archives, agencies, fonds, entries, access statuses. */
export function createHoldings(deps: HoldingsDeps) {
  let tree: { at: number; archives: Promise<Archive[]> } | undefined;
  /** When one was founded last: its transaction may not have ended, so what is read then is not believed later. */
  let founding = 0;
  const archives = (): Promise<Archive[]> => {
    const now = Date.now();
    if (now - founding < TREE_MS) return allArchives(deps.db.owner);
    if (!tree || now - tree.at > TREE_MS) tree = { at: now, archives: allArchives(deps.db.owner) };
    return tree.archives;
  };
  const foundArchive = async (tx: Tx, actor: Actor, a: Parameters<typeof foundArchiveIn>[3]) => {
    const id = await foundArchiveIn(deps, tx, actor, a);
    founding = Date.now();
    tree = undefined;
    return id;
  };

  return {
    archives,
    /** @throws Refusal archive.notFound */
    async archiveByCode(code: string): Promise<Archive> {
      const found = (await archives()).find((a) => a.code === code || a.id === code);
      if (!found)
        throw new Refusal('archive.notFound', `There is no archive with the code ${code}.`, { code });
      return found;
    },
    foundArchiveIn: foundArchive,
    addArchive: (actor: Actor, a: Parameters<typeof foundArchiveIn>[3]) => {
      if (a.parentId) demand(actor, 'people.manage', a.parentId);
      else if (actor.kind !== 'system')
        throw new Refusal('archive.forbidden', 'Only the system founds a topmost archive.');
      return deps.db.system((tx) => foundArchive(tx, actor, a));
    },
    agencies: (actor: Actor, archiveId: string) =>
      deps.db.as(scopeOf(actor), (tx) => agenciesOf(tx, archiveId)),
    /** For modules that decide themselves who may ask: agencies are no secret. */
    agenciesIn: (archiveId: string) => agenciesOf(deps.db.owner, archiveId),
    addAgency: (actor: Actor, a: Parameters<typeof addAgency>[2]) => addAgency(deps, actor, a),

    fondsList: (actor: Actor, o: { archiveId: string; q?: string; cursor?: string; limit: number }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await fondsPage(tx, { ...o, after, limit: o.limit + 1 });
        const items = rows.slice(0, o.limit);
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.number]) : null };
      }),
    /** @throws Refusal fonds.notFound */
    fonds: (actor: Actor, id: string) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const f = await fondsById(tx, id);
        if (!f) throw new Refusal('fonds.notFound', 'There is no such fonds.');
        return f;
      }),
    addFonds: (actor: Actor, f: Parameters<typeof addFonds>[2]) => addFonds(deps, actor, f),
    correctFonds: (actor: Actor, id: string, version: number, f: Parameters<typeof correctFonds>[4]) =>
      correctFonds(deps, actor, id, version, f),

    listUnits: (actor: Actor, filter: Parameters<typeof listUnits>[2], o: Parameters<typeof listUnits>[3]) =>
      listUnits(deps, actor, filter, o),
    everyUnit: (
      actor: Actor,
      filter: Parameters<typeof everyUnit>[2],
      sort: Parameters<typeof everyUnit>[3],
    ) => everyUnit(deps, actor, filter, sort),
    exportUnits: (
      actor: Actor,
      filter: Parameters<typeof exportUnits>[2],
      sort: Parameters<typeof exportUnits>[3],
    ) => exportUnits(deps, actor, filter, sort),
    readUnit: (actor: Actor, id: string) => readUnit(deps, actor, id),
    findByCode: (actor: Actor, archiveId: string, code: string) => findByCode(deps, actor, archiveId, code),
    /** How many digital pages units have, among what the transaction may see. */
    pageCounts: (tx: Tx, ids: readonly string[]) => pageCountsOf(tx, ids),
    /** Reference codes and titles of units. */
    names: (tx: Tx, ids: readonly string[]) => namesOf(tx, ids),
    /** Categories and fonds of units, which posts are limited to. */
    kinds: (tx: Tx, ids: readonly string[]) => kindsOf(tx, ids),
    /** For preservation, in its transaction: the pages of these units are held in these objects. */
    attachObjects: (tx: Tx, list: readonly { unitId: string; objectId: string; pages: number }[]) =>
      setHeld(tx, list),
    /** Units as their objects keep them, with what they stand under; sets the transaction's clock to UTC. */
    unitSnapshots: (tx: Tx, ids: readonly string[]) => unitSnapshots(tx, ids),
    /**
     * Units of a table with the numbers of their fonds, as the transaction may see them; for disposal.
     *
     * @returns undefined where they are more than `most`
     */
    async unitsIn(tx: Tx, filter: UnitFilter, most: number) {
      if ((await countUnits(tx, filter, most)) > most) return undefined;
      const rows = await unitPage(tx, filter, { sort: 'code', limit: most });
      const fonds = await fondsNames(tx, [...new Set(rows.map((u) => u.fondsId))]);
      return rows.map((u) => ({ ...u, fonds: fonds.get(u.fondsId)?.referenceCode ?? '' }));
    },
    /** Those of some units that belong to a fonds, or were formed in these years; for media sets. */
    chosen: (
      on: Parameters<typeof unitsChosen>[0],
      ids: readonly string[],
      choice: Parameters<typeof unitsChosen>[2],
    ) => unitsChosen(on, ids, choice),
    /** Numbers and names of fonds. */
    fondsNames: (tx: Tx, ids: readonly string[]) => fondsNames(tx, ids),
    /** Those of some units that are one of `of` or lie below one. */
    within: (tx: Tx, ids: readonly string[], of: readonly string[]) => unitsWithin(tx, ids, of),
    /** Those of some units somebody has leave to look at, or asked for it. */
    onLeave: (tx: Tx, ids: readonly string[]) => unitsOnLeave(tx, ids),
    /** For disposal, in its transaction: the content is gone, the entry and its reference code stay. */
    async contentDestroyed(tx: Tx, unitId: string, words: string) {
      await setDestroyed(tx, unitId, words);
      await deps.index.changed(tx, [unitId]);
    },
    /** Codes units bore before, with who changed them and why. */
    formerCodes: (tx: Tx, ids: readonly string[]) => formerCodesOf(tx, ids),
    demandTakingIn,
    /** Those of a package's entries whose code or id another entry has. */
    takenBy: (actor: Actor, archiveId: string, units: Parameters<typeof takenBy>[3]) =>
      takenBy(deps, actor, archiveId, units),
    /** Enters the entries of a package as they are described. @throws as `takeUnits` */
    takeUnits: (actor: Actor, archiveId: string, from: string, units: readonly TakenUnit[]) =>
      takeUnits(deps, actor, archiveId, from, units),
    /** A unit as it stands in the transaction, or undefined. */
    unitIn: (tx: Tx, id: string) => unitById(tx, id),
    /** Ids of units by present or former reference code, for matching scans. */
    idsByCodes: (tx: Tx, archiveId: string, codes: readonly string[]) => idsByCodes(tx, archiveId, codes),
    /** The same for names that leave leading zeros out. */
    idsByLooseCodes: (tx: Tx, archiveId: string, codes: readonly string[]) =>
      idsByLooseCodes(tx, archiveId, codes),
    /** Void numbers of a fonds (空号), for its staff. @throws Refusal fonds.notFound */
    voidCodes: (actor: Actor, o: { fondsId: string; cursor?: string; limit: number }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const f = await fondsById(tx, o.fondsId);
        if (!f) throw new Refusal('fonds.notFound', 'There is no such fonds.');
        const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await voidPage(tx, f, { after, limit: o.limit + 1 });
        const items = rows.slice(0, o.limit);
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.code]) : null };
      }),
    /** How an archive builds its reference codes, for its staff. */
    codeTemplates: (actor: Actor, archiveId: string) =>
      deps.db.as(scopeOf(actor), (tx) => templatesOf(tx, archiveId)),
    addCodeTemplate: (actor: Actor, archiveId: string, input: Parameters<typeof addCodeTemplate>[3]) =>
      addCodeTemplate(deps, actor, archiveId, input),
    withdrawCodeTemplate: (actor: Actor, id: string) => withdrawCodeTemplate(deps, actor, id),
    previewCodeTemplate: (
      actor: Actor,
      archiveId: string,
      input: Parameters<typeof previewCodeTemplate>[3],
    ) => previewCodeTemplate(deps, actor, archiveId, input),
    /** How the codes of a fonds and category are built today, by the archive's own template or the standard's; for filing. */
    codeTemplateFor: (
      fonds: Parameters<typeof templateFor>[1],
      category: string,
    ): Promise<ReferenceTemplate | undefined> => deps.db.system((tx) => templateFor(tx, fonds, category)),
    /** All templates codes of an archive may have been given by; none where it builds them as the standards do. For checks. */
    codeTemplatesInUse: (archiveId: string) => deps.db.system((tx) => templatesInUse(tx, archiveId)),
    /** Whether a number was withdrawn with a reason (空号). For checks. */
    isVoidCode: (archiveId: string, code: string) =>
      deps.db.system(async (tx) => (await voidReason(tx, archiveId, code)) !== undefined),
    /** Which of these codes nobody can be given in an archive: borne now or before, or void. */
    codesTaken: (archiveId: string, codes: readonly string[]) =>
      deps.db.system((tx) => takenCodes(tx, archiveId, codes)),
    /** What the next entry at a place would be numbered. */
    nextCode: (actor: Actor, o: Parameters<typeof nextCode>[2]) => nextCode(deps, actor, o),
    /** What of a unit a person may see and do, and why. */
    whySeen: (actor: Actor, unitId: string, of: Actor, today: string) =>
      whySeen(deps, actor, unitId, of, today),
    /** Who sees a unit. */
    whoSees: (actor: Actor, unitId: string, people: Parameters<typeof whoSees>[3], today: string) =>
      whoSees(deps, actor, unitId, people, today),
    /** Whether the actor may do this to a unit. */
    sees: (actor: Actor, unitId: string, sight: Sight) => sees(deps, actor, unitId, sight),
    /** @throws Refusal unit.notFound, visibility.*.forbidden */
    demandSight: (actor: Actor, unitId: string, sight: Sight) => demandSight(deps, actor, unitId, sight),
    proposeLeave: (actor: Actor, input: GrantInput) => proposeLeave(deps, actor, input),
    decideLeave: (actor: Actor, id: string, decision: 'approved' | 'rejected', note: string | null) =>
      decideLeave(deps, actor, id, decision, note),
    endLeave: (actor: Actor, id: string, reason: string) => endLeave(deps, actor, id, reason),
    leaveGiven: (actor: Actor, o: Parameters<typeof leaveGiven>[2]) => leaveGiven(deps, actor, o),
    /** The fonds of agencies, for posts in them. */
    fondsOfAgencies: (agencyIds: readonly string[]) => fondsOfAgencies(deps.db.owner, agencyIds),
    /** What an approved change of rights does to a fonds. */
    fondsOfRights,
    everyLeave: (actor: Actor, o: LeaveFilter) => everyLeave(deps, actor, o),
    leaveById: (actor: Actor, id: string) => leaveById(deps, actor, id),
    leaveWaiting: (actor: Actor, limit: number) => leaveWaiting(deps, actor, limit),
    /** Leave a person has in single cases, run out not later than the day. */
    leaveOf: (personId: string, today: string) => leaveOf(deps, personId, today),
    createUnit: (actor: Actor, u: Parameters<typeof createUnit>[2]) => createUnit(deps, actor, u),
    correctUnit: (actor: Actor, id: string, version: number, u: Parameters<typeof correctUnit>[4]) =>
      correctUnit(deps, actor, id, version, u),
    moveUnit: (actor: Actor, id: string, to: Parameters<typeof moveUnit>[3]) => moveUnit(deps, actor, id, to),

    proposeAccess: (actor: Actor, p: Parameters<typeof proposeAccess>[2]) => proposeAccess(deps, actor, p),
    decideAccess: (actor: Actor, id: string, decision: 'approved' | 'rejected', note: string | null) =>
      decideAccess(deps, actor, id, decision, note),
    /** Proposals that wait, and whether the actor may decide them. */
    accessWaiting: (actor: Actor, limit: number) => accessWaiting(deps, actor, limit),
    accessChanges: (
      actor: Actor,
      o: { archiveId?: string; state?: string; cursor?: string; limit: number },
    ) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await accessChangePage(tx, { ...o, before, limit: o.limit + 1 });
        const items = rows.slice(0, o.limit);
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
      }),
    /** A proposal and a page of its entries. @throws Refusal access.notFound */
    accessChange: (actor: Actor, id: string, o: { cursor?: string; limit: number }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const change = await accessChange(tx, id);
        if (!change) throw new Refusal('access.notFound', 'There is no such proposal.');
        const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await unitsOfChange(tx, { changeId: id, after, limit: o.limit + 1 });
        const items = rows.slice(0, o.limit);
        return { change, items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
      }),
  };
}
