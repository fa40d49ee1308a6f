import { isAbsolute, normalize } from 'node:path';
import Type from 'typebox';
import { locationOf } from '#formats/ocfl';
import { Refusal } from '#kernel/errors';
import { type App, IdParams, Nullable, type Request } from '#kernel/http/route';
import type { Keeping } from '../keeping.ts';
import { presentStore, StoreSchema } from './schemas.ts';

const tags = ['preservation'];
const Name = Type.String({ minLength: 1, maxLength: 100 });
const Reason = Type.String({ minLength: 1, maxLength: 1_000 });
const Pace = Nullable(Type.Integer({ minimum: 1, maximum: 100_000 }));
const Secret = Type.String({ minLength: 1, maxLength: 1_000 });

/** A place as somebody typed it: an absolute folder, or `s3://bucket/prefix`. */
function placeOf(body: {
  address: string;
  endpoint?: string;
  region?: string;
  pathStyle?: boolean;
  accessKey?: string;
  secretKey?: string;
}) {
  const { address, ...s3 } = body;
  if (!address.startsWith('s3:') && !isAbsolute(address))
    throw new Refusal('store.badAddress', 'Give a folder from the root on, such as /mnt/disk2/lantai.', {
      address,
    });
  const full = locationOf(address.startsWith('s3:') ? address : normalize(address).replace(/\/+$/, ''), s3);
  if (full.kind === 'folder')
    return { location: { kind: full.kind, root: full.root }, secrets: null } as const;
  const { accessKey, secretKey, ...location } = full;
  return { location, secrets: { accessKey, secretKey } };
}

/** Places that hold copies. */
export function registerStores(app: App, { copies }: { copies: Keeping }): void {
  const one = async (req: Request, id: string) => {
    const view = (await copies.stores(req.actor)).find((v) => v.store.id === id);
    if (!view) throw new Refusal('store.notFound', 'There is no such store.');
    return presentStore(view);
  };

  app.get(
    '/api/v1/preservation/stores',
    {
      config: { policy: 'preservation.read' },
      schema: { tags, response: { 200: Type.Object({ items: Type.Array(StoreSchema) }) } },
    },
    async (req) => ({ items: (await copies.stores(req.actor)).map(presentStore) }),
  );

  app.post(
    '/api/v1/preservation/stores',
    {
      config: { policy: 'stores.manage' },
      schema: {
        tags,
        body: Type.Object({
          name: Name,
          address: Type.String({ minLength: 1, maxLength: 1_000 }),
          endpoint: Type.Optional(Type.String({ maxLength: 500 })),
          region: Type.Optional(Type.String({ maxLength: 100 })),
          pathStyle: Type.Optional(Type.Boolean()),
          accessKey: Type.Optional(Secret),
          secretKey: Type.Optional(Secret),
          megabytesPerSecond: Type.Optional(Pace),
        }),
        response: { 201: StoreSchema },
      },
    },
    async (req, reply) => {
      const { name, megabytesPerSecond = null, ...place } = req.body;
      const row = await copies.addStore(req.actor, { name, megabytesPerSecond, ...placeOf(place) });
      void reply.status(201);
      return one(req, row.id);
    },
  );

  app.patch(
    '/api/v1/preservation/stores/:id',
    {
      config: { policy: 'stores.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          version: Type.Integer(),
          name: Type.Optional(Name),
          state: Type.Optional(Type.Enum(['active', 'draining'])),
          megabytesPerSecond: Type.Optional(Pace),
        }),
        response: { 200: StoreSchema },
      },
    },
    async (req) => one(req, (await copies.updateStore(req.actor, req.params.id, req.body)).id),
  );

  app.post(
    '/api/v1/preservation/stores/:id/loss',
    {
      config: { policy: 'stores.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Reason }),
        response: { 200: StoreSchema },
      },
    },
    async (req) => {
      await copies.loseStore(req.actor, req.params.id, req.body.reason);
      return one(req, req.params.id);
    },
  );

  app.post(
    '/api/v1/preservation/stores/:id/removal',
    {
      config: { policy: 'stores.manage' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Reason }),
        response: { 200: StoreSchema },
      },
    },
    async (req) => {
      await copies.removeStore(req.actor, req.params.id, req.body.reason);
      return one(req, req.params.id);
    },
  );

  app.post(
    '/api/v1/preservation/stores/:id/look',
    {
      config: { policy: 'stores.manage' },
      schema: { tags, params: IdParams, response: { 200: StoreSchema } },
    },
    async (req) => one(req, (await copies.lookAtStore(req.actor, req.params.id)).id),
  );
}
