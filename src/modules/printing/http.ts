import Type, { type Static } from 'typebox';
import { Refusal } from '#kernel/errors';
import { sendFile } from '#kernel/http/file';
import { type App, Id, IdParams, PageOf, PageQuery } from '#kernel/http/route';
import type { Wanted } from './commands/order.ts';
import { FORM_KINDS } from './domain/forms.ts';
import type { Printing } from './module.ts';
import {
  asSent,
  choiceOf,
  FormatSchema,
  FormSchema,
  FormSettingsSchema,
  OrderSchema,
  PreviewSchema,
  presentMissing,
  presentOrder,
  SettingsSchema,
  WantedSchema,
} from './schemas.ts';

const tags = ['printing'];
/** Whoever reads descriptions; a workbook takes more, and what is behind it is the person's own, or asked for in the archive. */
const config = { policy: 'holdings.read' as const };
const ArchiveParams = Type.Object({ archiveId: Id });
const FormParams = Type.Object({ archiveId: Id, form: FormSchema });
const TYPES = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export function registerPrinting(app: App, { printing }: { printing: Printing }): void {
  registerSettings(app, printing);
  app.post(
    '/api/v1/archives/:archiveId/print-previews',
    {
      config,
      schema: { tags, params: ArchiveParams, body: WantedSchema, response: { 200: PreviewSchema } },
    },
    async (req) => {
      const { pages, missing, shortened, unbarred } = await printing.preview(
        req.actor,
        wantedOf(req.params.archiveId, req.body),
      );
      return {
        pages: pages.map(({ width, height, jpeg }) => ({ width, height, jpeg: jpeg.toString('base64') })),
        missing: presentMissing(missing),
        shortened,
        unbarred,
      };
    },
  );
  app.post(
    '/api/v1/archives/:archiveId/print-orders',
    {
      config,
      schema: {
        tags,
        params: ArchiveParams,
        body: Type.Interface([WantedSchema], {
          format: FormatSchema,
          name: Type.String({ minLength: 1, maxLength: 200 }),
        }),
        response: { 202: OrderSchema },
      },
    },
    async (req, reply) => {
      const { format, name } = req.body;
      const wanted = wantedOf(req.params.archiveId, req.body);
      const id = await printing.order(req.actor, Object.assign(wanted, { format, name }));
      return reply.status(202).send(presentOrder(await printing.one(req.actor, id), printing.now()));
    },
  );
  registerOrders(app, printing);
}

function wantedOf(
  archiveId: string,
  body: Static<typeof WantedSchema>,
): Omit<Wanted, 'format' | 'name'> & { name: string } {
  const choice = choiceOf(archiveId, body.choice);
  if (!choice) throw new Refusal('request.invalid', 'Say one thing that is to be printed.');
  const { form, language, settings } = body;
  return { archiveId, form, language, choice, settings, name: form };
}

function registerSettings(app: App, printing: Printing): void {
  app.get(
    '/api/v1/archives/:archiveId/print-settings',
    {
      config,
      schema: { tags, params: ArchiveParams, response: { 200: PageOf(FormSettingsSchema) } },
    },
    async (req) => {
      const list = await printing.settings(req.actor, req.params.archiveId);
      const items = list.map(({ form, settings, own }) => {
        const kind = FORM_KINDS[form];
        return {
          form,
          formats: [...kind.formats],
          uses: [...kind.uses],
          columns: [...kind.columns],
          settings: asSent(settings),
          shipped: asSent(kind.settings),
          own: own && { by: own.by, at: own.at.toISOString() },
        };
      });
      return { items, next: null };
    },
  );
  app.put(
    '/api/v1/archives/:archiveId/print-settings/:form',
    {
      config: { policy: 'holdings.write' },
      schema: { tags, params: FormParams, body: SettingsSchema },
    },
    async (req, reply) => {
      const { archiveId, form } = req.params;
      await printing.keepSettings(req.actor, archiveId, form, req.body);
      return reply.status(204).send();
    },
  );
  app.delete(
    '/api/v1/archives/:archiveId/print-settings/:form',
    { config: { policy: 'holdings.write' }, schema: { tags, params: FormParams } },
    async (req, reply) => {
      await printing.dropSettings(req.actor, req.params.archiveId, req.params.form);
      return reply.status(204).send();
    },
  );
}

function registerOrders(app: App, printing: Printing): void {
  app.get(
    '/api/v1/print-orders',
    {
      config,
      schema: { tags, querystring: Type.Object(PageQuery), response: { 200: PageOf(OrderSchema) } },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await printing.list(req.actor, { cursor, limit });
      return { items: items.map((o) => presentOrder(o, printing.now())), next };
    },
  );
  app.get(
    '/api/v1/print-orders/:id',
    { config, schema: { tags, params: IdParams, response: { 200: OrderSchema } } },
    async (req) => presentOrder(await printing.one(req.actor, req.params.id), printing.now()),
  );
  app.post(
    '/api/v1/print-orders/:id/cancellation',
    { config, schema: { tags, params: IdParams, response: { 200: OrderSchema } } },
    async (req) => {
      await printing.cancel(req.actor, req.params.id);
      return presentOrder(await printing.one(req.actor, req.params.id), printing.now());
    },
  );
  app.delete(
    '/api/v1/print-orders/:id',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await printing.remove(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  app.get(
    '/api/v1/print-orders/:id/file',
    { config, schema: { tags, params: IdParams } },
    async (req, reply) => {
      const { order, content } = await printing.file(req.actor, req.params.id);
      const bytes = order.bytes ?? undefined;
      const head = { type: TYPES[order.format], name: `${order.name}.${order.format}`, bytes };
      return sendFile(reply, head, content);
    },
  );
}
