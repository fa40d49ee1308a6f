import type { Actor, Capability } from '#kernel/actor';
import { ALL, type SmallHouse } from './house.ts';

/** Somebody who reads all of the county's archive, and has a post with everything for one category of it. */
export function readsAllWorksOn(house: SmallHouse, category: string): Actor {
  const all = new Set<Capability>([...ALL, 'grants.manage', 'personal.unmask']);
  const reads = new Set<Capability>(['holdings.read', 'content.read']);
  const post = { archiveId: house.county, categories: null, fonds: null };
  return {
    ...house.person([...all], house.county),
    today: '2026-03-01',
    posts: [
      { ...post, role: 'reader', capabilities: reads },
      { ...post, role: 'archivist', capabilities: all, categories: new Set([category]) },
    ],
  };
}

/** Somebody whose only post is for one category. */
export function worksOn(house: SmallHouse, category: string): Actor {
  const person = readsAllWorksOn(house, category);
  return { ...person, posts: person.posts?.slice(1) ?? [] };
}
