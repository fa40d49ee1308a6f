import Type from 'typebox';
import { type Actor, publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { sendFile } from '#kernel/http/file';
import {
  type App,
  Id,
  IdParams,
  JobAccepted,
  Nullable,
  PageOf,
  PageQuery,
  type Request,
} from '#kernel/http/route';
import type { Holdings } from '#modules/holdings';
import type { Preservation } from '#modules/preservation';
import type { Digitisation } from './module.ts';
import type { TextProgress } from './store/pageText.ts';
import type { ScanCounts, ScanImport } from './store/scanImports.ts';

const tags = ['digitisation'];
const FILE_STATES = ['matched', 'unmatched', 'held', 'known', 'rejected'];

const ScanImportSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  source: Type.String(),
  rule: Nullable(Type.String()),
  state: Type.Enum(['draft', 'matching', 'matched', 'running', 'done', 'failed']),
  jobId: Nullable(Type.String()),
  createdBy: Type.String(),
  createdAt: Type.String(),
  finishedAt: Nullable(Type.String()),
  counts: Type.Object({
    files: Type.Integer(),
    matchedFiles: Type.Integer(),
    units: Type.Integer(),
    unmatchedFiles: Type.Integer(),
    /** Of the matched: by a name that leaves out leading zeros. */
    looseFiles: Type.Integer(),
    held: Type.Integer(),
    known: Type.Integer(),
    rejected: Type.Integer(),
  }),
  /** How far the reading of the pages' text is. */
  text: Type.Object({
    pages: Type.Integer(),
    read: Type.Integer(),
    poor: Type.Integer(),
    failed: Type.Integer(),
  }),
});

const TextState = Type.Enum(['none', 'waiting', 'ready', 'poor', 'failed']);

export interface DigitisationHttpDeps {
  digitisation: Digitisation;
  holdings: Pick<Holdings, 'readUnit' | 'sees'>;
  preservation: Pick<Preservation, 'pages' | 'contents' | 'file' | 'stream'>;
}

export function registerDigitisation(app: App, deps: DigitisationHttpDeps): void {
  registerScanImports(app, deps.digitisation);
  registerPages(app, deps);
}

function present(s: ScanImport & { counts: ScanCounts; text: TextProgress }) {
  const { matched, unmatched, loose, files, units, held, known, rejected } = s.counts;
  return {
    id: s.id,
    archiveId: s.archiveId,
    source: s.source,
    rule: s.rule,
    state: s.state,
    jobId: s.jobId,
    createdBy: s.createdByName,
    createdAt: s.createdAt.toISOString(),
    finishedAt: s.finishedAt?.toISOString() ?? null,
    text: s.text,
    counts: {
      files,
      units,
      held,
      known,
      rejected,
      matchedFiles: matched + held + known,
      unmatchedFiles: unmatched,
      looseFiles: loose,
    },
  };
}

function registerScanImports(app: App, digitisation: Digitisation): void {
  const policy = { config: { policy: 'import.run' as const } };
  app.post(
    '/api/v1/scan-imports',
    {
      ...policy,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100_000 }),
          rule: Type.Optional(Type.String({ maxLength: 200 })),
        }),
        response: { 201: ScanImportSchema },
      },
      bodyLimit: 8 * 1024 * 1024,
    },
    async (req, reply) => {
      const { archiveId, uploadIds, rule } = req.body;
      const id = await digitisation.begin(req.actor, { archiveId, from: { uploadIds }, rule });
      return reply.status(201).send(present(await digitisation.scanImport(req.actor, id)));
    },
  );
  app.get(
    '/api/v1/scan-imports',
    {
      ...policy,
      schema: {
        tags,
        querystring: Type.Object({ archive: Id, ...PageQuery }),
        response: { 200: PageOf(ScanImportSchema) },
      },
    },
    async (req) => {
      const { archive, cursor, limit } = req.query;
      const page = await digitisation.scanImports(req.actor, {
        archiveId: archive,
        cursor,
        limit: limit ?? 50,
      });
      const items = await Promise.all(page.items.map((s) => digitisation.scanImport(req.actor, s.id)));
      return { items: items.map(present), next: page.next };
    },
  );
  app.get(
    '/api/v1/scan-imports/:id',
    { ...policy, schema: { tags, params: IdParams, response: { 200: ScanImportSchema } } },
    async (req) => present(await digitisation.scanImport(req.actor, req.params.id)),
  );
  app.get(
    '/api/v1/scan-imports/:id/files',
    {
      ...policy,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({
          state: Type.Optional(Type.Enum(FILE_STATES)),
          loose: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: {
          200: PageOf(
            Type.Object({
              path: Type.String(),
              bytes: Type.Integer(),
              unitId: Nullable(Type.String()),
              referenceCode: Nullable(Type.String()),
              title: Nullable(Type.String()),
              pageNo: Nullable(Type.Integer()),
              state: Type.Enum(FILE_STATES),
              code: Nullable(Type.String()),
              message: Nullable(Type.String()),
            }),
          ),
        },
      },
    },
    async (req) => {
      const { state, loose, cursor, limit } = req.query;
      const page = await digitisation.files(req.actor, {
        importId: req.params.id,
        state,
        loose,
        cursor,
        limit: limit ?? 50,
      });
      return {
        items: page.items.map(({ path, bytes, unitId, unit, pageNo, state: s, code, message }) => ({
          path,
          bytes,
          unitId,
          referenceCode: unit?.referenceCode ?? null,
          title: unit?.title ?? null,
          pageNo,
          state: s,
          code,
          message,
        })),
        next: page.next,
      };
    },
  );
  app.post(
    '/api/v1/scan-imports/:id/run',
    { ...policy, schema: { tags, params: IdParams, response: { 202: JobAccepted } } },
    async (req, reply) => reply.status(202).send({ jobId: await digitisation.run(req.actor, req.params.id) }),
  );
}

/** Staff see their archives' pages; everybody else what is open. */
function asker(req: Request): Actor {
  return req.actor.kind === 'person' ? req.actor : publicActor();
}

function registerPages(app: App, deps: DigitisationHttpDeps): void {
  const reads = (what: 'content' | 'master') => ({ config: { policy: 'public' as const, reads: what } });
  app.get(
    '/api/v1/units/:id/pages',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                pageNo: Type.Integer(),
                ordinal: Type.Integer(),
                label: Nullable(Type.String()),
                width: Nullable(Type.Integer()),
                height: Nullable(Type.Integer()),
                imageService: Nullable(Type.String()),
                thumbnail: Nullable(Type.String()),
                text: Type.Object({ state: TextState, confidence: Nullable(Type.Number()) }),
                notDrawn: Nullable(Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() }))),
              }),
            ),
            content: Type.Array(
              Type.Object({
                ordinal: Type.Integer(),
                originalName: Type.String(),
                mediaType: Type.String(),
                bytes: Type.Integer(),
                sha256: Type.String(),
                heldAt: Type.String(),
                download: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const actor = asker(req);
      const { unit } = await deps.holdings.readUnit(actor, req.params.id);
      const [pages, contents, texts] = await Promise.all([
        deps.preservation.pages(actor, unit.id),
        deps.preservation.contents(actor, unit.id),
        deps.digitisation.texts(actor, unit.id),
      ]);
      const read = new Map(texts.map((t) => [t.pageNo, t]));
      const kinds = new Map(contents.map((c) => [c.ordinal, c.mediaType]));
      return {
        items: pages.map((p) => {
          const text = read.get(p.pageNo);
          const drawable = kinds.get(p.ordinal) !== 'text/plain';
          const service = `/iiif/image/${unit.id}~${p.pageNo}`;
          return {
            pageNo: p.pageNo,
            ordinal: p.ordinal,
            label: p.label,
            width: p.width,
            height: p.height,
            imageService: drawable ? service : null,
            thumbnail: drawable ? `${service}/full/!240,240/0/default.jpg` : null,
            text: { state: text?.state ?? ('waiting' as const), confidence: text?.confidence ?? null },
            notDrawn: p.notDrawn,
          };
        }),
        content: contents.map((c) => ({
          ordinal: c.ordinal,
          originalName: c.originalName,
          mediaType: c.mediaType,
          bytes: c.bytes,
          sha256: c.sha256,
          heldAt: c.heldAt.toISOString(),
          download: `/api/v1/units/${unit.id}/content/${c.ordinal}`,
        })),
      };
    },
  );
  const PageParams = Type.Object({ id: Id, n: Type.Integer({ minimum: 1 }) });
  app.get(
    '/api/v1/units/:id/pages/:n/text',
    {
      ...reads('content'),
      schema: {
        tags,
        params: PageParams,
        response: {
          200: Type.Object({
            text: Type.String(),
            state: TextState,
            origin: Type.Enum(['layer', 'ocr']),
            engine: Type.String(),
            confidence: Nullable(Type.Number()),
            rotation: Type.Integer(),
            width: Nullable(Type.Integer()),
            height: Nullable(Type.Integer()),
            nameless: Type.Integer(),
            lines: Type.Array(
              Type.Object({ text: Type.String(), confidence: Type.Number(), box: Type.Array(Type.Number()) }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const found = await deps.digitisation.pageText(asker(req), req.params.id, req.params.n);
      if (!found) throw new Refusal('pageText.notFound', 'This page has no text yet.');
      return found;
    },
  );
  app.get(
    '/api/v1/units/:id/content/:n',
    { ...reads('master'), schema: { tags, params: PageParams } },
    async (req, reply) => {
      if (!(await deps.holdings.sees(asker(req), req.params.id, 'master')))
        throw new Refusal('content.notFound', 'There is no such file.');
      const file = await deps.preservation.file(asker(req), req.params.id, req.params.n);
      const name = file.originalName.slice(file.originalName.lastIndexOf('/') + 1);
      return sendFile(
        reply,
        { type: file.mediaType, name: name, bytes: file.bytes },
        await deps.preservation.stream(file),
      );
    },
  );
}
