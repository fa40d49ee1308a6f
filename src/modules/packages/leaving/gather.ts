import type { ObjectSource, OcflObject } from '#formats/ocfl';
import { type Actor, scopeOf, viewerOf } from '#kernel/actor';
import { decide } from '#kernel/visibility';
import type { Fonds, LeavingScope, UnitRow, UnitSnapshot } from '#modules/holdings';
import { type FileRecord, openPackage } from '#modules/preservation';
import type {
  AccessCopy,
  ConsignedDocument,
  ConsignedFile,
  ConsignedFonds,
  ConsignedUnit,
  Consignment,
} from '../consignment.ts';
import type { PackagesDeps } from '../deps.ts';
import { fileName } from '../own/format.ts';
import { readingAhead } from './readingAhead.ts';

/** What left, and what stayed because the person may not take it out. */
export interface Gathered {
  entries: number;
  files: number;
  bytes: number;
  /** Entries left out with all below them. */
  leftOut: number;
  /** Entries whose description left without their content. */
  withoutContent: number;
}

/** The entries of a scope, with those above it, as the actor may take them out; counts grow as they are read. */
export function gather(
  deps: PackagesDeps,
  actor: Actor,
  scope: LeavingScope,
): Consignment & { gathered: Gathered } {
  const gathered: Gathered = { entries: 0, files: 0, bytes: 0, leftOut: 0, withoutContent: 0 };
  const { holdings } = deps;
  const archiveId = scope.archive.id;
  const viewer = viewerOf(actor);

  async function* eachFonds(): AsyncGenerator<Fonds> {
    if (scope.fonds) {
      yield scope.fonds;
      return;
    }
    for (let cursor: string | undefined; ; ) {
      const page = await holdings.fondsList(actor, { archiveId, cursor, limit: 200 });
      yield* page.items;
      if (page.next === null) return;
      cursor = page.next;
    }
  }

  async function* consigned(rows: readonly UnitRow[], fonds: Fonds, parentKey: string | null, bare: boolean) {
    const ids = rows.map((u) => u.id);
    const [snapshots, codes] = await deps.db.as(scopeOf(actor), async (tx) => [
      await holdings.unitSnapshots(tx, ids),
      await holdings.formerCodes(tx, ids),
    ]);
    const codesOf = Map.groupBy(codes, (c) => c.unitId);
    const leaving = rows.flatMap((unit) => {
      const snapshot = snapshots.get(unit.id);
      if (!snapshot) return [];
      const held = !bare && snapshot.row.object_id !== null;
      const may = held && decide(viewer, unit, 'master', actor.today ?? '').allowed;
      return [{ unit, snapshot, held, may, objectId: may ? String(snapshot.row.object_id) : null }];
    });
    for await (const { one, source } of readingAhead(deps.preservation.repository, leaving)) {
      const { unit, snapshot, held, may } = one;
      gathered.entries++;
      if (held && !may) gathered.withoutContent++;
      const formerCodes = (codesOf.get(unit.id) ?? []).map(({ unitId: _, ...code }) => code);
      const entry = { snapshot, fonds, parentKey, formerCodes, held: may };
      yield { unit, entry: entryOf(source, gathered, entry) };
    }
  }

  async function* below(
    place: string,
    fonds: Fonds,
    parentKey: string | null,
  ): AsyncGenerator<ConsignedUnit> {
    for await (const batch of holdings.exportUnits(actor, { archiveId, parent: place }, 'position')) {
      gathered.leftOut += batch.leftOut;
      for await (const { unit, entry } of consigned(batch.rows, fonds, parentKey, false)) {
        yield entry;
        if (unit.childCount > 0) yield* below(unit.id, fonds, unit.id);
      }
    }
  }

  /** The entries a unit stands under, then the unit with all below it. */
  async function* branch(
    fonds: Fonds,
    view: NonNullable<LeavingScope['unit']>,
  ): AsyncGenerator<ConsignedUnit> {
    let parentKey: string | null = null;
    for (const id of [...view.ancestors.map((a) => a.id), view.unit.id])
      for await (const batch of holdings.exportUnits(actor, { archiveId, ids: [id] }, 'position')) {
        gathered.leftOut += batch.leftOut;
        for await (const { entry } of consigned(batch.rows, fonds, parentKey, id !== view.unit.id)) {
          yield entry;
          parentKey = id;
        }
      }
    if (parentKey === view.unit.id) yield* below(view.unit.id, fonds, view.unit.id);
  }

  return {
    archive: { code: scope.archive.code, name: scope.archive.name },
    title: scope.title,
    gathered,
    async *fonds() {
      const agencies = await holdings.agencies(actor, archiveId);
      for await (const f of eachFonds()) {
        const agency = agencies.find((a) => a.id === f.agencyId);
        const { number, name, dates, history, custody, scope: of } = f;
        const said = agency ? { code: agency.code, name: agency.name } : null;
        yield { number, name, dates, history, custody, scope: of, agency: said } satisfies ConsignedFonds;
      }
    },
    accessCopies: (key) => accessCopies(deps, key),
    async *units() {
      if (scope.unit && scope.fonds) yield* branch(scope.fonds, scope.unit);
      else for await (const fonds of eachFonds()) yield* below(fonds.id, fonds, null);
    },
  };
}

interface Entry {
  snapshot: UnitSnapshot;
  fonds: Fonds;
  parentKey: string | null;
  formerCodes: ConsignedUnit['formerCodes'];
  held: boolean;
}

function entryOf(source: ObjectSource, gathered: Gathered, o: Entry): ConsignedUnit {
  const key = String(o.snapshot.row.id);
  const objectId = String(o.snapshot.row.object_id);
  let opening: ReturnType<typeof openPackage> | undefined;
  const openOnce = async () => {
    if (o.held) opening ??= openPackage(source, objectId);
    return opening;
  };
  // By the object that was opened: its inventory is read once, not for each of its files.
  const open = async (object: OcflObject, path: string) =>
    (await source.openFile(object, path, { verify: true })).stream;
  const whole = (object: OcflObject, path: string) => source.inMemory?.(object, path) ?? undefined;
  return {
    key,
    parentKey: o.parentKey,
    fonds: o.fonds.number,
    row: o.snapshot.row,
    formerCodes: o.formerCodes,
    hasFiles: o.held,
    async *files() {
      const opened = await openOnce();
      if (!opened) return;
      for await (const record of opened.files()) {
        gathered.files++;
        gathered.bytes += record.bytes;
        yield {
          ...fileOf(record, () => open(opened.object, record.path)),
          whole: whole(opened.object, record.path),
        };
      }
    },
    async *documents() {
      const opened = await openOnce();
      if (!opened) return;
      for (const { logicalPath } of opened.object.files())
        if (!logicalPath.startsWith('content/'))
          yield {
            path: logicalPath,
            whole: whole(opened.object, logicalPath),
            open: () => open(opened.object, logicalPath),
          } satisfies ConsignedDocument;
    },
  };
}

/** Kinds of images that browsers show as they are. */
const SHOWN = /^image\/(?:jpeg|png|gif|webp)$/;

async function* accessCopies(deps: PackagesDeps, key: string): AsyncGenerator<AccessCopy> {
  const opened = await openPackage(deps.preservation.repository, `urn:uuid:${key}`);
  let pageNo = 0;
  for await (const { ordinal, mediaType, pages } of opened?.files() ?? [])
    for (let page = 1; page <= pages.length; page++) {
      pageNo++;
      if (!mediaType.startsWith('image/') || SHOWN.test(mediaType)) continue;
      const name = `${fileName(ordinal, '')}-${fileName(page, '.jpg')}`;
      yield { name, picture: await deps.pagePicture(key, pageNo) };
    }
}

function fileOf(record: FileRecord, open: ConsignedFile['open']): ConsignedFile {
  const { name, nameBytes, mediaType, bytes, sha512, path } = record;
  return {
    name,
    mediaType,
    bytes,
    sha512,
    open,
    nameBytes: nameBytes === undefined ? Buffer.from(name, 'utf8') : Buffer.from(nameBytes, 'base64'),
    ending: /\.[a-z0-9]+$/i.exec(path)?.[0] ?? '',
  };
}
