import { createReadStream } from 'node:fs';
import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { MatchField } from '#kernel/personal-data';
import { LANGUAGES } from '#kernel/wording';
import { UNMASK_REASONS, type UnmaskReason } from './commands/showApplicant.ts';
import type { Applicant } from './domain/applicant.ts';
import type { Access } from './module.ts';
import type { Certificate } from './store/certificates.ts';

const tags = ['certificates'];
const STATES = ['requested', 'approved', 'issued', 'rejected', 'revoked'];
const Text = (most: number) => Type.String({ minLength: 1, maxLength: most });

const ApplicantSchema = Type.Object({
  name: Type.String(),
  idType: Type.String(),
  idNumber: Type.String(),
  telephone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  agent: Nullable(Type.Object({ name: Type.String(), idNumber: Type.String() })),
});

const CertificateSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  number: Nullable(Type.String()),
  unit: Type.Object({ id: Type.String(), referenceCode: Nullable(Type.String()), title: Type.String() }),
  pages: Type.Array(Type.Integer()),
  include: Type.Enum(['images', 'text', 'both']),
  matter: Type.String(),
  purpose: Type.String(),
  language: Type.Enum([...LANGUAGES]),
  applicant: ApplicantSchema,
  validUntil: Nullable(Type.String()),
  state: Type.Enum(STATES),
  requestedBy: Type.Object({ id: Type.String(), name: Type.String() }),
  requestedAt: Type.String(),
  decidedBy: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
  jobId: Nullable(Type.String()),
  issuedAt: Nullable(Type.String()),
  sha256: Nullable(Type.String()),
  verifyUrl: Nullable(Type.String()),
  revokedAt: Nullable(Type.String()),
  revocationReason: Nullable(Type.String()),
});

export function registerAccess(app: App, { access }: { access: Access }): void {
  async function presentAll(actor: Actor, certificates: readonly Certificate[]) {
    const masked = await access.masked(certificates);
    return Promise.all(
      certificates.map((c) => shown(actor, c, { ...masked.get(c.id)!, idType: c.applicantIdType })),
    );
  }
  const present = async (actor: Actor, c: Certificate) => (await presentAll(actor, [c]))[0]!;

  async function shown(actor: Actor, c: Certificate, applicant: Applicant) {
    const view = await access.unit(actor, c.unitId).catch(() => undefined);
    return {
      id: c.id,
      archiveId: c.archiveId,
      number: c.number,
      unit: { id: c.unitId, referenceCode: view?.unit.referenceCode ?? null, title: view?.unit.title ?? '' },
      pages: c.pages,
      include: c.include,
      matter: c.matter,
      purpose: c.purpose,
      language: c.language,
      applicant,
      validUntil: c.validUntil,
      state: c.state,
      requestedBy: { id: c.requestedBy, name: c.requestedByName },
      requestedAt: c.requestedAt.toISOString(),
      decidedBy: c.decidedBy ? { id: c.decidedBy, name: c.decidedByName ?? '' } : null,
      decidedAt: c.decidedAt?.toISOString() ?? null,
      note: c.note,
      jobId: c.jobId,
      issuedAt: c.issuedAt?.toISOString() ?? null,
      sha256: c.sha256,
      verifyUrl: c.number ? access.verifyUrl(c.number) : null,
      revokedAt: c.revokedAt?.toISOString() ?? null,
      revocationReason: c.revocationReason,
    };
  }

  app.post(
    '/api/v1/certificates',
    {
      config: { policy: 'certificate.request' },
      schema: {
        tags,
        body: Type.Object({
          unitId: Id,
          pages: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: 300 }),
          include: Type.Enum(['images', 'text', 'both']),
          matter: Text(500),
          applicant: Type.Object({
            name: Text(100),
            idType: Type.String({ maxLength: 50 }),
            idNumber: Type.String({ maxLength: 50 }),
            telephone: Type.Optional(Nullable(Type.String({ maxLength: 50 }))),
            address: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
            agent: Type.Optional(
              Nullable(Type.Object({ name: Text(100), idNumber: Type.String({ maxLength: 50 }) })),
            ),
          }),
          purpose: Text(200),
          language: Type.Enum([...LANGUAGES]),
          validUntil: Type.Optional(Nullable(Type.String({ format: 'date' }))),
        }),
        response: { 201: CertificateSchema },
      },
    },
    async (req, reply) => {
      const id = await access.request(req.actor, {
        ...req.body,
        include: req.body.include as Certificate['include'],
        language: req.body.language as Certificate['language'],
      });
      return reply.status(201).send(await present(req.actor, await access.certificate(req.actor, id)));
    },
  );

  app.get(
    '/api/v1/certificates',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          unit: Type.Optional(Id),
          state: Type.Optional(Type.Enum(STATES)),
          ...PageQuery,
        }),
        response: { 200: PageOf(CertificateSchema) },
      },
    },
    async (req) => {
      const { archive, unit, state, cursor, limit } = req.query;
      const page = await access.certificates(req.actor, {
        archiveId: archive,
        unitId: unit,
        state,
        cursor,
        limit: limit ?? 50,
      });
      return { items: await presentAll(req.actor, page.items), next: page.next };
    },
  );

  app.get(
    '/api/v1/certificates/:id',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: IdParams, response: { 200: CertificateSchema } },
    },
    async (req) => present(req.actor, await access.certificate(req.actor, req.params.id)),
  );

  // Not a GET: each showing is an act that the trail keeps.
  app.post(
    '/api/v1/certificates/:id/applicant',
    {
      config: { policy: 'personal.unmask' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          reason: Type.Enum([...UNMASK_REASONS]),
          words: Type.Optional(Nullable(Type.String({ maxLength: 300 }))),
        }),
        response: { 200: ApplicantSchema },
      },
    },
    async (req, reply) => {
      const { reason, words } = req.body;
      const full = await access.applicant(req.actor, req.params.id, reason as UnmaskReason, words ?? null);
      return reply.header('cache-control', 'no-store').send(full);
    },
  );

  // Not a GET: a name or number in an address would lie in logs and histories.
  app.post(
    '/api/v1/certificates/by-applicant',
    {
      config: { policy: 'certificate.request' },
      schema: {
        tags,
        body: Type.Object({
          archive: Id,
          field: Type.Enum(['name', 'idNumber', 'telephone']),
          value: Text(100),
        }),
        response: { 200: Type.Object({ items: Type.Array(CertificateSchema) }) },
      },
    },
    async (req, reply) => {
      const { archive: archiveId, field, value } = req.body;
      const found = await access.findApplicant(req.actor, { archiveId, field: field as MatchField, value });
      return reply.header('cache-control', 'no-store').send({ items: await presentAll(req.actor, found) });
    },
  );

  app.post(
    '/api/v1/certificates/:id/decision',
    {
      config: { policy: 'certificate.approve' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['approved', 'rejected']),
          note: Type.Optional(Type.String({ maxLength: 1_000 })),
        }),
        response: { 200: CertificateSchema },
      },
    },
    async (req) => {
      const { decision, note } = req.body;
      await access.decide(
        req.actor,
        req.params.id,
        decision as 'approved' | 'rejected',
        note?.trim() || null,
      );
      return present(req.actor, await access.certificate(req.actor, req.params.id));
    },
  );

  app.get(
    '/api/v1/certificates/:id/file',
    {
      config: { policy: 'holdings.read', reads: 'certificate', framed: true },
      schema: { tags, params: IdParams },
    },
    async (req, reply) => {
      const { path, name } = await access.file(req.actor, req.params.id);
      return sendFile(reply, { type: 'application/pdf', name, inline: true }, createReadStream(path));
    },
  );

  app.post(
    '/api/v1/certificates/:id/revocation',
    {
      config: { policy: 'certificate.approve' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Text(500) }),
        response: { 200: CertificateSchema },
      },
    },
    async (req) => {
      await access.revoke(req.actor, req.params.id, req.body.reason);
      return present(req.actor, await access.certificate(req.actor, req.params.id));
    },
  );

  const Code = Type.Object({ code: Type.String({ maxLength: 20 }) });
  app.get(
    '/api/v1/archives/:code/trust.pem',
    { config: { policy: 'public' }, schema: { tags, params: Code } },
    async (req, reply) => reply.type('application/x-pem-file').send(await access.trust(req.params.code)),
  );
  app.get(
    '/api/v1/archives/:code/revocations.json',
    { config: { policy: 'public' }, schema: { tags, params: Code } },
    async (req, reply) => reply.type('application/json').send(await access.revocations(req.params.code)),
  );
}
