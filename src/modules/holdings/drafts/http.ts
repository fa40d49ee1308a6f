import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { UnitInput } from '../domain/unitInput.ts';
import type { Holdings } from '../module.ts';
import { UnitInputSchema } from '../schemas.ts';
import type { DraftReview } from './commands.ts';
import { DRAFT_STATES, type Draft } from './store/drafts.ts';

const tags = ['drafts'];
const Value = Nullable(Type.Union([Type.String(), Type.Number()]));

const DraftSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  /** The entry it corrects; null: a new one. */
  unitId: Nullable(Type.String()),
  fondsId: Type.String(),
  parentId: Nullable(Type.String()),
  title: Type.String(),
  state: Type.Enum([...DRAFT_STATES]),
  reason: Nullable(Type.String()),
  authorId: Type.String(),
  author: Type.String(),
  updatedAt: Type.String(),
  submittedAt: Nullable(Type.String()),
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

const ReviewSchema = Type.Interface([DraftSchema], {
  input: UnitInputSchema,
  /** Field by field what the draft says, with what stood there when it was begun and what stands there now. */
  fields: Type.Array(
    Type.Object({
      field: Type.String(),
      base: Value,
      mine: Value,
      theirs: Value,
      /** Somebody else changed the field since the draft was begun. */
      conflict: Type.Boolean(),
    }),
  ),
  /** Of the entry as it stands now; null for a new one. */
  version: Nullable(Type.Integer()),
  referenceCode: Nullable(Type.String()),
  mayDecide: Type.Boolean(),
  mine: Type.Boolean(),
});

const present = (d: Draft & { title: string }) => ({
  id: d.id,
  archiveId: d.archiveId,
  unitId: d.unitId,
  fondsId: d.fondsId,
  parentId: d.parentId,
  title: d.title,
  state: d.state,
  reason: d.reason,
  authorId: d.authorId,
  author: d.authorName,
  updatedAt: d.updatedAt.toISOString(),
  submittedAt: d.submittedAt?.toISOString() ?? null,
  decidedBy: d.decidedByName,
  decidedAt: d.decidedAt?.toISOString() ?? null,
  note: d.note,
});

/** As it was sent: elements of a description are words. */
function presentInput({ description, ...input }: UnitInput) {
  if (!description) return input;
  const words: Record<string, string | null> = {};
  for (const [element, v] of Object.entries(description)) words[element] = v === null ? null : String(v);
  return { ...input, description: words };
}

const presentReview = (r: DraftReview) => ({
  ...present({ ...r.draft, title: r.title }),
  input: presentInput(r.draft.input),
  fields: r.fields,
  version: r.unit?.version ?? null,
  referenceCode: r.unit?.referenceCode ?? null,
  mayDecide: r.mayDecide,
  mine: r.mine,
});

/** Descriptions that count once another person has looked through them. Who may do what is decided draft by draft. */
export function registerDrafts(app: App, holdings: Holdings): void {
  const config = { policy: 'holdings.read' as const };
  app.get(
    '/api/v1/archives/:archiveId/drafts',
    {
      config,
      schema: {
        tags,
        params: Type.Object({ archiveId: Id }),
        querystring: Type.Object({
          state: Type.Optional(Type.Enum([...DRAFT_STATES])),
          unit: Type.Optional(Id),
          /** Those of who asks alone; who does not write sees no others. */
          mine: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(DraftSchema) },
      },
    },
    async (req) => {
      const { limit, ...query } = req.query;
      const page = await holdings.drafts(req.actor, {
        archiveId: req.params.archiveId,
        ...query,
        limit: limit ?? 50,
      });
      return { ...page, items: page.items.map(present) };
    },
  );
  app.post(
    '/api/v1/drafts',
    {
      config,
      schema: {
        tags,
        body: Type.Object({
          /** The entry to be corrected, with the version that was looked at; or the fonds a new one is to stand in. */
          unitId: Type.Optional(Id),
          version: Type.Optional(Type.Integer()),
          fondsId: Type.Optional(Id),
          parentId: Type.Optional(Nullable(Id)),
          input: UnitInputSchema,
          reason: Type.Optional(Nullable(Type.String({ maxLength: 1_000 }))),
        }),
        response: { 201: ReviewSchema },
      },
    },
    async (req, reply) => {
      const id = await holdings.saveDraft(req.actor, req.body);
      return reply.status(201).send(presentReview(await holdings.draft(req.actor, id)));
    },
  );
  app.get(
    '/api/v1/drafts/:id',
    { config, schema: { tags, params: IdParams, response: { 200: ReviewSchema } } },
    async (req) => presentReview(await holdings.draft(req.actor, req.params.id)),
  );
  app.put(
    '/api/v1/drafts/:id',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          input: UnitInputSchema,
          version: Type.Optional(Type.Integer()),
          reason: Type.Optional(Nullable(Type.String({ maxLength: 1_000 }))),
        }),
        response: { 200: ReviewSchema },
      },
    },
    async (req) => {
      const id = await holdings.rewriteDraft(req.actor, req.params.id, req.body);
      return presentReview(await holdings.draft(req.actor, id));
    },
  );
  for (const [path, to] of [
    ['submission', 'submitted'],
    ['withdrawal', 'withdrawn'],
  ] as const)
    app.post(
      `/api/v1/drafts/:id/${path}`,
      { config, schema: { tags, params: IdParams, response: { 200: ReviewSchema } } },
      async (req) => {
        await holdings.moveDraft(req.actor, req.params.id, to);
        return presentReview(await holdings.draft(req.actor, req.params.id));
      },
    );
  app.post(
    '/api/v1/drafts/:id/decision',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          decision: Type.Enum(['accepted', 'returned']),
          note: Type.Optional(Nullable(Type.String({ maxLength: 1_000 }))),
          /** What the two came to, over the version that was looked at. */
          version: Type.Optional(Type.Integer()),
          input: Type.Optional(UnitInputSchema),
        }),
        response: { 200: ReviewSchema },
      },
    },
    async (req) => {
      await holdings.decideDraft(req.actor, req.params.id, req.body);
      return presentReview(await holdings.draft(req.actor, req.params.id));
    },
  );
}
