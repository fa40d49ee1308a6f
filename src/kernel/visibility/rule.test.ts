import { describe, expect, it } from 'vitest';
import type { Capability } from '../capabilities.ts';
import { decide } from './rule.ts';
import { type Grant, type Post, SIGHTS, type Sight, type Thing, type Viewer } from './types.ts';

const TODAY = '2026-03-01';
const thing = (more: Partial<Thing> = {}): Thing => ({
  id: 'u1', archiveId: 'a1', fondsId: 'f1', parentId: 'u0', category: 'WS', accessStatus: 'restricted', classification: 'public',
  opensOn: null, embargoUntil: null, ...more,
}); // biome-ignore format: a table of fields
const post = (capabilities: Capability[], more: Partial<Post> = {}): Post => ({
  archiveId: 'a1',
  role: 'custody',
  capabilities: new Set(capabilities),
  categories: null,
  fonds: null,
  ...more,
});
const grant = (more: Partial<Grant> = {}): Grant => ({
  id: 'g1',
  archiveId: 'a1',
  unit: { id: 'u1', items: [] },
  fonds: null,
  gives: ['content'],
  from: '2026-01-01',
  until: '2026-03-01',
  ...more,
});
const person = (posts: Post[], grants: Grant[] = []): Viewer => ({ kind: 'person', posts, grants });
const nobody: Viewer = { kind: 'public', posts: [], grants: [] };
const may = (viewer: Viewer, t: Thing, today = TODAY): Sight[] =>
  SIGHTS.filter((s) => decide(viewer, t, s, today).allowed);

describe('the rule of visibility', () => {
  it('shows everybody what is open, but never the master', () => {
    expect(may(nobody, thing({ accessStatus: 'open' }))).toEqual([
      'exists',
      'description',
      'content',
      'print',
    ]);
    expect(may(nobody, thing())).toEqual([]);
    expect(may(nobody, thing({ accessStatus: 'open', classification: 'internal' }))).toEqual([]);
  });

  it('opens on the day and not before', () => {
    const t = thing({ accessStatus: 'open', opensOn: TODAY });
    expect(may(nobody, t, '2026-02-28')).toEqual([]);
    expect(may(nobody, t)).toContain('content');
  });

  it('gives a post what its capabilities say, in its archive and for its categories alone', () => {
    const reader = post(['holdings.read', 'content.read']);
    expect(may(person([reader]), thing())).toEqual(['exists', 'description', 'content', 'print']);
    expect(may(person([reader]), thing({ archiveId: 'a2' }))).toEqual([]);
    const photos = { ...reader, categories: new Set(['ZP']) };
    expect(may(person([photos]), thing())).toEqual([]);
    expect(may(person([photos]), thing({ category: 'ZP' }))).toContain('content');
    expect(may(person([photos]), thing({ category: null }))).toEqual([]);
    expect(may(person([post(['holdings.read'])]), thing())).toEqual(['exists', 'description']);
  });

  it('lets administrators read nothing', () => {
    expect(may(person([post(['people.manage', 'audit.read'])]), thing())).toEqual([]);
    expect(may(person([post(['content.read', 'master.read'])]), thing())).toEqual([]);
  });

  it('keeps what is under embargo from the public, from readers and from leave, but not from those who decide', () => {
    const t = thing({ accessStatus: 'open', embargoUntil: '2026-03-02' });
    expect(may(nobody, t)).toEqual([]);
    const reader = post(['holdings.read', 'content.read']);
    expect(may(person([reader]), t)).toEqual(['exists', 'description']);
    expect(may(person([post(['holdings.read', 'content.read', 'access.decide'])]), t)).toContain('content');
    expect(may(person([], [grant()]), t)).toEqual(['exists', 'description']);
    expect(may(nobody, { ...t, embargoUntil: TODAY })).toContain('content');
  });

  it('gives leave for an item, a file and a fonds on its days', () => {
    expect(may(person([], [grant()]), thing())).toEqual(['exists', 'description', 'content']);
    expect(may(person([], [grant({ unit: { id: 'u0', items: ['u1'] } })]), thing())).toContain('content');
    expect(may(person([], [grant({ unit: null, fonds: { id: 'f1', number: 'J1' } })]), thing())).toContain(
      'content',
    );
    expect(may(person([], [grant({ unit: { id: 'u2', items: [] } })]), thing())).toEqual([]);
    expect(may(person([], [grant()]), thing(), '2026-03-02')).toEqual([]);
    expect(may(person([], [grant()]), thing(), '2025-12-31')).toEqual([]);
    expect(may(person([], [grant({ gives: ['master'] })]), thing())).toEqual([
      'exists',
      'description',
      'master',
    ]);
  });

  it('says why not, road by road', () => {
    const decision = decide(
      person([post(['holdings.read'])], [grant({ until: '2026-02-01' })]),
      thing(),
      'content',
      TODAY,
    );
    expect(decision.allowed).toBe(false);
    expect(decision.reasons.filter((r) => !r.holds).map((r) => r.code)).toEqual([
      'post.capability',
      'open.status',
      'grant.day',
    ]);
  });
});
