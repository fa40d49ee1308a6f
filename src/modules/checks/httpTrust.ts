import Type from 'typebox';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import { MOST_BYTES } from './domain/trustedCertificate.ts';
import type { Checks } from './module.ts';
import type { TrustedCertificate } from './store/trustedCertificates.ts';

const tags = ['checks'];
const manages = { policy: 'preservation.manage' as const };

const TrustedCertificateSchema = Type.Object({
  id: Type.String(),
  /** SHA-256, hex. */
  fingerprint: Type.String(),
  subject: Type.String(),
  issuer: Type.String(),
  serial: Type.String(),
  algorithm: Nullable(Type.Enum(['rsa', 'p256', 'ed25519', 'sm2'])),
  /** It issues to others: theirs are trusted with it. */
  mayIssue: Type.Boolean(),
  notBefore: Type.String(),
  notAfter: Type.String(),
  usedFor: Type.String(),
  state: Type.Enum(['proposed', 'inForce', 'declined', 'ended']),
  proposedBy: Type.String(),
  proposedAt: Type.String(),
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  endedBy: Nullable(Type.String()),
  endedAt: Nullable(Type.String()),
  endReason: Nullable(Type.String()),
  /** Whether the asker proposed it; then another decides. */
  mine: Type.Boolean(),
});

/** Whose signatures an archive trusts. */
export function registerTrust(app: App, checks: Checks): void {
  const params = Type.Object({ archiveId: Id });
  app.get(
    '/api/v1/archives/:archiveId/trusted-certificates',
    {
      config: { policy: 'signedIn' as const },
      schema: {
        tags,
        params,
        response: { 200: Type.Object({ items: Type.Array(TrustedCertificateSchema) }) },
      },
    },
    async (req) => {
      const all = await checks.trust(req.actor, req.params.archiveId);
      return { items: all.map((c) => present(c, req.actor.id)) };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/trusted-certificates',
    {
      config: manages,
      schema: {
        tags,
        params,
        body: Type.Object({
          /** The file as it is, PEM or DER, in Base64. */
          file: Type.String({
            minLength: 1,
            maxLength: Math.ceil(MOST_BYTES / 3) * 4,
            pattern: '^[A-Za-z0-9+/]+={0,2}$',
          }),
          /** What it is trusted for: whose signatures. */
          usedFor: Type.String({ minLength: 1, maxLength: 500 }),
        }),
        response: { 201: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { file, usedFor } = req.body;
      const { archiveId } = req.params;
      const id = await checks.proposeTrust(req.actor, {
        archiveId,
        usedFor,
        file: Buffer.from(file, 'base64'),
      });
      return reply.status(201).send({ id });
    },
  );
  app.post(
    '/api/v1/trusted-certificates/:id/decision',
    { config: manages, schema: { tags, params: IdParams, body: Type.Object({ approve: Type.Boolean() }) } },
    async (req, reply) => {
      await checks.decideTrust(req.actor, req.params.id, req.body.approve);
      return reply.status(204).send();
    },
  );
  app.post(
    '/api/v1/trusted-certificates/:id/end',
    {
      config: manages,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2_000 }) }),
      },
    },
    async (req, reply) => {
      await checks.endTrust(req.actor, req.params.id, req.body.reason);
      return reply.status(204).send();
    },
  );
}

/** Nobody's id: who acted is told by name. */
const present = (c: TrustedCertificate, actorId: string | null) => ({
  id: c.id,
  fingerprint: c.fingerprint,
  subject: c.subject,
  issuer: c.issuer,
  serial: c.serial,
  algorithm: c.algorithm,
  mayIssue: c.mayIssue,
  notBefore: c.notBefore.toISOString(),
  notAfter: c.notAfter.toISOString(),
  usedFor: c.usedFor,
  state: c.state,
  proposedBy: c.proposedByName,
  proposedAt: c.proposedAt.toISOString(),
  decidedBy: c.decidedByName,
  decidedAt: c.decidedAt?.toISOString() ?? null,
  endedBy: c.endedByName,
  endedAt: c.endedAt?.toISOString() ?? null,
  endReason: c.endReason,
  mine: c.proposedBy !== null && c.proposedBy === actorId,
});
