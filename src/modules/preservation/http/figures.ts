import Type from 'typebox';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { type App, Id, IdParams, JobAccepted, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Keeping } from '../keeping.ts';
import { AlarmSchema, CopySchema, presentAlarm, presentCopy } from './schemas.ts';

const tags = ['preservation'];
const OfArchive = { archive: Type.Optional(Id) };
const Note = Type.Object({ note: Type.String({ minLength: 1, maxLength: 1_000 }) });

/** The preservation page: figures, what fails, alarms, and asking for checks. */
export function registerFigures(app: App, { copies }: { copies: Keeping }): void {
  app.get(
    '/api/v1/preservation',
    {
      config: { policy: 'preservation.read' },
      schema: {
        tags,
        querystring: Type.Object(OfArchive),
        response: {
          200: Type.Object({
            objects: Type.Number(),
            files: Type.Number(),
            bytes: Type.Number(),
            /** Copies of each object there should be, and stores in use. */
            copiesWanted: Type.Integer(),
            stores: Type.Integer(),
            /** Days within which every copy is to be verified once. */
            cycleDays: Type.Integer(),
            atRisk: Type.Object({
              /** Objects with fewer proved copies than wanted. */
              heldTooFew: Type.Number(),
              heldTooFewIsExact: Type.Boolean(),
              /** Copies. */
              damaged: Type.Number(),
              missing: Type.Number(),
              behind: Type.Number(),
              wanted: Type.Number(),
              /** Of the whole house; counted up to `countedUpTo` in each store. */
              neverVerified: Type.Integer(),
              late: Type.Integer(),
              countedUpTo: Type.Integer(),
              storesAway: Type.Integer(),
            }),
            alarmsOpen: Type.Integer(),
            /** Verifying, day by day and store by store, over thirty days. */
            fixityDays: Type.Array(
              Type.Object({
                storeId: Type.String(),
                day: Type.String(),
                copies: Type.Number(),
                bytes: Type.Number(),
                bad: Type.Number(),
                milliseconds: Type.Number(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => copies.overview(req.actor, req.query.archive),
  );

  app.get(
    '/api/v1/preservation/growth',
    {
      config: { policy: 'preservation.read' },
      schema: {
        tags,
        querystring: Type.Object(OfArchive),
        response: {
          200: Type.Object({
            months: Type.Array(
              Type.Object({
                /** `YYYY-MM`. */
                month: Type.String(),
                objects: Type.Number(),
                files: Type.Number(),
                bytes: Type.Number(),
                totalObjects: Type.Number(),
                totalBytes: Type.Number(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => ({ months: await copies.growth(req.actor, req.query.archive) }),
  );

  app.get(
    '/api/v1/preservation/failures',
    {
      config: { policy: 'preservation.read' },
      schema: {
        tags,
        querystring: Type.Object({
          ...OfArchive,
          ...PageQuery,
          store: Type.Optional(Id),
          condition: Type.Optional(Type.Enum(['behind', 'damaged', 'missing'])),
        }),
        response: { 200: PageOf(CopySchema) },
      },
    },
    async (req) => {
      const { archive, store, condition, cursor, limit = 50 } = req.query;
      const [objectId, storeId] = cursor ? decodeCursor(cursor, ['string', 'string']) : [];
      const rows = await copies.failures(req.actor, {
        archiveId: archive,
        storeId: store,
        limit: limit + 1,
        conditions: condition ? [condition] : ['behind', 'damaged', 'missing'],
        after: cursor ? { objectId: String(objectId), storeId: String(storeId) } : undefined,
      });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(presentCopy),
        next: rows.length > limit && last ? encodeCursor([last.objectId, last.storeId]) : null,
      };
    },
  );

  app.get(
    '/api/v1/preservation/alarms',
    {
      config: { policy: 'preservation.read' },
      schema: {
        tags,
        querystring: Type.Object({
          ...OfArchive,
          ...PageQuery,
          state: Type.Optional(Type.Enum(['open', 'acknowledged', 'solved'])),
          /** Only what waits for somebody: open, or mended by itself and not yet taken note of. */
          waiting: Type.Optional(Type.Boolean()),
        }),
        response: { 200: PageOf(AlarmSchema) },
      },
    },
    async (req) => {
      const { archive, state, waiting, cursor, limit = 50 } = req.query;
      const [at, id] = cursor ? decodeCursor(cursor, ['string', 'string']) : [];
      const rows = await copies.alarms(req.actor, {
        archiveId: archive,
        waiting,
        limit: limit + 1,
        states: state ? [state] : undefined,
        before: cursor ? { at: String(at), id: String(id) } : undefined,
      });
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(presentAlarm),
        next: rows.length > limit && last ? encodeCursor([last.raisedAt.toISOString(), last.id]) : null,
      };
    },
  );

  for (const [word, state] of [
    ['acknowledgement', 'acknowledged'],
    ['solution', 'solved'],
  ] as const)
    app.post(
      `/api/v1/preservation/alarms/:id/${word}`,
      {
        config: { policy: 'preservation.manage' },
        schema: { tags, params: IdParams, body: Note, response: { 200: AlarmSchema } },
      },
      async (req) => presentAlarm(await copies.decideAlarm(req.actor, req.params.id, state, req.body.note)),
    );

  app.post(
    '/api/v1/preservation/checks',
    {
      config: { policy: 'preservation.manage' },
      schema: {
        tags,
        body: Type.Object({
          /** One object in every store; without it a whole store, or all of them. */
          objectId: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
          /** What is held for one archive. */
          archiveId: Type.Optional(Nullable(Id)),
          storeId: Type.Optional(Nullable(Id)),
          /** Mend what is found damaged. */
          repair: Type.Boolean(),
        }),
        response: { 202: JobAccepted },
      },
    },
    async (req, reply) => {
      const { objectId, archiveId, storeId, repair } = req.body;
      const jobId = await copies.askCheck(req.actor, {
        objectId: objectId ?? null,
        archiveId: archiveId ?? null,
        storeId: storeId ?? null,
        repair,
      });
      void reply.status(202);
      return { jobId };
    },
  );
}
