import { PassThrough } from 'node:stream';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, JobAccepted, PageOf, PageQuery } from '#kernel/http/route';
import { IMPORT_FIELDS } from './headings/fields.ts';
import type { CatalogueImport } from './module.ts';
import { presentImport, presentNoted, presentProfile } from './present.ts';
import { FieldSchema, ImportSchema, MappingSchema, ProblemSchema, ProfileSchema } from './schemas.ts';

const tags = ['catalogue import'];
const config = { policy: 'import.run' } as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The routes of the import wizard. */
export function registerImportRoutes(app: App, { imports }: { imports: CatalogueImport }): void {
  registerWizard(app, imports);
  registerWork(app, imports);
  registerFindings(app, imports);
}

function registerWizard(app: App, imports: CatalogueImport): void {
  app.post(
    '/api/v1/imports',
    {
      config,
      schema: {
        tags,
        body: Type.Object({ archiveId: Id, uploadId: Type.String({ maxLength: 100 }) }),
        response: { 201: ImportSchema },
      },
    },
    async (req, reply) => {
      const id = await imports.create(req.actor, req.body);
      return reply.status(201).send(presentImport(await imports.read(req.actor, id), req.actor.language));
    },
  );
  app.get(
    '/api/v1/imports',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ archive: Id, ...PageQuery }),
        response: { 200: PageOf(ImportSchema) },
      },
    },
    async (req) => {
      const { archive, cursor, limit = 50 } = req.query;
      const page = await imports.list(req.actor, {
        archiveId: archive,
        ...(cursor ? { cursor } : {}),
        limit,
      });
      return { items: page.items.map((r) => presentImport(r, req.actor.language)), next: page.next };
    },
  );
  app.get(
    '/api/v1/imports/:id',
    { config, schema: { tags, params: IdParams, response: { 200: ImportSchema } } },
    async (req) => presentImport(await imports.read(req.actor, req.params.id), req.actor.language),
  );
  app.put(
    '/api/v1/imports/:id/mapping',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          ...MappingSchema.properties,
          saveProfileAs: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: { 200: ImportSchema },
      },
    },
    async (req) => {
      const { saveProfileAs, ...mapping } = req.body;
      await imports.setMapping(req.actor, req.params.id, mapping, saveProfileAs);
      return presentImport(await imports.read(req.actor, req.params.id), req.actor.language);
    },
  );
  app.get(
    '/api/v1/import-fields',
    {
      config,
      schema: {
        tags,
        /** With an archive, the elements it has added too. */
        querystring: Type.Object({ archive: Type.Optional(Id) }),
        response: { 200: Type.Object({ items: Type.Array(FieldSchema) }) },
      },
    },
    async (req) => {
      const own = req.query.archive ? await imports.ownFields(req.query.archive) : [];
      return { items: [...IMPORT_FIELDS, ...own] };
    },
  );
  app.get(
    '/api/v1/archives/:archiveId/import-profiles',
    {
      config,
      schema: {
        tags,
        params: Type.Object({ archiveId: Id }),
        response: { 200: Type.Object({ items: Type.Array(ProfileSchema) }) },
      },
    },
    async (req) => ({ items: (await imports.profiles(req.actor, req.params.archiveId)).map(presentProfile) }),
  );
}

function registerWork(app: App, imports: CatalogueImport): void {
  for (const act of ['check', 'run'] as const) {
    app.post(
      `/api/v1/imports/:id/${act}`,
      { config, schema: { tags, params: IdParams, response: { 202: JobAccepted } } },
      async (req, reply) =>
        reply.status(202).send({ jobId: (await imports[act](req.actor, req.params.id)) ?? '' }),
    );
  }
  app.post(
    '/api/v1/imports/:id/take-back',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 1_000 }) }),
        response: { 202: JobAccepted },
      },
    },
    async (req, reply) =>
      reply
        .status(202)
        .send({ jobId: (await imports.takeBack(req.actor, req.params.id, req.body.reason)) ?? '' }),
  );
}

function registerFindings(app: App, imports: CatalogueImport): void {
  app.get(
    '/api/v1/imports/:id/problems',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ code: Type.Optional(Type.String({ maxLength: 60 })), ...PageQuery }),
        response: { 200: PageOf(ProblemSchema) },
      },
    },
    async (req) => {
      const { code, cursor, limit = 50 } = req.query;
      const page = await imports.problems(req.actor, req.params.id, {
        ...(code ? { code } : {}),
        ...(cursor ? { cursor } : {}),
        limit,
      });
      const items = page.rows
        .flatMap((r) => presentNoted(page.import.sheets, r, req.actor.language))
        .filter((p) => !code || p.code === code);
      return { items, next: page.next };
    },
  );
  app.get(
    '/api/v1/imports/:id/rejects.xlsx',
    { config: { ...config, reads: 'rejectsExport' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const imp = await imports.read(req.actor, req.params.id);
      const out = new PassThrough();
      imports
        .rejects(req.actor, req.params.id, out)
        .catch((e: unknown) => out.destroy(e instanceof Error ? e : new Error(String(e))));
      const name = `${imp.fileName.replace(/\.[^.]*$/, '')} rejects.xlsx`;
      return sendFile(reply, { type: XLSX, name }, out);
    },
  );
}
