import Type from 'typebox';
import {
  buildManifest,
  DEFAULT_LIMITS,
  imageInformation,
  inLanguage,
  isWholePage,
  type Pyramid,
  renderImage,
} from '#formats/iiif';
import { type Actor, publicActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { App, Request } from '#kernel/http/route';
import { isId } from '#kernel/ids';
import type { Holdings } from '#modules/holdings';
import type { Preservation } from '#modules/preservation';

export interface IiifDeps {
  publicUrl: string;
  holdings: Pick<Holdings, 'readUnit' | 'demandSight'>;
  preservation: Pick<Preservation, 'pages'>;
  /** The page's pyramid. @throws Refusal page.notFound, also for what the actor may not see */
  pyramid(actor: Actor, unitId: string, pageNo: number): Promise<Pyramid>;
}

/** IIIF Image API 3.0 (level 2) and Presentation API 3.0 over the pages of units. */
export function registerIiif(app: App, deps: IiifDeps): void {
  const open = { config: { policy: 'public' as const }, schema: { hide: true } };
  const pages = { config: { policy: 'public' as const, reads: 'content' as const } };
  const Params = Type.Object({ id: Type.String({ maxLength: 60 }) });
  const serviceOf = (id: string) => `${deps.publicUrl}/iiif/image/${id}`;

  app.get('/iiif/image/:id', { ...open, schema: { hide: true, params: Params } }, async (req, reply) =>
    reply.redirect(`/iiif/image/${encodeURIComponent(req.params.id)}/info.json`, 303),
  );

  app.get(
    '/iiif/image/:id/info.json',
    { ...pages, schema: { hide: true, params: Params } },
    async (req, reply) => {
      const { unitId, pageNo } = readImageId(req.params.id);
      const pyramid = await deps.pyramid(asker(req), unitId, pageNo);
      return cors(reply)
        .type('application/ld+json;profile="http://iiif.io/api/image/3/context.json"')
        .header('cache-control', 'private, max-age=60')
        .send(JSON.stringify(imageInformation(serviceOf(req.params.id), pyramid.levels, DEFAULT_LIMITS)));
    },
  );

  app.get(
    '/iiif/image/:id/:region/:size/:rotation/:file',
    {
      ...pages,
      schema: {
        hide: true,
        params: Type.Object({
          id: Type.String({ maxLength: 60 }),
          region: Type.String(),
          size: Type.String(),
          rotation: Type.String(),
          file: Type.String(),
        }),
      },
    },
    async (req, reply) => {
      const { id, region, size, rotation, file } = req.params;
      const { unitId, pageNo } = readImageId(id);
      const pyramid = await deps.pyramid(asker(req), unitId, pageNo);
      const asked = `${region}/${size}/${rotation}/${file}`;
      const page = pyramid.levels[0];
      if (page && isWholePage(page, asked)) await deps.holdings.demandSight(asker(req), unitId, 'print');
      const image = await renderImage(pyramid, asked);
      return cors(reply)
        .type(image.mime)
        .header('link', `<${serviceOf(id)}/${image.canonical}>;rel="canonical"`)
        .header('cache-control', 'private, max-age=3600')
        .send(image.data);
    },
  );

  app.get(
    '/iiif/presentation/:unitId/manifest.json',
    { ...pages, schema: { hide: true, params: Type.Object({ unitId: Type.String({ maxLength: 40 }) }) } },
    async (req, reply) => {
      if (!isId(req.params.unitId)) throw new Refusal('unit.notFound', 'There is no such entry.');
      const actor = asker(req);
      const { unit, archive, fonds } = await deps.holdings.readUnit(actor, req.params.unitId);
      const base = `${deps.publicUrl}/iiif/presentation/${unit.id}`;
      const canvases = [];
      for (const p of await deps.preservation.pages(actor, unit.id)) {
        const service = serviceOf(`${unit.id}~${p.pageNo}`);
        // Pages of documents have their size once they are drawn.
        const size =
          p.width && p.height
            ? { width: p.width, height: p.height }
            : (await deps.pyramid(actor, unit.id, p.pageNo)).levels[0]!;
        canvases.push({
          id: `${base}/canvas/${p.pageNo}`,
          ...size,
          label: inLanguage('none', p.label ?? String(p.pageNo)),
          imageServiceId: service,
        });
      }
      const manifest = buildManifest({
        id: `${base}/manifest.json`,
        label: inLanguage('zh', unit.title),
        metadata: [
          {
            label: { zh: ['档号'], en: ['Reference code'] },
            value: inLanguage('none', unit.referenceCode ?? ''),
          },
          {
            label: { zh: ['全宗'], en: ['Fonds'] },
            value: inLanguage('zh', `${fonds.number} ${fonds.name}`),
          },
          { label: { zh: ['日期'], en: ['Date'] }, value: inLanguage('none', unit.date ?? '') },
        ].filter((m) => Object.values(m.value).flat().join('') !== ''),
        provider: { id: `${deps.publicUrl}/`, label: inLanguage('zh', archive.name) },
        canvases,
      });
      return cors(reply)
        .type('application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"')
        .send(JSON.stringify(manifest));
    },
  );
}

/** Staff see their archives' pages; everybody else what is open. */
function asker(req: Request): Actor {
  return req.actor.kind === 'person' ? req.actor : publicActor();
}

/** Viewers of other sites may show what is open; their requests bring no cookie of ours along. */
function cors<R extends { header(k: string, v: string): R }>(reply: R): R {
  return reply.header('access-control-allow-origin', '*');
}

function readImageId(id: string): { unitId: string; pageNo: number } {
  const m = /^([0-9a-f-]{36})~(\d{1,7})$/.exec(id);
  if (!m || !isId(m[1]!)) throw new Refusal('page.notFound', 'There is no such page.');
  return { unitId: m[1]!, pageNo: Number(m[2]) };
}
