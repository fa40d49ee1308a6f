import { describe, expect, it } from 'vitest';
import { canFor, demandFor } from '../actor.ts';
import type { Capability } from '../capabilities.ts';
import { Refusal } from '../errors.ts';
import { filingReachOf } from './reach.ts';
import type { Post } from './types.ts';

const post = (agencies: string[] | null, ...capabilities: Capability[]): Post => ({
  archiveId: 'county',
  role: 'any',
  capabilities: new Set<Capability>(['filing.read', ...capabilities]),
  categories: null,
  fonds: agencies ? [] : null,
  agencies,
});
const person = (...posts: Post[]) =>
  ({ kind: 'person', id: 'p', name: 'p', language: 'zh-CN', rights: new Map(), posts }) as const;
const viewer = (...posts: Post[]) => ({ kind: 'person', posts, grants: [] }) as const;
const hidden = new Refusal('notThere', 'There is no such thing.');
const civil = { archiveId: 'county', agencyId: 'civil-affairs' };

describe('what of filing and handovers is in reach', () => {
  it('is all of an archive by a post that no agency limits, and one agency’s by a post there', () => {
    expect(filingReachOf(viewer(post(null)))).toEqual({ archives: ['county'], agencies: [] });
    expect(filingReachOf(viewer(post(['civil-affairs'])))).toEqual({
      archives: [],
      agencies: ['civil-affairs'],
    });
  });

  it('is nothing by a post limited to categories, by one that reads no filing, or by an agency’s without an agency', () => {
    const nothing = { archives: [], agencies: [] };
    expect(filingReachOf(viewer({ ...post(null), categories: new Set(['WS']) }))).toEqual(nothing);
    expect(filingReachOf(viewer({ ...post(null), capabilities: new Set(['holdings.read']) }))).toEqual(
      nothing,
    );
    expect(filingReachOf(viewer(post([])))).toEqual(nothing);
  });

  it('lets a person act for the agency the post is in, and for no other', () => {
    const clerk = person(post(['civil-affairs'], 'filing.write'));
    expect(canFor(clerk, 'filing.write', civil)).toBe(true);
    expect(canFor(clerk, 'filing.write', { ...civil, agencyId: 'school' })).toBe(false);
    expect(canFor(clerk, 'filing.write', { ...civil, archiveId: 'city' })).toBe(false);
    expect(canFor(clerk, 'transfer.decide', civil)).toBe(false);
  });

  it('never puts the capability of one post and the agency of another together', () => {
    const both = person(post(['school'], 'filing.write'), post(['civil-affairs']));
    expect(canFor(both, 'filing.write', civil)).toBe(false);
  });

  it('answers who may not see an agency as if nothing were there, and who may see it with what is lacking', () => {
    const said = (agencies: string[]) => {
      try {
        demandFor(person(post(agencies)), 'filing.write', civil, hidden);
        return 'allowed';
      } catch (error) {
        return error instanceof Refusal ? error.code : 'fault';
      }
    };
    expect([said(['school']), said(['civil-affairs'])]).toEqual(['notThere', 'actor.forbidden']);
  });
});
