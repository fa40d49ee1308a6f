import { createReadStream } from 'node:fs';
import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, JobAccepted } from '#kernel/http/route';
import { CATALOGUE_FORMATS } from './formats.ts';
import type { CatalogueExport } from './job.ts';

const tags = ['holdings'];

/** The catalogue of a fonds or an entry taken out as a job, and its file. */
export function registerCatalogueExport(app: App, { catalogue }: { catalogue: CatalogueExport }): void {
  app.post(
    '/api/v1/catalogue-exports',
    {
      config: { policy: 'content.export' },
      schema: {
        tags,
        body: Type.Object({
          /** A fonds or an entry. */
          id: Id,
          format: Type.Enum([...CATALOGUE_FORMATS]),
        }),
        response: { 202: JobAccepted },
      },
    },
    async (req, reply) => reply.status(202).send({ jobId: await catalogue.begin(req.actor, req.body) }),
  );
  app.get(
    '/api/v1/catalogue-exports/:id/file',
    { config: { policy: 'content.export' }, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const { path, ...head } = await catalogue.file(req.actor, req.params.id);
      return sendFile(reply, head, createReadStream(path));
    },
  );
}
