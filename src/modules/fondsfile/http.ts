import Type from 'typebox';
import { FONDS_HEADINGS } from '#kernel/fondsHeadings';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, Nullable } from '#kernel/http/route';
import type { FondsFiles } from './module.ts';
import type { FondsDocument } from './store/documents.ts';

const tags = ['fonds-file'];
const read = { policy: 'holdings.read' as const };
const write = { policy: 'holdings.write' as const };
const Heading = Type.Enum([...FONDS_HEADINGS]);
const DocumentParams = Type.Object({ id: Id, documentId: Id });
const Uploads = Type.Array(Type.String({ maxLength: 64 }), { maxItems: 20 });

const body = {
  heading: Heading,
  title: Type.String({ minLength: 1, maxLength: 1_000 }),
  dated: Type.Optional(Nullable(Type.String({ maxLength: 10 }))),
  author: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  body: Type.Optional(Nullable(Type.String({ maxLength: 200_000 }))),
  uploadIds: Type.Optional(Uploads),
};
const FileSchema = Type.Object({
  documents: Type.Array(
    Type.Object({
      id: Type.String(),
      heading: Heading,
      title: Type.String(),
      dated: Nullable(Type.String()),
      author: Nullable(Type.String()),
      body: Nullable(Type.String()),
      files: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), bytes: Type.Integer() })),
      version: Type.Integer(),
      updatedAt: Type.String(),
      updatedBy: Type.String(),
    }),
  ),
  /** What the house itself knows. */
  lines: Type.Array(
    Type.Object({
      heading: Heading,
      kind: Type.Enum(['import', 'handover', 'destruction']),
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      day: Type.String(),
      records: Type.Integer(),
    }),
  ),
  allowed: Type.Object({ write: Type.Boolean() }),
});

const present = (d: FondsDocument) => ({
  id: d.id,
  heading: d.heading,
  title: d.title,
  dated: d.dated,
  author: d.author,
  body: d.body,
  files: d.files.map(({ id, name, bytes }) => ({ id, name, bytes })),
  version: d.version,
  updatedAt: d.updatedAt.toISOString(),
  updatedBy: d.updatedByName,
});

interface Given {
  heading: (typeof FONDS_HEADINGS)[number];
  title: string;
  dated?: string | null;
  author?: string | null;
  body?: string | null;
  uploadIds?: string[];
}
const textOf = ({
  heading,
  title,
  dated = null,
  author = null,
  body: text = null,
  uploadIds = [],
}: Given) => ({
  heading,
  title,
  dated,
  author,
  body: text,
  uploadIds,
});

/** The file of a fonds, for the staff of its archive. */
export function registerFondsFile(app: App, { fondsFiles }: { fondsFiles: FondsFiles }): void {
  const view = async (actor: Parameters<FondsFiles['read']>[0], id: string) => {
    const { documents, lines, allowed } = await fondsFiles.read(actor, id);
    return { documents: documents.map(present), lines, allowed };
  };
  app.get(
    '/api/v1/fonds/:id/file',
    { config: read, schema: { tags, params: IdParams, response: { 200: FileSchema } } },
    async (req) => view(req.actor, req.params.id),
  );
  app.post(
    '/api/v1/fonds/:id/file',
    {
      config: write,
      schema: { tags, params: IdParams, body: Type.Object(body), response: { 201: FileSchema } },
    },
    async (req, reply) => {
      await fondsFiles.add(req.actor, req.params.id, textOf(req.body));
      return reply.status(201).send(await view(req.actor, req.params.id));
    },
  );
  app.patch(
    '/api/v1/fonds/:id/file/:documentId',
    {
      config: write,
      schema: {
        tags,
        params: DocumentParams,
        body: Type.Object({
          ...body,
          version: Type.Integer(),
          removeFiles: Type.Optional(Type.Array(Id, { maxItems: 20 })),
        }),
        response: { 200: FileSchema },
      },
    },
    async (req) => {
      const { version, removeFiles = [] } = req.body;
      const { id: fondsId, documentId: id } = req.params;
      await fondsFiles.correct(req.actor, { fondsId, id, version }, { ...textOf(req.body), removeFiles });
      return view(req.actor, fondsId);
    },
  );
  app.delete(
    '/api/v1/fonds/:id/file/:documentId',
    {
      config: write,
      schema: { tags, params: DocumentParams, querystring: Type.Object({ version: Type.Integer() }) },
    },
    async (req, reply) => {
      const { id: fondsId, documentId: id } = req.params;
      await fondsFiles.takeOut(req.actor, { fondsId, id, version: req.query.version });
      return reply.status(204).send();
    },
  );
  app.get(
    '/api/v1/fonds/:id/file/:documentId/files/:fileId',
    { config: read, schema: { tags, params: Type.Object({ id: Id, documentId: Id, fileId: Id }) } },
    async (req, reply) => {
      const { id: fondsId, documentId: id, fileId } = req.params;
      const { file, content } = await fondsFiles.openFile(req.actor, { fondsId, id, fileId });
      return sendFile(
        reply,
        { type: 'application/octet-stream', name: file.name, bytes: file.bytes },
        content(),
      );
    },
  );
}
