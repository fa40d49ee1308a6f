import Type from 'typebox';
import { type Actor, publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { App } from '#kernel/http/route';
import { t } from '#kernel/wording';
import type { Archive, UnitView } from '#modules/holdings';
import { canonical, recordHead } from './head.ts';
import { homePage } from './home.ts';
import { html, marked } from './html.ts';
import { itemPage, type PortalPage, type PortalText, pagePage } from './item.ts';
import { Lang, languageOf, orExplain, sendPage } from './reply.ts';
import { type PortalQuery, type PortalResult, type Ranges, searchPage } from './search.ts';
import { portalCss, sealSvg } from './style.ts';

/** What the portal asks of the modules. */
export interface PortalDeps {
  /** Address people reach this install under. */
  publicUrl: string;
  archives(): Promise<readonly Archive[]>;
  search(actor: Actor, query: PortalQuery): Promise<PortalResult>;
  unit(actor: Actor, id: string): Promise<UnitView>;
  pages(actor: Actor, unitId: string): Promise<readonly PortalPage[]>;
  text(actor: Actor, unitId: string, pageNo: number): Promise<PortalText | undefined>;
  /** Where a query's words stand in a text. */
  highlight(text: string, q: string): Ranges;
}

const text = Type.Optional(Type.String({ maxLength: 500 }));

/** The public pages. They show what is open to everybody, to staff as well: nobody mistakes closed for open. */
export function registerPortal(app: App, deps: PortalDeps): void {
  const css = portalCss();
  const addressOf = (id: string) => `${deps.publicUrl}/item/${id}`;
  const open = { config: { policy: 'public' as const } };
  const hidden = { hide: true };

  app.get('/portal.css', { ...open, schema: hidden }, async (_req, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=600').send(css),
  );
  app.get('/seal.svg', { ...open, schema: hidden }, async (_req, reply) =>
    reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(sealSvg),
  );
  app.get('/favicon.ico', { ...open, schema: hidden }, async (_req, reply) =>
    reply.redirect('/seal.svg', 301),
  );

  app.get('/', { ...open, schema: { ...hidden, querystring: Type.Object(Lang) } }, async (req, reply) => {
    const l = languageOf(req);
    return sendPage(req, reply, {
      title: t(l, 'portal.tagline'),
      body: homePage(l, await deps.archives()),
      box: false,
    });
  });

  app.get(
    '/search',
    {
      ...open,
      schema: {
        ...hidden,
        querystring: Type.Object({
          q: text,
          browse: text,
          archive: text,
          fonds: text,
          category: text,
          from: text,
          to: text,
          sort: text,
          cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
          ...Lang,
        }),
      },
    },
    async (req, reply) => {
      const l = languageOf(req);
      const { lang: _, browse, ...rest } = req.query;
      const query: PortalQuery = { ...rest, q: (rest.q ?? '').trim() };
      const narrowed = query.archive || query.fonds || query.category || query.from || browse;
      return orExplain(req, reply, async () => {
        const result = query.q || narrowed ? await deps.search(publicActor(l), query) : undefined;
        return sendPage(req, reply, {
          title: query.q || t(l, 'portal.find'),
          body: searchPage(l, query, result),
          query: query.q,
        });
      });
    },
  );

  app.get(
    '/item/:id',
    {
      ...open,
      schema: {
        ...hidden,
        params: Type.Object({ id: Type.String() }),
        querystring: Type.Object({ q: text, ...Lang }),
      },
    },
    async (req, reply) => {
      const l = languageOf(req);
      const actor = publicActor(l);
      return orExplain(req, reply, async () => {
        const view = await deps.unit(actor, idOf(req.params.id));
        const pages = await deps.pages(actor, view.unit.id);
        const q = req.query.q ?? '';
        return sendPage(req, reply, {
          title: view.unit.title,
          body: itemPage(l, view, pages, q),
          query: q,
          head: recordHead({ ...view, address: addressOf(view.unit.id) }),
        });
      });
    },
  );

  app.get(
    '/item/:id/page/:n',
    {
      ...open,
      schema: {
        ...hidden,
        params: Type.Object({ id: Type.String(), n: Type.Integer({ minimum: 1 }) }),
        querystring: Type.Object({ q: text, ...Lang }),
      },
    },
    async (req, reply) => {
      const l = languageOf(req);
      const actor = publicActor(l);
      return orExplain(req, reply, async () => {
        const view = await deps.unit(actor, idOf(req.params.id));
        const p = (await deps.pages(actor, view.unit.id)).find((x) => x.pageNo === req.params.n);
        if (!p) throw new Refusal('page.notFound', 'There is no such page.');
        const read = await deps.text(actor, view.unit.id, p.pageNo);
        const q = req.query.q ?? '';
        const body = read ? marked(read.text, q ? deps.highlight(read.text, q) : []) : html``;
        return sendPage(req, reply, {
          title: view.unit.title,
          body: pagePage(l, view, p, read, body, q),
          query: q,
          head: canonical(`${addressOf(view.unit.id)}/page/${p.pageNo}`),
        });
      });
    },
  );
}

function idOf(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new Refusal('unit.notFound', 'There is no such entry.');
  return id;
}
