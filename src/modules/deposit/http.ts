import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { registerComparison } from './httpComparison.ts';
import type { Deposits } from './module.ts';
import { DEPOSIT_STATES, type Deposit } from './store/deposits.ts';
import { UNSEALING_KINDS } from './store/unsealings.ts';

const tags = ['deposits'];
/** Who deposits, asks and agrees, the commands decide. */
const config = { policy: 'filing.read' as const };
const Text = (most: number) => Nullable(Type.String({ maxLength: most }));
const Year = Nullable(Type.Integer({ minimum: 1900, maximum: 2999 }));
const Reason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 4_000 }) });

const DepositSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  agency: Type.Object({ id: Type.String(), code: Type.String(), name: Type.String() }),
  number: Type.String(),
  title: Type.String(),
  system: Nullable(Type.String()),
  category: Nullable(Type.String()),
  yearFrom: Nullable(Type.Integer()),
  yearTo: Nullable(Type.Integer()),
  note: Nullable(Type.String()),
  state: Type.Enum([...DEPOSIT_STATES]),
  files: Type.Integer(),
  bytes: Type.Integer(),
  /** SHA-256 of the list of all files with their digests. */
  manifest: Nullable(Type.String()),
  madeBy: Type.String(),
  madeAt: Type.String(),
  sealedAt: Nullable(Type.String()),
  keptUntil: Nullable(Type.String()),
  checkedAt: Nullable(Type.String()),
  damagedAt: Nullable(Type.String()),
  /** Why it could not be sealed yet, or at all. */
  failure: Nullable(Type.String()),
  jobId: Nullable(Type.String()),
  ended: Nullable(Type.Object({ at: Type.String(), by: Type.String(), reason: Type.String() })),
});

const DepositReadSchema = Type.Object({
  ...DepositSchema.properties,
  unsealings: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.Enum([...UNSEALING_KINDS]),
      reason: Type.String(),
      state: Type.Enum(['asked', 'approved', 'refused']),
      askedBy: Type.Object({ id: Type.String(), name: Type.String() }),
      askedAt: Type.String(),
      decidedBy: Nullable(Type.String()),
      decidedAt: Nullable(Type.String()),
      note: Nullable(Type.String()),
      openUntil: Nullable(Type.String()),
    }),
  ),
  /** What asking would be for; null: this person may not. */
  mayAsk: Nullable(Type.Enum([...UNSEALING_KINDS])),
  mayDecide: Type.Boolean(),
  /** Whether this person may take files out now. */
  isOpen: Type.Boolean(),
});

function present(d: Deposit) {
  const iso = (at: Date | null) => at?.toISOString() ?? null;
  return {
    id: d.id,
    archiveId: d.archiveId,
    agency: { id: d.agencyId, code: d.agencyCode, name: d.agencyName },
    number: d.number,
    title: d.title,
    system: d.system,
    category: d.category,
    yearFrom: d.yearFrom,
    yearTo: d.yearTo,
    note: d.note,
    state: d.state,
    files: d.files,
    bytes: d.bytes,
    manifest: d.manifest,
    madeBy: d.madeByName,
    madeAt: d.madeAt.toISOString(),
    sealedAt: iso(d.sealedAt),
    keptUntil: d.keptUntil,
    checkedAt: iso(d.checkedAt),
    damagedAt: iso(d.damagedAt),
    failure: d.failure,
    jobId: d.jobId,
    ended: d.endedAt && { at: d.endedAt.toISOString(), by: d.endedByName ?? '', reason: d.endedReason ?? '' },
  };
}

export function registerDeposits(app: App, { deposits }: { deposits: Deposits }): void {
  const read = async (actor: Parameters<Deposits['read']>[0], id: string) => {
    const { deposit, unsealings, mayAsk, mayDecide, isOpen } = await deposits.read(actor, id);
    return {
      ...present(deposit),
      unsealings: unsealings.map((u) => ({
        id: u.id,
        kind: u.kind,
        reason: u.reason,
        state: u.state,
        askedBy: { id: u.askedBy, name: u.askedByName },
        askedAt: u.askedAt.toISOString(),
        decidedBy: u.decidedByName,
        decidedAt: u.decidedAt?.toISOString() ?? null,
        note: u.decisionNote,
        openUntil: u.openUntil?.toISOString() ?? null,
      })),
      mayAsk,
      mayDecide,
      isOpen,
    };
  };
  registerMaking(app, deposits, read);
  registerUnsealing(app, deposits, read);
  registerComparison(app, deposits);
}

type Read = (
  actor: Parameters<Deposits['read']>[0],
  id: string,
) => Promise<Type.Static<typeof DepositReadSchema>>;

function registerMaking(app: App, deposits: Deposits, read: Read): void {
  app.get(
    '/api/v1/deposits',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          state: Type.Optional(Type.Enum([...DEPOSIT_STATES])),
          ...PageQuery,
        }),
        response: { 200: PageOf(DepositSchema) },
      },
    },
    async (req) => {
      const { archive, agency, state, cursor, limit = 50 } = req.query;
      const { items, next } = await deposits.list(req.actor, {
        archiveId: archive,
        agencyId: agency,
        state,
        cursor,
        limit,
      });
      return { items: items.map(present), next };
    },
  );
  app.post(
    '/api/v1/deposits',
    {
      config: { policy: 'filing.write' },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          title: Type.String({ minLength: 1, maxLength: 300 }),
          system: Text(200),
          category: Text(100),
          yearFrom: Year,
          yearTo: Year,
          note: Text(4_000),
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100_000 }),
        }),
        response: { 201: DepositReadSchema },
      },
      bodyLimit: 8 * 1024 * 1024,
    },
    async (req, reply) => {
      const id = await deposits.make(req.actor, req.body);
      return reply.status(201).send(await read(req.actor, id));
    },
  );
  app.get(
    '/api/v1/deposits/:id',
    { config, schema: { tags, params: IdParams, response: { 200: DepositReadSchema } } },
    async (req) => read(req.actor, req.params.id),
  );
  app.get(
    '/api/v1/deposits/:id/files',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: {
          200: PageOf(
            Type.Object({
              seq: Type.Integer(),
              path: Type.String(),
              bytes: Type.Integer(),
              sha256: Type.String(),
              /** The file as it was sent that this one lies in. */
              container: Nullable(Type.Integer()),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await deposits.files(req.actor, req.params.id, { cursor, limit });
      return { items: items.map(({ opened: _, ...f }) => f), next };
    },
  );
  app.get(
    '/api/v1/deposits/:id/receipt.json',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const { deposit, text } = await deposits.receipt(req.actor, req.params.id);
      return sendFile(
        reply,
        { type: 'application/json; charset=utf-8', name: `${deposit.number}-receipt.json` },
        text,
      );
    },
  );
}

function registerUnsealing(app: App, deposits: Deposits, read: Read): void {
  app.post(
    '/api/v1/deposits/:id/unsealings',
    { config, schema: { tags, params: IdParams, body: Reason, response: { 201: DepositReadSchema } } },
    async (req, reply) => {
      await deposits.ask(req.actor, req.params.id, req.body.reason);
      return reply.status(201).send(await read(req.actor, req.params.id));
    },
  );
  app.post(
    '/api/v1/deposits/:id/unsealings/:unsealingId/decision',
    {
      config: { policy: 'transfer.decide' },
      schema: {
        tags,
        params: Type.Object({ id: Id, unsealingId: Id }),
        body: Type.Object({ approve: Type.Boolean(), note: Type.String({ maxLength: 4_000 }) }),
        response: { 200: DepositReadSchema },
      },
    },
    async (req) => {
      const { id, unsealingId } = req.params;
      await deposits.decide(req.actor, id, { unsealingId, approve: req.body.approve, note: req.body.note });
      return read(req.actor, id);
    },
  );
  app.get(
    '/api/v1/deposits/:id/files/:seq/content',
    {
      config,
      schema: { tags, params: Type.Object({ id: Id, seq: Type.Integer({ minimum: 0 }) }) },
    },
    async (req, reply) => {
      const { file, content } = await deposits.openFile(req.actor, req.params.id, req.params.seq);
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      return sendFile(reply, { type: 'application/octet-stream', name: name, bytes: file.bytes }, content);
    },
  );
  app.post(
    '/api/v1/deposits/:id/prolongation',
    {
      config: { policy: 'transfer.decide' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ until: Type.String({ format: 'date' }) }),
        response: { 200: DepositReadSchema },
      },
    },
    async (req) => {
      await deposits.prolong(req.actor, req.params.id, req.body.until);
      return read(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/deposits/:id/end',
    {
      config: { policy: 'transfer.decide' },
      schema: { tags, params: IdParams, body: Reason, response: { 200: DepositReadSchema } },
    },
    async (req) => {
      await deposits.end(req.actor, req.params.id, req.body.reason);
      return read(req.actor, req.params.id);
    },
  );
}
