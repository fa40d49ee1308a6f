import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Capability } from '#kernel/actor';
import { contractWorld, type World } from '../../test/contracts/world.ts';

const ALL: readonly Capability[] = [
  'holdings.read',
  'content.read',
  'holdings.write',
  'access.propose',
  'access.decide',
  'certificate.request',
  'certificate.approve',
];
let world: World;
let keeper: Actor;
/** Entries of two categories, one proposal and one request for each. */
const unit: Record<string, string> = {};
const waiting: Record<string, string[]> = {};

beforeAll(async () => {
  world = await contractWorld();
  const { house, ours } = world;
  keeper = world.person('all', ALL, ours).actor;
  const fonds = await house.holdings.addFonds(keeper, { archiveId: ours, number: 'J019', name: '县民政局' });
  for (const category of ['WS', 'KU']) {
    const id = await house.holdings.createUnit(keeper, { fondsId: fonds.id, title: '名册', category });
    await world.db.system((tx) =>
      house.holdings.attachObjects(tx, [{ unitId: id, objectId: `urn:${category}`, pages: 3 }]),
    );
    unit[category] = id;
    waiting[category] = [await propose(id), await request(id)];
  }
  waiting.both = [await propose(unit.WS!, unit.KU!)];
});
afterAll(() => world.close());

const propose = (...unitIds: string[]) =>
  world.house.holdings.proposeAccess(keeper, {
    archiveId: world.ours,
    unitIds,
    status: 'restricted',
    reason: '未满期限',
  });
const request = (unitId: string) =>
  world.house.access.request(keeper, {
    unitId,
    pages: [1],
    include: 'images',
    matter: '事项',
    applicant: { name: '白云川', idType: 'identityCard', idNumber: '990111195001010017' },
    purpose: 'livelihood',
    language: 'zh-CN',
  });

/** Reads the whole archive, or nothing beside, and works with one category of it. */
function worksOn(category: string, reads: boolean) {
  const person = world.person(`${category}-${reads}`, ALL, world.ours);
  const post = { archiveId: world.ours, fonds: null };
  const works = { ...post, role: 'archivist', capabilities: new Set(ALL), categories: new Set([category]) };
  const reader = { role: 'reader', capabilities: new Set<Capability>(['holdings.read', 'content.read']) };
  person.actor.posts = reads ? [{ ...post, ...reader, categories: null }, works] : [works];
  return person;
}
async function get(url: string, who: ReturnType<typeof worksOn>) {
  const answer = await world.app.inject({ method: 'GET', url, headers: who.headers });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
}
const work = async (who: ReturnType<typeof worksOn>): Promise<string[]> =>
  (await get('/api/v1/me/work', who)).waiting.map((w: { id: string }) => w.id).toSorted();

describe('what waits for somebody', () => {
  it('is what he may decide: with a post for one category, what is all of that category', async () => {
    for (const reads of [true, false])
      expect(await work(worksOn('WS', reads)), `reads ${reads}`).toEqual(waiting.WS!.toSorted());
    const whole = world.person('whole', ALL, world.ours);
    expect(await work(whole)).toEqual([...waiting.WS!, ...waiting.KU!, ...waiting.both!].toSorted());
  });
});

describe('the history of an entry', () => {
  const acts = async (id: string, who: ReturnType<typeof worksOn>) =>
    (await get(`/api/v1/units/${id}/history`, who)).items.map((e: { act: string }) => e.act);

  it('is told to whoever has a post for it alone, and of nothing else', async () => {
    const alone = worksOn('WS', false);
    expect(await acts(unit.WS!, alone)).toContain('unit.created');
    expect(await acts(unit.WS!, alone)).toEqual(await acts(unit.WS!, worksOn('KU', true)));
    const hidden = await world.app.inject({
      method: 'GET',
      url: `/api/v1/units/${unit.KU}/history`,
      headers: alone.headers,
    });
    expect(hidden.statusCode).toBe(404);
  });
});
