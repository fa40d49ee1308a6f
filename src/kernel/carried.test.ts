import { describe, expect, it } from 'vitest';
import { type Actor, can, scopeOf, systemActor } from './actor.ts';
import { arrived, carried } from './carried.ts';

const there = 'a1';
const person: Actor = {
  kind: 'person',
  id: 'p1',
  name: '王某',
  language: 'zh-TW',
  rights: new Map([[there, new Set(['holdings.read', 'holdings.write'] as const)]]),
  posts: [
    {
      archiveId: there,
      role: 'photographs',
      capabilities: new Set(['holdings.read', 'holdings.write'] as const),
      categories: new Set(['ZP']),
      fonds: null,
    },
    {
      archiveId: 'a2',
      role: 'all',
      capabilities: new Set(['holdings.write'] as const),
      categories: null,
      fonds: null,
    },
  ],
  grants: [],
  today: '2026-03-01',
};
const over = (actor: Actor): Actor => arrived(JSON.parse(JSON.stringify(carried(actor, there))));

describe('an actor carried by a job', () => {
  it('may there what the person might, in the parts their posts reach, and nothing elsewhere', () => {
    const again = over(person);
    expect(again).toMatchObject({ id: 'p1', name: '王某', language: 'zh-TW', today: '2026-03-01' });
    expect(can(again, 'holdings.write', there, { category: 'ZP', fondsId: 'f' })).toBe(true);
    expect(can(again, 'holdings.write', there, { category: 'WS', fondsId: 'f' })).toBe(false);
    expect(can(again, 'holdings.write', 'a2')).toBe(false);
    expect(scopeOf(again)).toEqual(scopeOf({ ...person, posts: person.posts!.slice(0, 1) }));
  });

  it('is the system where the system was', () => {
    expect(can(over(systemActor('lantai')), 'holdings.write', there, 'whole')).toBe(true);
  });
});
