import Type from 'typebox';
import { printLabels } from '#formats/print';
import { dayIn } from '#kernel/calendar';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, IdParams, type JobAccepted } from '#kernel/http/route';
import { isMessageKey, type Language, t } from '#kernel/wording';
import type { MediaSets } from './module.ts';
import { Kind, MediumSchema, presentMedium } from './schemas.ts';
import { CONDITIONS, type MediumCondition } from './store/media.ts';

const tags = ['media'];
const Words = Type.String({ minLength: 1, maxLength: 1_000 });
const Folder = Type.String({ minLength: 1, maxLength: 1_000 });

/** The name of a set in a language; sets of the house's own are called as it calls them. */
const purposeIn = (language: Language, purpose: string): string => {
  const key = `media.purpose.${purpose}`;
  return isMessageKey(key) ? t(language, key) : purpose;
};

/** What is done with a medium: written, placed, tested, migrated, ended; and its label. */
export function registerMediaActs(app: App, media: MediaSets, accepted: typeof JobAccepted): void {
  const manage = { config: { policy: 'preservation.manage' as const } };
  const shown = async (actor: Parameters<MediaSets['medium']>[0], id: string) =>
    presentMedium((await media.medium(actor, id)).medium);

  app.post(
    '/api/v1/preservation/media/:id/write',
    {
      ...manage,
      schema: { tags, params: IdParams, body: Type.Object({ folder: Folder }), response: { 202: accepted } },
    },
    async (req, reply) =>
      reply.status(202).send({ jobId: await media.write(req.actor, req.params.id, req.body.folder) }),
  );
  app.post(
    '/api/v1/preservation/media/:id/place',
    {
      ...manage,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          place: Type.String({ minLength: 1, maxLength: 300 }),
          reason: Words,
          condition: Type.Optional(Type.Enum([...CONDITIONS])),
        }),
        response: { 200: MediumSchema },
      },
    },
    async (req) => {
      const { condition, ...to } = req.body;
      await media.move(req.actor, req.params.id, {
        ...to,
        condition: condition as MediumCondition | undefined,
      });
      return shown(req.actor, req.params.id);
    },
  );
  app.post(
    '/api/v1/preservation/media/:id/test',
    {
      ...manage,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ folder: Folder, scope: Type.Enum(['sample', 'all']) }),
        response: { 202: accepted },
      },
    },
    async (req, reply) => {
      const { folder, scope } = req.body;
      const jobId = await media.test(req.actor, req.params.id, { folder, scope: scope as 'sample' | 'all' });
      return reply.status(202).send({ jobId });
    },
  );
  app.post(
    '/api/v1/preservation/media/:id/migrate',
    {
      ...manage,
      schema: { tags, params: IdParams, body: Type.Object({ kind: Kind }), response: { 201: MediumSchema } },
    },
    async (req, reply) => {
      const id = await media.migrate(req.actor, req.params.id, String(req.body.kind));
      return reply.status(201).send(await shown(req.actor, id));
    },
  );
  app.post(
    '/api/v1/preservation/media/:id/end',
    {
      ...manage,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({ how: Type.Enum(['withdrawn', 'destroyed']), reason: Words }),
        response: { 200: MediumSchema },
      },
    },
    async (req) => {
      const { how, reason } = req.body;
      await media.end(req.actor, req.params.id, { how: how as 'withdrawn' | 'destroyed', reason });
      return shown(req.actor, req.params.id);
    },
  );
  app.get(
    '/api/v1/preservation/media/:id/label.pdf',
    {
      config: { policy: 'preservation.read', framed: true },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(LangQuery),
      },
    },
    async (req, reply) => {
      const language = languageOf(req);
      const { medium: m, plan } = await media.medium(req.actor, req.params.id);
      const archive = (await media.archives()).find((a) => a.id === m.archiveId);
      const megabytes = Math.max(1, Math.round(m.bytes / 1_000_000));
      const pdf = await printLabels({
        language,
        at: m.writtenAt ?? plan.madeAt,
        archive: archive ? `${archive.name} ${archive.code}` : '',
        number: m.number,
        code: m.number,
        purpose: purposeIn(language, m.purpose),
        facts: [
          [t(language, 'media.label.no'), `${m.mediumNo} / ${plan.media}`],
          [t(language, 'media.label.written'), m.writtenAt ? dayIn(m.writtenAt, media.timeZone) : '—'],
          [t(language, 'media.label.objects'), String(m.objects)],
          [t(language, 'media.label.bytes'), `${megabytes} MB`],
          [t(language, 'media.label.plan'), `${plan.number} ${plan.title}`],
          [t(language, 'media.label.kind'), t(language, `media.kind.${m.kind}`)],
          [t(language, 'media.label.place'), m.place ?? '—'],
          [t(language, 'media.label.digest'), m.manifestSha512 ?? '—'],
        ],
      });
      return sendFile(reply, { type: 'application/pdf', name: `${m.number}.pdf`, inline: true }, pdf);
    },
  );
}
