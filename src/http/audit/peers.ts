import Type from 'typebox';
import { auditActor } from '#kernel/actor';
import type { Countersigning } from '#kernel/audit';
import { type App, Nullable } from '#kernel/http/route';

const tags = ['audit'];
const Statement = Type.String({ minLength: 1, maxLength: 64 * 1024 });
const Name = Type.String({ minLength: 1, maxLength: 200 });

const PeerSchema = Type.Object({
  name: Type.String(),
  fingerprints: Type.Array(Type.String()),
  addedAt: Type.String(),
  /** How far its tree has been seen to grow: what it asked of us. */
  seenSize: Type.Integer(),
  address: Nullable(Type.String()),
  archiveCode: Nullable(Type.String()),
  /** Its newest signature over a checkpoint of ours. */
  signed: Nullable(Type.Object({ size: Type.Integer(), madeAt: Type.String() })),
});

interface Deps {
  countersigning: Countersigning;
  /** Addresses other installations may be asked at. */
  peerAddresses: readonly string[];
}

/** Other installations: whom we trust, what we ask of them, and what comes back. */
export function registerPeers(app: App, { countersigning, peerAddresses }: Deps): void {
  const config = { policy: 'audit.read' as const };

  app.get(
    '/api/v1/audit/peers',
    {
      config,
      schema: {
        tags,
        response: {
          200: Type.Object({
            items: Type.Array(PeerSchema),
            /** Addresses the settings allow; a peer elsewhere is asked by hand. */
            addresses: Type.Array(Type.String()),
          }),
        },
      },
    },
    async () => ({
      items: (await countersigning.peers()).map((p) => ({
        ...p,
        addedAt: p.addedAt.toISOString(),
        signed: p.signed && { size: p.signed.size, madeAt: p.signed.madeAt.toISOString() },
      })),
      addresses: [...peerAddresses],
    }),
  );

  app.post(
    '/api/v1/audit/peers',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          name: Name,
          /** PEM; one or several. */
          certificate: Statement,
          address: Type.Optional(Type.String({ maxLength: 200 })),
          /** Which of its archives is asked to sign. */
          archiveCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
        }),
      },
    },
    async ({ actor, body }, reply) => {
      await countersigning.addPeer(auditActor(actor), { ...body, name: body.name.normalize('NFC').trim() });
      return reply.status(204).send();
    },
  );

  app.get(
    '/api/v1/audit/peers/request',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ peer: Name }),
        response: {
          200: Type.Object({
            archive: Type.String(),
            checkpoint: Type.String(),
            proof: Type.Array(Type.String()),
            size: Type.Integer(),
            from: Type.Integer(),
          }),
        },
      },
    },
    async (req) => countersigning.requestFor(req.query.peer),
  );

  app.post(
    '/api/v1/audit/peers/ask',
    { config, schema: { tags, body: Type.Object({ peer: Name }) } },
    async (req, reply) => {
      await countersigning.ask(auditActor(req.actor), req.body.peer);
      return reply.status(204).send();
    },
  );

  app.post(
    '/api/v1/audit/countersignatures',
    { config, schema: { tags, body: Type.Object({ countersignature: Statement }) } },
    async (req, reply) => {
      await countersigning.store(auditActor(req.actor), req.body.countersignature);
      return reply.status(204).send();
    },
  );
}
