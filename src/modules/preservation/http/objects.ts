import Type from 'typebox';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Keeping } from '../keeping.ts';
import { AlarmSchema, CopySchema, presentAlarm, presentCopy } from './schemas.ts';

const tags = ['preservation'];
const params = Type.Object({ objectId: Type.String({ minLength: 1, maxLength: 300 }) });
const policy = 'preservation.read';

const InPackage = {
  /** The main store when absent. */
  store: Type.Optional(Id),
  path: Type.Optional(Type.String({ maxLength: 2_000 })),
};

/** An object's copies, and each as it lies in its store. */
export function registerObjects(app: App, { copies }: { copies: Keeping }): void {
  app.get(
    '/api/v1/preservation/objects/:objectId',
    {
      config: { policy },
      schema: {
        tags,
        params,
        response: {
          200: Type.Object({
            objectId: Type.String(),
            kind: Type.Enum(['unit', 'certificates', 'segment', 'disposal']),
            archiveId: Nullable(Type.String()),
            unitId: Nullable(Type.String()),
            head: Nullable(Type.String()),
            files: Type.Number(),
            bytes: Type.Number(),
            formats: Type.Array(
              Type.Object({ mediaType: Type.String(), files: Type.Number(), bytes: Type.Number() }),
            ),
            copies: Type.Array(CopySchema),
            alarms: Type.Array(AlarmSchema),
          }),
        },
      },
    },
    async (req) => {
      const { object, formats, alarms, ...found } = await copies.objectCopies(req.actor, req.params.objectId);
      const { objectId, kind, archiveId, unitId, head, files, bytes } = object;
      return {
        objectId,
        kind,
        archiveId,
        unitId,
        head,
        files,
        bytes,
        formats,
        copies: found.copies.map(presentCopy),
        alarms: alarms.map(presentAlarm),
      };
    },
  );

  app.get(
    '/api/v1/preservation/objects/:objectId/folder',
    {
      config: { policy },
      schema: {
        tags,
        params,
        querystring: Type.Object({ ...PageQuery, ...InPackage }),
        response: {
          200: PageOf(
            Type.Object({
              name: Type.String(),
              kind: Type.Enum(['file', 'folder', 'other']),
              bytes: Nullable(Type.Number()),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { store, path = '', cursor, limit = 50 } = req.query;
      const rows = await copies.packageFolder(req.actor, req.params.objectId, {
        storeId: store,
        path,
        limit: limit + 1,
        after: cursor === undefined ? undefined : String(decodeCursor(cursor, ['string'])[0]),
      });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return { items, next: rows.length > limit && last ? encodeCursor([last.name]) : null };
    },
  );

  // A record's own: that somebody took it stands in the trail.
  app.get(
    '/api/v1/preservation/units/:id/package-file',
    {
      config: { policy: 'master.read', reads: 'master' },
      schema: { tags, params: IdParams, querystring: Type.Object(InPackage) },
    },
    async (req, reply) => {
      const { store, path = '' } = req.query;
      const file = await copies.packageFile(req.actor, req.params.id, { storeId: store, path });
      return sendFile(
        reply,
        { type: 'application/octet-stream', name: file.name, bytes: file.bytes },
        file.stream,
      );
    },
  );
}
