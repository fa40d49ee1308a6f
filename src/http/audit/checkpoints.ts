import Type from 'typebox';
import { type Checkpoint, type Countersigning, checkpointPage } from '#kernel/audit';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Database } from '#kernel/db';
import { type App, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Keyring } from '#kernel/keyring';

const tags = ['audit'];

export const CheckpointSchema = Type.Object({
  size: Type.Integer(),
  root: Type.String(),
  algorithm: Type.Enum(['sha256', 'sm3']),
  madeAt: Type.String(),
  /** The signed statement, word for word. */
  statement: Type.String(),
});

export function presentCheckpoint(c: Checkpoint) {
  return { ...c, madeAt: c.madeAt.toISOString() };
}

interface Deps {
  db: Database;
  keyring: Keyring;
  countersigning: Countersigning;
}

const Statement = Type.String({ minLength: 1, maxLength: 64 * 1024 });
const HexHash = Type.String({ pattern: '^[0-9a-f]{64}$' });

/**
 * Checkpoints are public: they say how many entries there are and under which root, and nothing of what they tell.
 * Other installations read them, and offer theirs; an offer is known by its own signature.
 */
export function registerCheckpoints(app: App, { db, keyring, countersigning }: Deps): void {
  const open = { policy: 'public' as const };

  app.get(
    '/api/v1/audit/checkpoints',
    {
      config: open,
      schema: { tags, querystring: Type.Object(PageQuery), response: { 200: PageOf(CheckpointSchema) } },
    },
    async ({ query: { cursor, limit = 50 } }) => {
      const below = cursor ? Number(decodeCursor(cursor, ['number'])[0]) : undefined;
      const rows = await db.system((tx) => checkpointPage(tx, { below, limit: limit + 1 }));
      const items = rows.slice(0, limit);
      return {
        items: items.map(presentCheckpoint),
        next: rows.length > limit ? encodeCursor([items.at(-1)!.size]) : null,
      };
    },
  );

  app.get(
    '/api/v1/audit/checkpoints/:size/countersignatures',
    {
      config: open,
      schema: {
        tags,
        params: Type.Object({ size: Type.Integer({ minimum: 1 }) }),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                signer: Type.String(),
                /** Null where its certificate is no longer trusted. */
                signerName: Nullable(Type.String()),
                statement: Type.String(),
                madeAt: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const items = await countersigning.of(req.params.size);
      return { items: items.map((c) => ({ ...c, madeAt: c.madeAt.toISOString() })) };
    },
  );

  app.get('/api/v1/audit/trust.pem', { config: open, schema: { tags } }, async (_req, reply) =>
    reply.type('application/x-pem-file').send(await keyring.trustBundle(db.owner, null)),
  );

  app.post(
    '/api/v1/audit/countersign',
    {
      // No cookie decides here: the offered checkpoint's signature does.
      config: { ...open, crossSite: true },
      schema: {
        tags,
        body: Type.Object({
          archive: Type.String({ maxLength: 20 }),
          checkpoint: Statement,
          proof: Type.Array(HexHash, { maxItems: 130 }),
        }),
        response: { 200: Type.Object({ countersignature: Type.String() }) },
      },
    },
    async ({ body: { archive, checkpoint, proof } }) => ({
      countersignature: await countersigning.answer(archive, { checkpoint, proof }),
    }),
  );
}
