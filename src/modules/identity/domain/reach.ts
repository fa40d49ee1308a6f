/** What people with posts in one unit of an organisation reach by its place. */
export interface PlaceReach {
  place: string;
  /** Agencies whose records they reach; null: no agency limits them. */
  agencies: readonly string[] | null;
  people: readonly string[];
}

const same = (a: readonly string[] | null, b: readonly string[] | null): boolean =>
  a === null || b === null ? a === b : a.length === b.length && a.every((id) => b.includes(id));

/** The people whose posts reach other agencies after a change than before it. */
export function peopleMoved(before: readonly PlaceReach[], after: readonly PlaceReach[]): string[] {
  const then = new Map(after.map((p) => [p.place, p.agencies]));
  const moved = before.filter((p) => !same(p.agencies, then.get(p.place) ?? null));
  return [...new Set(moved.flatMap((p) => p.people))];
}

/** The people who reach the records of only one of two agencies. No agency: records that no post in an agency reaches. */
export function peopleBetween(
  places: readonly PlaceReach[],
  one: string | null,
  other: string | null,
): string[] {
  const reaches = (p: PlaceReach, agency: string | null) => agency !== null && p.agencies?.includes(agency);
  const differ = places.filter((p) => Boolean(reaches(p, one)) !== Boolean(reaches(p, other)));
  return [...new Set(differ.flatMap((p) => p.people))];
}
