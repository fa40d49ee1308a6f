import { Readable } from 'node:stream';
import type { NotDrawn } from '#formats/ofd';
import type { Tx } from '#kernel/db';
import { bulkConnection, bulkTransaction } from '#kernel/db/copy';
import { isRefusal, messageOf } from '#kernel/errors';
import { enterFiles } from '../commands/enterFiles.ts';
import { derivativesIn } from '../commands/found.ts';
import { type OpenedPackage, readPackage } from '../package/read.ts';
import { countContents, countPages, setNotDrawn } from '../store/content.ts';
import { enterConversions } from '../store/conversions.ts';
import type { ObjectOwner } from '../store/objects.ts';
import type { KeptText, RebuildDeps, RebuildOrder } from './deps.ts';
import { forgetGone, notePackage, unitState, unitsOfCondemned } from './store/contents.ts';
import { type Landing, landingOf, landOrphans, landRows, landWaiting } from './store/rows.ts';
import { noteTrouble, type RebuildState, saveState } from './store/state.ts';
import { surveyedAfter } from './store/survey.ts';

const PAGE = 200;
/** Texts of pages written together: the index keeps sixteen pages in one entry. */
const TEXTS_AT_ONCE = 160;

/**
 * Brings in what the objects of entries hold: files, pages, texts; and the entry itself where its object is newer than the
 * segments. One transaction an object; a damaged one is named, and the others go on.
 */
export async function bringContents(
  deps: RebuildDeps,
  order: RebuildOrder,
  state: RebuildState,
): Promise<void> {
  const table = deps.tables.find((t) => t.kind === 'fonds')!;
  const landing = await landingOf(deps.db.owner, { ...table, way: 'over' });
  for (let after = state.place.object ?? ''; ; ) {
    const page = await surveyedAfter(deps.db.owner, { prefix: 'urn:uuid:', after, limit: PAGE });
    for (const { objectId, trouble } of page) {
      order.signal?.throwIfAborted();
      if (trouble === null) await bringOne(deps, state, landing, objectId);
      order.progress?.({ step: 'contents', done: state.counts.units });
    }
    if (page.length < PAGE) break;
    after = page.at(-1)!.objectId;
  }
  for (let ids = await condemnedUnits(deps); ids.length > 0; ids = await condemnedUnits(deps))
    await deps.db.system(async (tx) => {
      for (const id of ids) await deps.attached(tx, id, null, 0);
    });
  await bulkTransaction(deps.db, async (tx) => {
    await landWaiting(bulkConnection(tx), landing);
    const orphans = await landOrphans(bulkConnection(tx), landing);
    await noteTrouble(
      tx,
      orphans.map((key) => ({
        code: 'row.orphan',
        objectId: null,
        message: `The entry ${key} stood below an entry that the root does not have; it stands below none now.`,
      })),
    );
  });
}

const condemnedUnits = (deps: RebuildDeps) => unitsOfCondemned(deps.db.owner, PAGE);

async function bringOne(
  deps: RebuildDeps,
  state: RebuildState,
  landing: Landing,
  objectId: string,
): Promise<void> {
  const before = { counts: { ...state.counts }, place: state.place };
  try {
    const object = await readPackage(deps.repository, objectId);
    await bulkTransaction(
      deps.db,
      async (tx) => {
        await bring(deps, tx, state, landing, objectId, object);
        state.place = { object: objectId };
        await saveState(tx, state);
      },
      { part: true },
    );
  } catch (e) {
    if (!isRefusal(e) && !(e instanceof SyntaxError)) throw e;
    Object.assign(state, before, { place: { object: objectId } });
    await deps.db.system(async (tx) => {
      await noteTrouble(tx, [
        { code: isRefusal(e) ? e.code : 'object.unreadable', objectId, message: messageOf(e) },
      ]);
      await saveState(tx, state);
    });
  }
}

async function bring(
  deps: RebuildDeps,
  tx: Tx,
  state: RebuildState,
  landing: Landing,
  objectId: string,
  object: OpenedPackage,
): Promise<void> {
  const unitId = objectId.slice('urn:uuid:'.length);
  let unit = await unitState(tx, unitId);
  const { about } = object;
  const newer = about && (!unit.takenAt || new Date(about.saved) > unit.takenAt);
  if (about && (newer || (!unit.archiveId && !unit.gone))) {
    await forgetGone(tx, landing.table.table, unitId);
    const lines = Readable.from([Buffer.from(`${JSON.stringify(about.row)}\n`)]);
    const { lost } = await landRows(bulkConnection(tx), landing, lines, objectId);
    await noteTrouble(
      tx,
      lost.map(({ key, why }) => ({
        code: `row.${why}`,
        objectId,
        message: `The entry ${key} of its object can not be brought in: ${why === 'refers' ? 'its fonds is missing' : 'another entry bears its code'}.`,
      })),
    );
    unit = await unitState(tx, unitId);
  }
  if (unit.condemned) {
    await noteTrouble(tx, [
      {
        code: 'object.destroyed',
        objectId,
        message: `The root holds ${objectId}, which a list of destruction names; it was left out.`,
      },
    ]);
    return;
  }
  if (!unit.archiveId) {
    await noteTrouble(tx, [
      unit.gone
        ? { code: 'object.ofNoEntry', objectId, message: 'Its entry was taken out of the catalogue.' }
        : { code: 'object.ofNoEntry', objectId, message: 'Its entry is nowhere in the root.' },
    ]);
    return;
  }
  await bringFiles(deps, tx, state, { id: unitId, archiveId: unit.archiveId }, objectId, object);
}

async function bringFiles(
  deps: RebuildDeps,
  tx: Tx,
  state: RebuildState,
  unit: { id: string; archiveId: string },
  objectId: string,
  object: OpenedPackage,
): Promise<void> {
  const owner: ObjectOwner = { objectId, kind: 'unit', archiveId: unit.archiveId, unitId: unit.id };
  const paths = object.object.inventory.versions.get(object.head)?.state;
  const placeOf = (path: string) => (paths?.has(path) ? object.object.file(path).contentPath : null);
  await enterFiles(tx, [{ owner, records: object.files(), pagesBefore: 0, placeOf }]);
  await enterConversions(tx, unit.id, await derivativesIn(object));
  const pages = await countPages(tx, unit.id);
  await deps.attached(tx, unit.id, objectId, pages);
  await notePackage(tx, objectId, object.format);
  const texts = await bringTexts(deps, tx, unit, object);
  if (texts < pages) await deps.readAgain(tx, unit.id);
  state.counts.units++;
  state.counts.files += (await countContents(tx, [unit.id])).get(unit.id) ?? 0;
  state.counts.pages += pages;
  state.counts.texts += texts;
}

/** @returns how many pages have a text in the object */
async function bringTexts(
  deps: RebuildDeps,
  tx: Tx,
  unit: { id: string; archiveId: string },
  object: OpenedPackage,
): Promise<number> {
  let all = 0;
  let some: KeptText[] = [];
  const put = async () => {
    if (some.length === 0) return;
    await deps.putTexts(tx, unit, some);
    const lacking = some.flatMap(({ pageNo, notDrawn }) => (notDrawn === null ? [] : [{ pageNo, notDrawn }]));
    await setNotDrawn(tx, unit.id, lacking as { pageNo: number; notDrawn: NotDrawn[] }[]);
    all += some.length;
    some = [];
  };
  for await (const { pageNo, page } of object.texts()) {
    some.push({ ...page, pageNo });
    if (some.length === TEXTS_AT_ONCE) await put();
  }
  await put();
  return all;
}
