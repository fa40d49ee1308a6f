import type { Capability } from '../capabilities.ts';
import type { FilingReached, Reached } from '../db/scope.ts';
import { CAPABILITY_FOR, gives, isCurrent, isWhole } from './rule.ts';
import type { Post, Sight, Viewer } from './types.ts';

/**
 * Everything of a viewer that decides about one sight on one day, as lists the database compares rows with: the rule
 * applied to the viewer first, so that rows need no more than a look into lists.
 *
 * @param sight the database knows whether a thing exists, and whether it may be looked into
 * @param today `YYYY-MM-DD`
 */
export function reachOf(viewer: Viewer, sight: Extract<Sight, 'exists' | 'content'>, today: string): Reached {
  const able = spread(viewer, CAPABILITY_FOR[sight]);
  const deciders = spread(viewer, 'access.decide');
  const leave = viewer.grants.filter((g) => isCurrent(g, today) && gives(g, sight));
  return {
    ...able,
    embargoArchives: deciders.archives,
    embargoParts: deciders.parts,
    units: leave.flatMap((g) => (g.unit === null ? [] : [g.unit.id, ...g.unit.items])),
    fonds: leave.flatMap((g) => (g.fonds === null ? [] : [g.fonds.id])),
    fondsNumbers: leave.flatMap((g) => (g.fonds === null ? [] : [`${g.archiveId}/${g.fonds.number}`])),
  };
}

/**
 * What a viewer sees of filing and handovers: by posts that read them, an agency's of that agency alone. Categories limit
 * records in the holdings, not the dealings with an agency: a post limited to some sees none of these.
 */
export function filingReachOf(viewer: Viewer): FilingReached {
  const archives = new Set<string>();
  const agencies = new Set<string>();
  for (const post of viewer.posts) {
    if (!post.capabilities.has('filing.read') || post.categories !== null) continue;
    if (!post.agencies) archives.add(post.archiveId);
    else for (const agency of post.agencies) agencies.add(agency);
  }
  return { archives: [...archives], agencies: [...agencies] };
}

function spread(viewer: Viewer, capability: Capability): Pick<Reached, 'archives' | 'parts' | 'places'> {
  const archives = new Set<string>();
  const parts = new Set<string>();
  const places = new Set<string>();
  for (const post of viewer.posts) {
    if (!post.capabilities.has('holdings.read') || !post.capabilities.has(capability)) continue;
    if (isWhole(post)) archives.add(post.archiveId);
    else {
      places.add(post.archiveId);
      for (const part of partsOf(post)) parts.add(part);
    }
  }
  return { archives: [...archives], parts: [...parts], places: [...places] };
}

/** What a limited post extends to: of some categories, of some fonds, or of some categories within some fonds. */
function partsOf({ archiveId, categories, fonds }: Post): string[] {
  const within = fonds === null ? [archiveId] : fonds.flatMap((f) => [f.id, `${archiveId}|${f.number}`]);
  return categories === null ? within : within.flatMap((w) => [...categories].map((c) => `${w}/${c}`));
}
