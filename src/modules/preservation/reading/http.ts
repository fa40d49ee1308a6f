import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { type App, Id, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { PackageEntry } from '../queries/objectPage.ts';
import { explain, PACKAGE_PARTS } from './explain.ts';
import type { ObjectReading, UnitSight } from './reading.ts';

export interface ObjectReadingHttpDeps {
  reading: ObjectReading;
  sight: UnitSight;
  /** One folder of the copy in another store, by name. @throws Refusal object.notFound, package.notFound, store.notFound */
  folderIn(
    actor: Actor,
    objectId: string,
    o: { storeId: string; path: string; after: string | undefined; limit: number },
  ): Promise<PackageEntry[]>;
  /** Reference code and title, where the actor may know of the entry. */
  unitNamed(
    actor: Actor,
    unitId: string,
  ): Promise<{ id: string; referenceCode: string | null; title: string } | null>;
}

const config = { policy: 'preservation.read' as const };
const tags = ['preservation'];
const params = Type.Object({ objectId: Type.String({ maxLength: 300 }) });
const Part = Type.Enum([...PACKAGE_PARTS]);
const Path = Type.String({ maxLength: 1_000 });

const Version = Type.Object({
  version: Type.String(),
  created: Type.String(),
  message: Nullable(Type.String()),
  by: Nullable(Type.String()),
  added: Type.Integer(),
  changed: Type.Integer(),
  removed: Type.Integer(),
  files: Type.Integer(),
});

export const UnitNamed = Type.Object({
  id: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
});

/** How an object is held: for staff who may know the state of the holdings, title and text for those who may read them. */
export function registerObjectReading(app: App, deps: ObjectReadingHttpDeps): void {
  const { reading, sight, unitNamed } = deps;
  app.get(
    '/api/v1/preservation/packages/:objectId',
    {
      config,
      schema: {
        tags,
        params,
        response: {
          200: Type.Object({
            objectId: Type.String(),
            kind: Type.Enum(['unit', 'certificates', 'segment', 'disposal']),
            archiveId: Nullable(Type.String()),
            unit: Nullable(UnitNamed),
            head: Nullable(Type.String()),
            files: Type.Integer(),
            bytes: Type.Number(),
            enteredAt: Type.String(),
            changedAt: Type.String(),
            path: Type.String(),
            versions: Type.Array(Version),
            trouble: Nullable(Type.String()),
          }),
        },
      },
    },
    async ({ actor, params: { objectId } }) => {
      const { enteredAt, changedAt, unitId, inventoryDigest: _, ...o } = await reading.told(actor, objectId);
      return {
        ...o,
        unit: unitId === null ? null : await unitNamed(actor, unitId),
        enteredAt: enteredAt.toISOString(),
        changedAt: changedAt.toISOString(),
      };
    },
  );

  app.get(
    '/api/v1/preservation/packages/:objectId/files',
    {
      config,
      schema: {
        tags,
        params,
        querystring: Type.Object(PageQuery),
        response: {
          200: PageOf(
            Type.Object({
              ordinal: Type.Integer(),
              logicalPath: Type.String(),
              originalName: Type.String(),
              mediaType: Type.String(),
              bytes: Type.Number(),
              sha256: Type.String(),
              sha512: Type.String(),
              heldAt: Type.String(),
            }),
          ),
        },
      },
    },
    async ({ actor, params: { objectId }, query: { cursor, limit = 50 } }) => {
      const after = cursor ? Number(decodeCursor(cursor, ['number'])[0]) : 0;
      const rows = await reading.files(actor, objectId, { after, limit: limit + 1 });
      const items = rows.slice(0, limit).map((f) => ({ ...f, heldAt: f.heldAt.toISOString() }));
      return { items, next: rows.length > limit ? encodeCursor([items.at(-1)!.ordinal]) : null };
    },
  );

  app.get(
    '/api/v1/preservation/packages/:objectId/events',
    {
      config,
      schema: {
        tags,
        params,
        querystring: Type.Object(PageQuery),
        response: {
          200: PageOf(
            Type.Object({
              id: Type.String(),
              storeId: Nullable(Type.String()),
              type: Type.String(),
              at: Type.String(),
              outcome: Type.Enum(['success', 'warning', 'failure']),
              detail: Nullable(Type.Record(Type.String(), Type.Unknown())),
              actor: Type.String(),
            }),
          ),
        },
      },
    },
    async ({ actor, params: { objectId }, query: { cursor, limit = 50 } }) => {
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string']) : [];
      const rows = await reading.events(actor, objectId, {
        ...(at === undefined ? {} : { before: { at: String(at), id: String(id) } }),
        limit: limit + 1,
      });
      const items = rows.slice(0, limit).map((e) => ({
        id: e.id,
        storeId: e.storeId,
        type: e.type,
        outcome: e.outcome,
        detail: e.detail,
        at: e.at.toISOString(),
        actor: e.actorName,
      }));
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null };
    },
  );

  app.get(
    '/api/v1/preservation/packages/:objectId/folder',
    {
      config,
      schema: {
        tags,
        params,
        querystring: Type.Object({
          path: Type.Optional(Path),
          /** The main one when absent. */
          store: Type.Optional(Id),
          ...PageQuery,
        }),
        response: {
          200: PageOf(
            Type.Object({
              name: Type.String(),
              kind: Type.Enum(['file', 'folder', 'other']),
              bytes: Nullable(Type.Number()),
              part: Part,
              readable: Type.Boolean(),
              heldAs: Nullable(Type.String()),
            }),
          ),
        },
      },
    },
    async ({ actor, params: { objectId }, query: { path = '', store, cursor, limit = 50 } }) => {
      const after = cursor ? String(decodeCursor(cursor, ['string'])[0]) : undefined;
      if (store !== undefined) {
        const rows = await deps.folderIn(actor, objectId, { storeId: store, path, after, limit: limit + 1 });
        const items = rows.slice(0, limit).map((entry) => ({
          ...entry,
          part: explain(path === '' ? entry.name : `${path}/${entry.name}`),
          // Text is shown of the main copy, whose path is the same.
          readable: false,
          heldAs: null,
        }));
        return { items, next: rows.length > limit ? encodeCursor([items.at(-1)!.name]) : null };
      }
      const { items, more } = await reading.folder(actor, objectId, path, {
        ...(after === undefined ? {} : { after }),
        limit,
      });
      return { items, next: more ? encodeCursor([items.at(-1)!.name]) : null };
    },
  );

  const text = Type.Object({ text: Type.String(), bytes: Type.Number(), cut: Type.Boolean(), part: Part });
  app.get(
    '/api/v1/preservation/packages/:objectId/text',
    { config, schema: { tags, params, querystring: Type.Object({ path: Path }), response: { 200: text } } },
    ({ actor, params: { objectId }, query: { path } }) => reading.text(actor, objectId, path),
  );

  // A record's own: that somebody read it stands in the trail, as for its pages.
  app.get(
    '/api/v1/units/:unitId/package-text',
    {
      config: { ...config, reads: 'content' },
      schema: {
        tags,
        params: Type.Object({ unitId: Id }),
        querystring: Type.Object({ path: Path }),
        response: { 200: text },
      },
    },
    ({ actor, params: { unitId }, query: { path } }) => reading.unitText(actor, unitId, path, sight),
  );
}
