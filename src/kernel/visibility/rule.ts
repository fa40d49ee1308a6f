import type { Capability } from '../capabilities.ts';
import type { Decision, Grant, Post, Reason, Sight, Thing, Viewer } from './types.ts';

/**
 * The one rule of visibility. The database says the same, and a test holds the two against each other.
 *
 * | road | exists, description | content, print | master | export | change | decide |
 * |---|---|---|---|---|---|---|
 * | a post in the thing's archive, for its category and its fonds, with | `holdings.read` | `content.read` | `master.read` | `content.export` | `holdings.write` | `access.decide` |
 * | open to everybody: status open, not internal, the opening day come | yes | yes | no | no | no | no |
 * | leave in this case: for the thing, its file or its fonds, on its days | if anything is given | if given | if given | if given | no | no |
 *
 * Whoever may do more may also read the description: a post without `holdings.read` opens nothing.
 *
 * An embargo takes content, print, master and export from everybody but posts with `access.decide`, and takes the opening
 * away altogether. Administrators have posts without any of these capabilities: they read nothing [S:9.3].
 *
 * @param today `YYYY-MM-DD` in the archive's time zone
 */
export function decide(viewer: Viewer, thing: Thing, sight: Sight, today: string): Decision {
  if (viewer.kind === 'system')
    return { allowed: true, by: 'system', reasons: [{ code: 'system', holds: true }] };
  const embargoed = isEmbargoed(thing, today);
  const byPost = postRoad(viewer.posts, thing, sight, embargoed);
  if (holds(byPost)) return { allowed: true, by: 'post', reasons: byPost };
  const byOpening = openRoad(thing, sight, today, embargoed);
  if (holds(byOpening)) return { allowed: true, by: 'open', reasons: byOpening };
  const roads = [...byPost, ...byOpening];
  for (const grant of viewer.grants.filter((g) => covers(g, thing))) {
    const byGrant = grantRoad(grant, thing, sight, today, embargoed);
    if (holds(byGrant)) return { allowed: true, by: 'grant', reasons: byGrant };
    roads.push(...byGrant);
  }
  return { allowed: false, by: null, reasons: roads };
}

/** The capability a post needs for each sight. */
export const CAPABILITY_FOR = {
  exists: 'holdings.read',
  description: 'holdings.read',
  content: 'content.read',
  print: 'content.read',
  master: 'master.read',
  export: 'content.export',
  change: 'holdings.write',
  decide: 'access.decide',
} as const satisfies Record<Sight, Capability>;

/** What everybody may do to what is open. */
export const OPEN_SIGHTS: ReadonlySet<Sight> = new Set(['exists', 'description', 'content', 'print']);

/** What an embargo takes away. */
export const EMBARGOED_SIGHTS: ReadonlySet<Sight> = new Set(['content', 'print', 'master', 'export']);

const holds = (road: readonly Reason[]): boolean => road.every((r) => r.holds);

export function isEmbargoed(thing: Pick<Thing, 'embargoUntil'>, today: string): boolean {
  return thing.embargoUntil !== null && today < thing.embargoUntil;
}

function postRoad(posts: readonly Post[], thing: Thing, sight: Sight, embargoed: boolean): Reason[] {
  const here = posts.filter((p) => p.archiveId === thing.archiveId);
  if (here.length === 0) return [{ code: 'post', holds: false }];
  const capability = CAPABILITY_FOR[sight];
  const able = here.filter((p) => p.capabilities.has('holdings.read') && p.capabilities.has(capability));
  const fitting = able.find((p) => fits(p, thing));
  const road: Reason[] = [
    {
      code: 'post.capability',
      holds: able.length > 0,
      params: {
        capability,
        roles: [...new Set((able.length > 0 ? able : here).map((p) => p.role))].join(', '),
      },
    },
  ];
  if (able.length > 0 && able.every((p) => p.categories !== null))
    road.push({
      code: 'post.category',
      holds: able.some((p) => fitsCategory(p, thing)),
      params: { category: thing.category ?? '' },
    });
  if (able.some((p) => p.fonds !== null) && !able.some(isWhole))
    road.push({ code: 'post.fonds', holds: fitting !== undefined });
  if (embargoed && EMBARGOED_SIGHTS.has(sight)) {
    road.push({ code: 'embargo', holds: true, params: { until: thing.embargoUntil! } });
    const decider = here.some(
      (p) => p.capabilities.has('holdings.read') && p.capabilities.has('access.decide') && fits(p, thing),
    );
    road.push({ code: 'embargo.decider', holds: decider });
  }
  return road;
}

/** Whether a post extends to a thing of its archive. */
export function fits(post: Post, thing: Pick<Thing, 'category' | 'fondsId'>): boolean {
  return fitsCategory(post, thing) && (post.fonds === null || post.fonds.some((f) => f.id === thing.fondsId));
}

function fitsCategory(post: Post, { category }: Pick<Thing, 'category'>): boolean {
  return post.categories === null || (category !== null && post.categories.has(category));
}

/** Whether a post extends to all of its archive, whatever is there or comes. */
export function isWhole(post: Post): boolean {
  return post.categories === null && post.fonds === null;
}

function openRoad(thing: Thing, sight: Sight, today: string, embargoed: boolean): Reason[] {
  const road: Reason[] = [
    { code: 'open.status', holds: thing.accessStatus === 'open', params: { status: thing.accessStatus } },
    { code: 'open.classification', holds: thing.classification === 'public' },
    { code: 'open.sight', holds: OPEN_SIGHTS.has(sight) },
  ];
  if (thing.opensOn !== null)
    road.push({ code: 'open.day', holds: thing.opensOn <= today, params: { day: thing.opensOn } });
  if (embargoed) road.push({ code: 'embargo', holds: false, params: { until: thing.embargoUntil! } });
  return road;
}

function grantRoad(grant: Grant, thing: Thing, sight: Sight, today: string, embargoed: boolean): Reason[] {
  const params = { grant: grant.id, from: grant.from, until: grant.until };
  const road: Reason[] = [
    { code: 'grant', holds: true, params },
    { code: 'grant.day', holds: isCurrent(grant, today), params },
    { code: 'grant.gives', holds: gives(grant, sight), params: { gives: grant.gives.join(', ') } },
  ];
  if (embargoed && EMBARGOED_SIGHTS.has(sight))
    road.push({ code: 'embargo', holds: false, params: { until: thing.embargoUntil! } });
  return road;
}

export function isCurrent(grant: Grant, today: string): boolean {
  return grant.from <= today && today <= grant.until;
}

/** Whatever is given includes that the thing exists and what it is. */
export function gives(grant: Grant, sight: Sight): boolean {
  if (sight === 'exists' || sight === 'description') return grant.gives.length > 0;
  return (grant.gives as readonly Sight[]).includes(sight);
}

function covers(grant: Grant, thing: Thing): boolean {
  const { unit, fonds } = grant;
  if (unit !== null) return unit.id === thing.id || unit.id === thing.parentId;
  return fonds !== null && fonds.id === thing.fondsId;
}
