import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import Type from 'typebox';
import { printLabels } from '#formats/print';
import { sendFile } from '#kernel/http/file';
import { LangQuery } from '#kernel/http/language';
import { type App, Id, IdParams } from '#kernel/http/route';
import { t } from '#kernel/wording';
import { gigabytes } from './domain/register.ts';
import type { Transfers } from './module.ts';

const tags = ['transfers'];
const MediumParams = Type.Object({ id: Id, no: Type.Integer({ minimum: 1, maximum: 999 }) });

/** Handover by media: written by the agency, read by the archive. */
export function registerTransferMedia(app: App, transfers: Transfers): void {
  app.get(
    '/api/v1/transfers/:id/media/:no/content.zip',
    { config: { policy: 'filing.write' }, schema: { tags, params: MediumParams } },
    async (req, reply) => {
      const { medium, path } = await transfers.medium(req.actor, req.params.id, req.params.no);
      const content = createReadStream(path);
      content.once('close', () => void rm(path, { force: true }));
      return sendFile(reply, { type: 'application/zip', name: `${medium.number}.zip` }, content);
    },
  );
  app.get(
    '/api/v1/transfers/:id/media/:no/label.pdf',
    {
      config: { policy: 'filing.read' },
      schema: {
        tags,
        params: MediumParams,
        querystring: Type.Object(LangQuery),
      },
    },
    async (req, reply) => {
      const language = req.query.lang ?? 'zh-CN';
      const { batch, set, medium, archiveName } = await transfers.mediumFacts(
        req.actor,
        req.params.id,
        req.params.no,
      );
      const pdf = await printLabels({
        language,
        at: batch.movedAt,
        archive: batch.agencyName,
        number: medium.number,
        code: `${medium.number}\nsha256 ${medium.sha256}`,
        purpose: t(language, 'transfer.mediumPurpose'),
        facts: [
          [t(language, 'transfer.mediumNo'), `${medium.no} / ${set.media.length}`],
          [t(language, 'transfer.number'), batch.number],
          [t(language, 'transfer.name'), batch.title],
          [t(language, 'transferSheet.receiver'), archiveName],
          [t(language, 'transferSheet.volume'), `${gigabytes(medium.bytes)} GB`],
          [t(language, 'transfer.files'), String(medium.files)],
          ['SHA-256', medium.sha256],
        ],
      });
      return sendFile(
        reply,
        { type: 'application/pdf', name: `${medium.number}-label.pdf`, inline: true },
        pdf,
      );
    },
  );
  app.put(
    '/api/v1/transfers/:id/media',
    {
      config: { policy: 'transfer.receive' },
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          version: Type.Integer({ minimum: 1 }),
          uploadIds: Type.Array(Type.String({ maxLength: 64 }), { minItems: 1, maxItems: 100_000 }),
        }),
      },
      bodyLimit: 8 * 1024 * 1024,
    },
    async (req, reply) => {
      await transfers.readMedia(req.actor, req.params.id, req.body);
      return reply.status(204).send();
    },
  );
}
