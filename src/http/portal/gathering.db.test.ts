import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { contractWorld, type World } from '../../../test/contracts/world.ts';

let world: World;
let open: string;
let closed: string;
beforeAll(async () => {
  world = await contractWorld();
  const keeper = world.person('keeper', ['holdings.read', 'holdings.write'], world.ours).actor;
  const { holdings, federation } = world.house;
  const fonds = await holdings.addFonds(keeper, { archiveId: world.ours, number: 'J019', name: '县民政局' });
  open = await holdings.createUnit(keeper, {
    fondsId: fonds.id,
    title: '通知 <&> </script>\u0001',
    referenceCode: 'J019-WS·2003·D30-0001',
  });
  closed = await holdings.createUnit(keeper, { fondsId: fonds.id, title: '秘事' });
  await sql`update holdings.unit set access_status = 'open' where id = ${open}`.execute(world.db.owner);
  await federation.publisher.turn();
});
afterAll(() => world?.close());

async function get(url: string) {
  const answer = await world.app.inject({ method: 'GET', url });
  return {
    status: answer.statusCode,
    type: answer.headers['content-type'],
    body: answer.body,
    csp: String(answer.headers['content-security-policy']),
  };
}

describe('what gathers the catalogue', () => {
  it('is told what it may fetch and where the list of addresses is', async () => {
    const { type, body } = await get('/robots.txt');
    expect(type).toBe('text/plain; charset=utf-8');
    expect(body).toContain('Sitemap: http://archive.example/sitemap.xml');
    expect(body).toContain('Disallow: /console/');
  });

  it('finds the page of a record described for machines, under a policy by which no script runs', async () => {
    const { body, csp } = await get(`/item/${open}?lang=en`);
    expect(body).toContain(`<link rel="canonical" href="http://archive.example/item/${open}">`);
    expect(body).toContain('<meta name="DC.identifier" content="J019-WS·2003·D30-0001">');
    expect(body.match(/<script/g)).toEqual(['<script']);
    expect(JSON.parse(/ld\+json">(.*?)<\/script>/.exec(body)![1]!)).toMatchObject({
      '@type': 'ArchiveComponent',
    });
    expect(csp).toContain("default-src 'none'");
    expect(csp).not.toContain('script-src');
    const other = await get(`/item/${closed}`);
    expect(other.status).toBe(404);
    expect(other.body).not.toMatch(/DC\.|canonical|ld\+json/);
  });

  it('gets the addresses and the news of what is open, and of what is withdrawn nothing any more', async () => {
    const index = await get('/sitemap.xml');
    expect(index.body).toContain('<loc>http://archive.example/sitemap/1.xml</loc>');
    expect((await get('/sitemap/1.xml')).body).toContain(`<loc>http://archive.example/item/${open}</loc>`);
    const news = await get('/feed.atom');
    expect(news.type).toBe('application/atom+xml; charset=utf-8');
    expect(news.body).toContain('<title>通知 &lt;&amp;&gt; &lt;/script&gt;');
    for (const url of ['/sitemap.xml', '/sitemap/1.xml', '/feed.atom']) {
      expect((await get(url)).status).toBe(200);
      expect((await get(url)).body).not.toMatch(new RegExp(`${closed}|秘事|\u0001`));
    }
    for (const url of [
      '/sitemap/0.xml',
      '/sitemap/2.xml',
      '/sitemap/1',
      '/sitemap/x.xml',
      '/sitemap/1.xml.gz',
    ])
      expect((await get(url)).status, url).toBe(404);
    await sql`update holdings.unit set access_status = 'restricted' where id = ${open}`.execute(
      world.db.owner,
    );
    for (const url of ['/sitemap/1.xml', '/feed.atom']) expect((await get(url)).body).not.toContain(open);
    expect((await get('/sitemap/1.xml')).body).toMatch(/<\/urlset>\n$/);
  });
});
