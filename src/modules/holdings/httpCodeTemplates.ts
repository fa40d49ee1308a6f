import Type from 'typebox';
import { ELEMENTS, elementsOf } from '#formats/reference-codes';
import { type App, Id, IdParams, Nullable, PageOf } from '#kernel/http/route';
import { startingPoints } from './domain/codeTemplate.ts';
import type { Holdings } from './module.ts';
import type { CodeTemplateRow } from './store/codeTemplates.ts';

const tags = ['reference codes'];
const ArchiveParams = Type.Object({ archiveId: Id });
const Level = Type.Enum(['file', 'item']);
const Values = Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 100 }));

const Element = Type.Object({
  name: Type.Enum([...ELEMENTS]),
  separatorBefore: Type.Enum(['', '-', '·']),
  pad: Type.Integer({ minimum: 0, maximum: 12 }),
  required: Type.Boolean(),
});
const Elements = Type.Array(Element, { minItems: 1, maxItems: 14 });

const Input = {
  name: Type.String({ maxLength: 200 }),
  fondsId: Nullable(Id),
  category: Nullable(Type.String({ maxLength: 2 })),
  elements: Elements,
};

const CodeTemplateSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  fonds: Nullable(Type.Object({ id: Type.String(), number: Type.String(), name: Type.String() })),
  category: Nullable(Type.String()),
  validFrom: Type.String(),
  state: Type.Enum(['inForce', 'toCome', 'followed']),
  elements: Type.Array(Element),
  createdAt: Type.String(),
  createdBy: Type.String(),
});

const preview = {
  /** The next codes; none of them is taken. */
  codes: Type.Array(Type.String()),
  lacking: Nullable(Type.String()),
  why: Nullable(Type.Enum(['missing', 'bad'])),
  readsBack: Type.Boolean(),
};

/** How an archive builds its reference codes, and what the next would be. */
export function registerCodeTemplates(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/code-templates',
    {
      config: { policy: 'holdings.read' },
      schema: { tags, params: ArchiveParams, response: { 200: PageOf(CodeTemplateSchema) } },
    },
    async (req) => ({
      items: (await holdings.codeTemplates(req.actor, req.params.archiveId)).map(present),
      next: null,
    }),
  );
  app.get(
    '/api/v1/code-template-standards',
    {
      config: { policy: 'holdings.read' },
      schema: {
        tags,
        response: {
          200: PageOf(
            Type.Object({
              key: Type.String(),
              basis: Type.String(),
              category: Type.String(),
              elements: Type.Array(Element),
            }),
          ),
        },
      },
    },
    async () => ({ items: startingPoints(), next: null }),
  );
  app.post(
    '/api/v1/archives/:archiveId/code-templates',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({
          ...Input,
          validFrom: Type.String({ format: 'date' }),
        }),
        response: { 201: CodeTemplateSchema },
      },
    },
    async (req, reply) => {
      const id = await holdings.addCodeTemplate(req.actor, req.params.archiveId, req.body);
      const all = await holdings.codeTemplates(req.actor, req.params.archiveId);
      return reply.status(201).send(present(all.find((t) => t.id === id)!));
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/code-templates/preview',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Object({ ...Input, level: Level, values: Values }),
        response: { 200: Type.Object(preview) },
      },
    },
    async (req) => holdings.previewCodeTemplate(req.actor, req.params.archiveId, req.body),
  );
  app.delete(
    '/api/v1/code-templates/:id',
    {
      config: { policy: 'holdings.write' },
      schema: { tags, params: IdParams, response: { 204: Type.Null() } },
    },
    async (req, reply) => {
      await holdings.withdrawCodeTemplate(req.actor, req.params.id);
      return reply.status(204).send(null);
    },
  );
  const Value = Type.Optional(Type.String({ maxLength: 100 }));
  app.get(
    '/api/v1/fonds/:id/next-codes',
    {
      config: { policy: 'holdings.write' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          level: Level,
          parent: Type.Optional(Id),
          category: Value,
          year: Value,
          retention: Value,
          department: Value,
          class2: Value,
          class3: Value,
          class4: Value,
          project: Value,
          catalogue: Value,
          volume: Value,
          group: Value,
        }),
        response: {
          200: Type.Object({
            ...preview,
            template: Type.Object({ key: Type.String(), name: Type.String(), own: Type.Boolean() }),
            elements: Type.Array(Element),
          }),
        },
      },
    },
    async (req) => {
      const { level, parent, ...given } = req.query;
      const values = Object.fromEntries(Object.entries(given).filter((e): e is [string, string] => !!e[1]));
      return holdings.nextCode(req.actor, { fondsId: req.params.id, parentId: parent, level, values });
    },
  );
}

function present(t: CodeTemplateRow) {
  const { id, name, category, validFrom, state, fondsId, fondsNumber, fondsName } = t;
  return {
    id,
    name,
    category,
    validFrom,
    state,
    fonds: fondsId === null ? null : { id: fondsId, number: fondsNumber ?? '', name: fondsName ?? '' },
    elements: elementsOf(t.slots),
    createdAt: t.createdAt.toISOString(),
    createdBy: t.createdByName,
  };
}
