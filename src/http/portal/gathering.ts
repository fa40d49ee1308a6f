import { Readable } from 'node:stream';
import Type from 'typebox';
import { cleanText, utcSeconds } from '#formats/oai';
import { attributes, textElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import type { App } from '#kernel/http/route';
import { t } from '#kernel/wording';
import type { Federation, Opened } from '#modules/federation';
import { languageOf } from './reply.ts';

export interface GatheringDeps {
  publicUrl: string;
  federation: Pick<Federation, 'addressParts' | 'addresses' | 'openedLast'>;
}

const SITEMAP = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';
const FEED = 30;
/** Parts an index may name (sitemaps.org). */
const MOST_PARTS = 50_000;
const el = (name: string, text: string) => textElement(name, cleanText(text));

/**
 * For search engines and readers of feeds: what they may fetch, the addresses of all that is open, and what was opened last.
 * Each is read at its own moment, under the public's rights, and kept by nobody on the way: what is withdrawn is missing at once.
 */
export function registerGathering(app: App, { publicUrl, federation }: GatheringDeps): void {
  const open = { config: { policy: 'public' as const } };
  const hidden = { hide: true };

  app.get('/robots.txt', { ...open, schema: hidden }, async (_req, reply) =>
    reply.type('text/plain; charset=utf-8').send(robots(publicUrl)),
  );

  app.get('/sitemap.xml', { ...open, schema: hidden }, async (_req, reply) => {
    const parts = Math.min(await federation.addressParts(), MOST_PARTS);
    const lines = Array.from(
      { length: parts },
      (_, i) => `<sitemap>${el('loc', `${publicUrl}/sitemap/${i + 1}.xml`)}</sitemap>\n`,
    );
    return reply
      .type('application/xml; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(`${XML}<sitemapindex${attributes({ xmlns: SITEMAP })}>\n${lines.join('')}</sitemapindex>\n`);
  });

  app.get(
    '/sitemap/:part',
    { ...open, schema: { ...hidden, params: Type.Object({ part: Type.String({ maxLength: 20 }) }) } },
    async (req, reply) => {
      const part = Number(/^([1-9]\d{0,6})\.xml$/.exec(req.params.part)?.[1] ?? 0);
      if (part === 0 || part > (await federation.addressParts()))
        throw new Refusal('page.notFound', 'There is nothing here.');
      return reply
        .type('application/xml; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(Readable.from(partOf(part)));
    },
  );

  async function* partOf(part: number): AsyncGenerator<string> {
    yield `${XML}<urlset${attributes({ xmlns: SITEMAP })}>\n`;
    for await (const some of federation.addresses(part)) {
      const lines = some.map(
        (a) =>
          `<url>${el('loc', `${publicUrl}/item/${a.id}`)}${el('lastmod', utcSeconds(a.datestamp))}</url>\n`,
      );
      // An empty piece would end the stream.
      if (lines.length > 0) yield lines.join('');
    }
    yield '</urlset>\n';
  }

  app.get('/feed.atom', { ...open, schema: hidden }, async (req, reply) => {
    const opened = await federation.openedLast(FEED);
    const l = languageOf(req);
    return reply
      .type('application/atom+xml; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('vary', 'cookie, accept-language')
      .send(feed(publicUrl, l, { title: t(l, 'portal.feed'), author: t(l, 'portal.name') }, opened));
  });
}

/** The catalogue may be gathered; searching, and what belongs to the staff, is not for machines. */
function robots(publicUrl: string): string {
  const closed = ['/console/', '/api/', '/search', '/iiif/image/'];
  return `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${publicUrl}/sitemap.xml\n`;
}

function feed(
  publicUrl: string,
  language: string,
  { title, author }: { title: string; author: string },
  opened: readonly Opened[],
): string {
  const link = (rel: string, href: string) => `<link${attributes({ rel, href })}/>`;
  const entries = opened.map((o) => {
    const address = `${publicUrl}/item/${o.id}`;
    return (
      `<entry>${el('id', `urn:uuid:${o.id}`)}${el('title', o.title)}${link('alternate', address)}` +
      `${el('published', utcSeconds(o.openedAt))}${el('updated', utcSeconds(o.datestamp))}` +
      `${el('summary', [o.archiveName, o.referenceCode].filter(Boolean).join(' '))}</entry>\n`
    );
  });
  const changed = Math.max(0, ...opened.map((o) => o.datestamp.getTime()));
  return (
    `${XML}<feed${attributes({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language })}>\n` +
    `${el('id', `${publicUrl}/feed.atom`)}${el('title', title)}${el('updated', utcSeconds(new Date(changed)))}` +
    `<author>${el('name', author)}</author>${link('self', `${publicUrl}/feed.atom`)}${link('alternate', `${publicUrl}/`)}\n` +
    `${entries.join('')}</feed>\n`
  );
}
