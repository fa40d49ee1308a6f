import Type, { type Static } from 'typebox';
import { type Actor, can } from '#kernel/actor';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Arrangement, ToldRearrangement } from './arrangement.ts';
import type { Preview } from './arranging/commands.ts';
import type { Plan } from './arranging/plan.ts';
import { CODE_CHOICES } from './arranging/rules.ts';

const tags = ['arrangement'];

const Text = (most: number) => Type.String({ maxLength: most });
const SelectionSchema = Type.Object({
  ids: Type.Optional(Type.Array(Id, { maxItems: 5_000 })),
  ranges: Type.Optional(Type.Array(Type.Object({ from: Id, to: Id }), { maxItems: 200 })),
  under: Type.Optional(Id),
});
const TargetSchema = Type.Object({
  fondsId: Id,
  parentId: Nullable(Id),
  after: Type.Optional(Nullable(Id)),
});
const Codes = Type.Enum([...CODE_CHOICES]);
const MoveBody = Type.Object({
  kind: Type.Literal('move'),
  selection: SelectionSchema,
  to: TargetSchema,
  codes: Codes,
});
const MergeBody = Type.Object({ kind: Type.Literal('merge'), fondsId: Id, to: TargetSchema, codes: Codes });
const SplitBody = Type.Object({
  kind: Type.Literal('split'),
  fondsId: Id,
  selection: SelectionSchema,
  codes: Codes,
  fonds: Type.Object({
    number: Type.String({ minLength: 1, maxLength: 20 }),
    name: Type.String({ minLength: 1, maxLength: 500 }),
    agencyId: Nullable(Id),
    dates: Nullable(Text(200)),
    history: Nullable(Text(20_000)),
  }),
});
const RenumberBody = Type.Object({
  kind: Type.Literal('renumber'),
  selection: SelectionSchema,
  numbers: Type.Object({
    start: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_999_999 })),
    values: Type.Optional(Type.Record(Type.String({ maxLength: 40 }), Text(100))),
    template: Type.Optional(Text(100)),
  }),
});
const Wanted = Type.Union([MoveBody, MergeBody, SplitBody, RenumberBody]);

const CodeChange = Type.Object({
  unitId: Type.String(),
  title: Type.String(),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
});
const PreviewSchema = Type.Object({
  units: Type.Integer(),
  total: Type.Integer(),
  /** Entries worked through for this preview. */
  tried: Type.Integer(),
  otherFonds: Type.Boolean(),
  /** People whose posts reach other records by it: another person decides then. */
  people: Type.Integer(),
  /** Leave for the whole of a fonds that closes by it, which gives nothing in the other. */
  leave: Type.Integer(),
  refusals: Type.Array(
    Type.Object({
      code: Type.String(),
      message: Type.String(),
      values: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  renumbered: Type.Integer(),
  kept: Type.Integer(),
  passedOver: Type.Array(Type.String()),
  without: Type.Integer(),
  codes: Type.Array(CodeChange),
});
const BegunSchema = Type.Object({ id: Type.String(), state: Type.String(), jobId: Nullable(Type.String()) });
/** A fonds, by its number and name; an empty id: not made yet. */
const FondsNamed = Type.Object({ id: Type.String(), number: Type.String(), name: Type.String() });
const RearrangementSchema = Type.Object({
  /** Of its changeset too. */
  id: Type.String(),
  archiveId: Type.String(),
  kind: Type.Enum(['move', 'merge', 'split', 'renumber', 'back']),
  reason: Type.String(),
  state: Type.Enum(['waiting', 'queued', 'done', 'declined', 'failed']),
  people: Type.Integer(),
  total: Type.Integer(),
  done: Type.Integer(),
  renumbered: Type.Integer(),
  kept: Type.Integer(),
  proposedByName: Type.String(),
  proposedAt: Type.String(),
  decidedByName: Nullable(Type.String()),
  note: Nullable(Type.String()),
  finishedAt: Nullable(Type.String()),
  takenBackBy: Nullable(Type.String()),
  /** The fonds joined to another, or divided; and where entries come. */
  from: Nullable(FondsNamed),
  to: Nullable(FondsNamed),
  /** What it takes back. */
  of: Nullable(Type.String()),
  /** It waits, and who asks may decide. */
  mayDecide: Type.Boolean(),
  error: Nullable(Type.String()),
  jobId: Nullable(Type.String()),
});

/** Moving many, joining and dividing fonds, renumbering: first what it would come to, then the doing. */
export function registerArranging(app: App, { arrangement }: { arrangement: Arrangement }): void {
  app.post(
    '/api/v1/arrangement/preview',
    {
      config: { policy: 'holdings.write' },
      schema: { tags, body: Wanted, response: { 200: PreviewSchema } },
    },
    async (req) => presentPreview(await arrangement.preview(req.actor, planOf(req.body, arrangement))),
  );
  app.post(
    '/api/v1/arrangement',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        body: Type.Object({ plan: Wanted, reason: Type.Optional(Nullable(Text(2_000))) }),
        response: { 200: BegunSchema },
      },
    },
    async (req) => arrangement.begin(req.actor, planOf(req.body.plan, arrangement), req.body.reason),
  );
  app.get(
    '/api/v1/arrangement',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        querystring: Type.Object({
          archive: Id,
          /** What waits for another person, runs or was stopped alone. */
          open: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(RearrangementSchema) },
      },
    },
    async (req) => {
      const { archive, open, cursor, limit } = req.query;
      const page = await arrangement.list(req.actor, {
        archiveId: archive,
        open: open ?? false,
        limit: limit ?? 20,
        ...(cursor ? { cursor } : {}),
      });
      return { ...page, items: page.items.map((r) => present(r, req.actor)) };
    },
  );
  app.get(
    '/api/v1/arrangement/:id',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: IdParams, response: { 200: RearrangementSchema } },
    },
    async (req) => present(await arrangement.one(req.actor, req.params.id), req.actor),
  );
  app.get(
    '/api/v1/arrangement/:id/codes',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(CodeChange) },
      },
    },
    async (req) => {
      const { cursor, limit } = req.query;
      const page = await arrangement.codes(req.actor, req.params.id, {
        limit: limit ?? 100,
        ...(cursor ? { cursor } : {}),
      });
      return {
        ...page,
        items: page.items.map(({ unitId, title, was, code }) => ({ unitId, title, from: was, to: code })),
      };
    },
  );
  registerDeciding(app, arrangement);
}

function registerDeciding(app: App, arrangement: Arrangement): void {
  app.post(
    '/api/v1/arrangement/:id/decision',
    {
      config: { policy: 'rights.approve' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['approved', 'declined']),
          note: Type.Optional(Nullable(Text(1_000))),
        }),
        response: { 200: BegunSchema },
      },
    },
    async (req) =>
      arrangement.decide(
        req.actor,
        req.params.id,
        req.body.decision === 'approved' ? 'approved' : 'declined',
        req.body.note ?? null,
      ),
  );
  app.post(
    '/api/v1/arrangement/:id/take-back',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1_000 }) }),
        response: { 200: BegunSchema },
      },
    },
    async (req) => arrangement.takeBack(req.actor, req.params.id, req.body.reason),
  );
  app.post(
    '/api/v1/arrangement/:id/resume',
    {
      config: { policy: 'holdings.write' },
      schema: { tags, params: IdParams, response: { 200: BegunSchema } },
    },
    async (req) => arrangement.resume(req.actor, req.params.id),
  );
}

/** A plan as it was sent; the fonds a part becomes gets its id here. */
function planOf(wanted: Static<typeof Wanted>, { newId }: Arrangement): Exclude<Plan, { kind: 'back' }> {
  switch (wanted.kind) {
    case 'renumber':
      return wanted;
    case 'split':
      return { ...wanted, codes: choice(wanted.codes), to: { fondsId: newId(), parentId: null } };
    default:
      return { ...wanted, codes: choice(wanted.codes) };
  }
}

const choice = (word: string) => CODE_CHOICES.find((c) => c === word) ?? 'keep';

function presentPreview({ refusals, archiveId: _, ...rest }: Preview) {
  return {
    ...rest,
    passedOver: rest.passedOver.slice(0, 200),
    refusals: refusals.map(({ code, message, detail }) => ({ code, message, values: { ...detail } })),
  };
}

function present(r: ToldRearrangement, actor: Actor) {
  const { plan, proposedBy, decidedBy: _decider, decidedAt: _at, proposedAt, finishedAt, ...rest } = r;
  return {
    ...rest,
    proposedAt: proposedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    from: named(r.from),
    to: named(r.to),
    of: plan.kind === 'back' ? plan.of : null,
    mayDecide: r.state === 'waiting' && proposedBy !== actor.id && can(actor, 'rights.approve', r.archiveId),
  };
}

const named = (f: ToldRearrangement['from']) => f && { id: f.id, number: f.number, name: f.name };
