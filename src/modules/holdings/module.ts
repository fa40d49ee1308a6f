import { type Actor, demand, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { createArrangement } from './arrangement.ts';
import { rearrangeJob } from './arranging/commands.ts';
import { bulkJob } from './bulk/run.ts';
import { beginChange, undoJob } from './changes/index.ts';
import { decideAccess, proposeAccess } from './commands/access.ts';
import { addAgency, foundArchiveIn } from './commands/archives.ts';
import { addFonds, correctFonds, fondsOfRights } from './commands/fonds.ts';
import { demandTakingIn, type TakenUnit, takenBy, takeUnits } from './commands/takeUnits.ts';
import { correctUnit, createUnit, moveUnit } from './commands/units.ts';
import { type CountedBy, type CountFilter, countedBy, drawCountsTogether } from './counting/store/counts.ts';
import { isRight, mendCounts, verifyCounts } from './counting/verifying.ts';
import type { HoldingsDeps } from './deps.ts';
import { putSchemeInForce, type SchemeInput, withdrawScheme } from './describing/commands.ts';
import {
  formOf,
  judgeWritten,
  previewForm,
  schemeHistory,
  schemeOne,
  standardForm,
  type WrittenEntry,
} from './describing/queries.ts';
import { recountGaps, recountJob } from './describing/recount.ts';
import { codesPart } from './parts/codes.ts';
import { editingPart } from './parts/editing.ts';
import { sightPart } from './parts/sight.ts';
import { accessWaiting } from './queries/accessWaiting.ts';
import { everyUnit, exportUnits, findByCode, readUnit, recordsSeen } from './queries/units.ts';
import { accessChange, accessChangePage, unitsOfChange } from './store/accessChanges.ts';
import { type Archive, agenciesOf, allArchives } from './store/archives.ts';
import { arrangedEntries, type EntriesWhere } from './store/arrangedEntries.ts';
import { fondsNames, setDestroyed, unitsChosen, unitsOnLeave, unitsWithin } from './store/disposal.ts';
import { fondsById, fondsOfAgencies, fondsPage } from './store/fonds.ts';
import { importsOfFonds } from './store/fondsLines.ts';
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
import { groupsOfTable, type ListWish, listUnits, totalsOfTable } from './table/queries.ts';

export type Holdings = ReturnType<typeof createHoldings>;

/** A unit whose content a disposal destroyed, and the words its description says so in. */
interface Destroyed {
  unitId: string;
  archiveId: string;
  disposalId: string;
  words: string;
}

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
    /** The tree of the holdings, and what is done to its order. */
    arrangement: createArrangement(deps),
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

    /** What imports say in the file of a fonds. */
    fondsLines: importsOfFonds,
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

    listUnits: (actor: Actor, filter: UnitFilter, o: ListWish) => listUnits(deps, actor, filter, o),
    totalsOfTable: (actor: Actor, filter: UnitFilter) => totalsOfTable(deps, actor, filter),
    groupsOfTable: (actor: Actor, filter: UnitFilter, by: string) => groupsOfTable(deps, actor, filter, by),
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
    /** With all that is described, as far as the actor reads it or may take it out. For printing. */
    recordsSeen: (
      actor: Actor,
      filter: Parameters<typeof recordsSeen>[2],
      o: Parameters<typeof recordsSeen>[3],
    ) => recordsSeen(deps, actor, filter, o),
    /** How many units of a table the actor sees, counted up to `most` and no further. */
    countUpTo: (actor: Actor, filter: UnitFilter, most: number) =>
      deps.db.as(scopeOf(actor), (tx) => countUnits(tx, filter, most)),
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
    /** How many entries came by imports, lie at and below entries, are of fonds. */
    arrangedEntries: (tx: Tx, archiveId: string, targets: readonly EntriesWhere[]) =>
      arrangedEntries(tx, archiveId, targets),
    /** Numbers and names of fonds. */
    fondsNames: (tx: Tx, ids: readonly string[]) => fondsNames(tx, ids),
    /** Those of some units that are one of `of` or lie below one. */
    within: (tx: Tx, ids: readonly string[], of: readonly string[]) => unitsWithin(tx, ids, of),
    /** Those of some units somebody has leave to look at, or asked for it. */
    onLeave: (tx: Tx, ids: readonly string[]) => unitsOnLeave(tx, ids),
    /** For disposal, in its transaction: the content is gone, the entry and its reference code stay. */
    async contentDestroyed(
      tx: Tx,
      actor: Pick<Actor, 'id' | 'name'>,
      { unitId, archiveId, disposalId, words }: Destroyed,
    ) {
      await beginChange(deps, tx, actor, { id: disposalId, archiveId, kind: 'disposal', reason: words });
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
    /** The fonds of agencies, for posts in them. */
    fondsOfAgencies: (agencyIds: readonly string[]) => fondsOfAgencies(deps.db.owner, agencyIds),
    /** What an approved change of rights does to a fonds. */
    fondsOfRights,
    jobs: [undoJob(deps), rearrangeJob(deps), recountJob(deps), bulkJob(deps)],
    /** Entries counted, as kept with every change, among what the actor has. */
    counts: (actor: Actor, filter: CountFilter, by: readonly CountedBy[]) =>
      deps.db.as(scopeOf(actor), (tx) => countedBy(tx, filter, by)),
    /** Draws changes of counts together, so that reading them stays cheap. */
    async drawCounts(): Promise<void> {
      while ((await drawCountsTogether(deps.db.owner)) > 0);
    },
    /** Compares the numbers kept of all entries with a count. */
    async verifyCounts() {
      const verdict = await verifyCounts(deps);
      return { ...verdict, right: isRight(verdict) };
    },
    /** Puts them right. */
    mendCounts: (actor: Actor) => mendCounts(deps, actor),
    /** Counts what entries lack, where what is required has changed. */
    recountGaps: () => recountGaps(deps),
    schemeHistory: (actor: Actor, archiveId: string) => schemeHistory(deps, actor, archiveId),
    schemeOne: (actor: Actor, id: string) => schemeOne(deps, actor, id),
    putSchemeInForce: (actor: Actor, archiveId: string, input: SchemeInput) =>
      putSchemeInForce(deps, actor, archiveId, input),
    withdrawScheme: (actor: Actor, id: string) => withdrawScheme(deps, actor, id),
    formOf: (actor: Actor, archiveId: string, o: Parameters<typeof formOf>[3]) =>
      formOf(deps, actor, archiveId, o),
    standardForm,
    previewForm: (actor: Actor, archiveId: string, o: Parameters<typeof previewForm>[3]) =>
      previewForm(deps, actor, archiveId, o),
    judgeWritten: (actor: Actor, archiveId: string, entry: WrittenEntry) =>
      judgeWritten(deps, actor, archiveId, entry),
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
    ...codesPart(deps),
    ...sightPart(deps),
    ...editingPart(deps),
  };
}
