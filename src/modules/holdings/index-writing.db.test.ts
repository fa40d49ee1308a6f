import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { SYSTEM } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';

let house: SmallHouse;
let archivist: Actor;
/** Works with photographs alone. */
let photographer: Actor;

beforeAll(async () => {
  house = await smallHouse();
  archivist = house.person(ALL, house.county);
  const person = house.person(ALL, house.county);
  photographer = {
    ...person,
    posts: [
      {
        archiveId: house.county,
        role: 'custody',
        capabilities: new Set(ALL),
        categories: new Set(['ZP']),
        fonds: null,
      },
    ],
  };
});
afterAll(() => house.close());

const titles = async (q: string) =>
  (await house.db.as(SYSTEM, (tx) => find(tx, { q }))).hits.map((h) => h.title);

it('an entry corrected by whoever works with its category alone is still found by the code it had', async () => {
  const fonds = await house.holdings.addFonds(archivist, {
    archiveId: house.county,
    number: 'J7',
    name: '县照相馆',
  });
  const id = await house.holdings.createUnit(archivist, {
    fondsId: fonds.id,
    level: 'item',
    title: '合影',
    category: 'ZP',
    referenceCode: 'J7-ZP·2003-0001',
  });
  const correct = async (actor: Actor, input: object) => {
    const { unit } = await house.holdings.readUnit(actor, id);
    await house.holdings.correctUnit(actor, id, unit.version, input);
  };
  await correct(archivist, { referenceCode: 'J7-ZP·2003-0009', codeReason: '编错' });
  expect(await titles('J7-ZP·2003-0001')).toEqual(['合影']);
  await correct(photographer, { title: '全馆合影' });
  expect(await titles('J7-ZP·2003-0001')).toEqual(['全馆合影']);
  expect(await titles('J7-ZP·2003-0009')).toEqual(['全馆合影']);
});
