import type { Capability } from '../capabilities.ts';
import type { Reached } from '../db/scope.ts';
import { CAPABILITY_FOR, EMBARGOED_SIGHTS, gives, isCurrent, OPEN_SIGHTS } from './rule.ts';
import type { Sight, Viewer } from './types.ts';

/**
 * Everything of a viewer that decides about one sight on one day, as sets the database compares rows with: the rule
 * applied to the viewer first, so that rows need no more than a look into lists.
 */
export interface Reach extends Reached {
  all: boolean;
  /** Whether what is open counts. */
  open: boolean;
  /** Whether an embargo matters for the sight. */
  embargo: boolean;
  today: string;
}

/** @param today `YYYY-MM-DD` */
export function reachOf(viewer: Viewer, sight: Sight, today: string): Reach {
  const able = spread(viewer, CAPABILITY_FOR[sight]);
  const deciders = spread(viewer, 'access.decide');
  const leave = viewer.grants.filter((g) => isCurrent(g, today) && gives(g, sight));
  return {
    all: viewer.kind === 'system',
    open: OPEN_SIGHTS.has(sight),
    ...able,
    embargoArchives: deciders.archives,
    embargoCategories: deciders.categories,
    embargo: EMBARGOED_SIGHTS.has(sight),
    units: leave.flatMap((g) => (g.unit === null ? [] : [g.unit.id, ...g.unit.items])),
    fonds: leave.flatMap((g) => (g.fonds === null ? [] : [g.fonds.id])),
    fondsNumbers: leave.flatMap((g) => (g.fonds === null ? [] : [`${g.archiveId}/${g.fonds.number}`])),
    today,
  };
}

function spread(viewer: Viewer, capability: Capability): { archives: string[]; categories: string[] } {
  const archives = new Set<string>();
  const categories = new Set<string>();
  for (const post of viewer.posts) {
    if (!post.capabilities.has('holdings.read') || !post.capabilities.has(capability)) continue;
    if (post.categories === null) archives.add(post.archiveId);
    else for (const c of post.categories) categories.add(`${post.archiveId}/${c}`);
  }
  return { archives: [...archives], categories: [...categories] };
}
