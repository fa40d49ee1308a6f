import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPyramid, type Pyramid } from '#formats/iiif';
import { makePyramid } from '#formats/images';
import type { Capability } from '#kernel/actor';
import type { App } from '#kernel/http/route';
import { silentLog } from '#kernel/log';
import { contractWorld, type World } from '../../test/contracts/world.ts';
import { registerIiif } from './iiif.ts';
import { buildServer } from './server.ts';

const READER: readonly Capability[] = ['holdings.read', 'content.read'];
let world: World;
let app: App;
let folder: string;
let page: Pyramid;
let unit: string;

beforeAll(async () => {
  world = await contractWorld();
  folder = await mkdtemp(join(tmpdir(), 'lantai-iiif-'));
  const large = { create: { width: 1_800, height: 2_600, channels: 3 as const, background: '#eeeeee' } };
  await sharp(large).png().toFile(join(folder, 'page.png'));
  await makePyramid(join(folder, 'page.png'), 0, join(folder, 'page.tif'));
  page = await openPyramid(join(folder, 'page.tif'));
  const { house } = world;
  app = await buildServer({
    log: silentLog,
    identity: { ...house.identity, actorOf: async (token: string) => people.get(token) },
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    secure: false,
    trustProxy: false,
    routes: [
      (a) =>
        registerIiif(a, {
          publicUrl: 'http://archive.example',
          holdings: house.holdings,
          preservation: house.preservation,
          pyramid: async (actor, id) => {
            await house.holdings.demandSight(actor, id, 'content');
            return page;
          },
        }),
    ],
    ready: async () => true,
  });
  await app.ready();
  const keeper = world.person('keeper', [...READER, 'holdings.write'], world.ours).actor;
  const fonds = await house.holdings.addFonds(keeper, {
    archiveId: world.ours,
    number: 'J019',
    name: '县民政局',
  });
  unit = await house.holdings.createUnit(keeper, { fondsId: fonds.id, title: '名册' });
});
afterAll(async () => {
  await app.close();
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const people = new Map<string, ReturnType<World['person']>['actor']>();
/** Somebody with these capabilities, or with leave to look into the one entry. */
function person(name: string, capabilities: readonly Capability[], leave: readonly 'content'[] = []) {
  const { actor, headers } = world.person(name, capabilities, world.ours);
  people.set(headers.cookie.split('=')[1] ?? '', actor);
  const days = { from: '2026-01-01', until: '2026-12-31' };
  if (leave.length > 0) {
    actor.posts = [];
    const grant = { id: unit, archiveId: world.ours, fonds: null, unit: { id: unit, items: [] } };
    actor.grants = [{ ...grant, gives: [...leave], ...days }];
  }
  return headers;
}
const status = async (headers: Record<string, string>, asked: string) =>
  (await app.inject({ method: 'GET', url: `/iiif/image/${unit}~1/${asked}`, headers })).statusCode;

/** Nearly whole and longer than 2,000 pixels: in one way and another. */
const PRINTS = ['full/max/0/default.jpg', 'full/!2400,2400/0/default.jpg', '10,10,1780,2580/max/90/gray.png'];
/** As viewers ask: small, or by tiles. */
const LOOKS = [
  'full/!2000,2000/0/default.jpg',
  '0,0,512,512/512,512/0/default.jpg',
  '0,0,1800,1300/max/0/default.jpg',
];

describe('an image of nearly a whole page in print quality', () => {
  it('is refused to whoever has leave to look only, who looks at it in every other way', async () => {
    const looks = person('looks', [], ['content']);
    for (const asked of LOOKS) expect(await status(looks, asked), asked).toBe(200);
    for (const asked of PRINTS) expect(await status(looks, asked), asked).toBe(403);
  });

  it('is for whoever may print', async () => {
    const reader = person('reader', READER);
    for (const asked of [...LOOKS, ...PRINTS]) expect(await status(reader, asked), asked).toBe(200);
  });

  it('is not there for whoever may not know of the page', async () => {
    for (const asked of [...LOOKS, ...PRINTS]) expect(await status({}, asked), asked).toBe(404);
  });
});
