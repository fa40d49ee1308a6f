import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { networkOf } from '../commands/reach.ts';
import type { AuthoritiesDeps } from '../deps.ts';
import type { Class } from '../domain/authority.ts';
import { endsOf, holds, isNear, SHORTEST } from '../domain/near.ts';
import { allNamesOf, type NamedAs, namedNearly, namedSo, neighboursInTime } from '../store/near.ts';

/** A name somebody wrote, and what sort of thing it names. */
export interface WrittenName {
  class: Class;
  text: string;
}

/** How a name might be written instead. */
export interface Spelling {
  /** As it was written. */
  text: string;
  value: string;
  /**
   * `variant`: another form than the authorised one; `writing`: the same in another script or width; `then`: what it was called on that
   * day; `successor`: the body that had its place on that day; `near`: one character off.
   */
  how: 'variant' | 'writing' | 'then' | 'successor' | 'near';
  confidence: 'high' | 'fair' | 'low';
  authority: { id: string; name: string };
}

const LONGEST = 100;
const MOST_NEAR = 2;

/**
 * How names are written in the list of a tree of archives, where they are written otherwise here. Nothing for a name that stands in the
 * list as it is, or that is not nearly in it.
 *
 * @param o.day the day the names were used, `YYYY-MM-DD`: a body is called what it was called then
 * @throws Refusal archive.notFound
 */
export async function spelled(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { archiveId: string; names: readonly WrittenName[]; day: string | null },
): Promise<Spelling[]> {
  const networkId = await networkOf(deps, o.archiveId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found: Spelling[] = [];
    for (const { class: of, text } of o.names) {
      const key = deps.fold(text);
      if (key === '' || [...key].length > LONGEST) continue;
      const same = await namedSo(tx, { networkId, class: of, key });
      const spellings =
        same.length > 0
          ? await otherwise(tx, same, key, text, o.day)
          : await nearly(deps, tx, { networkId, class: of, text, key, day: o.day });
      found.push(...spellings);
    }
    return found;
  });
}

/** Of a name that is in the list: the form it should have, unless it is right as it is. */
async function otherwise(
  tx: Tx,
  same: readonly NamedAs[],
  key: string,
  text: string,
  day: string | null,
): Promise<Spelling[]> {
  const spelling = (
    a: NamedAs,
    value: string,
    how: Spelling['how'],
    confidence: Spelling['confidence'],
  ): Spelling[] =>
    value === text ? [] : [{ text, value, how, confidence, authority: { id: a.id, name: a.name } }];
  const dated = (n: NamedAs) => n.from !== null || n.to !== null;
  // Right on that day, or the authorised form of something that has no other for the day.
  if (day !== null && same.some((n) => dated(n) && holds(n, day))) return [];
  const [first] = same;
  if (!first) return [];
  if (day !== null) {
    const names = await allNamesOf(tx, [...new Set(same.map((n) => n.id))]);
    const then = names.find(
      (n) => dated(n) && holds(n, day) && n.key !== undefined && n.matched !== first.matched,
    );
    if (then && (dated(first) || first.form === 'authorised'))
      return spelling(then, then.matched, 'then', 'fair');
    const gone = same.every((n) => !holds({ from: n.existFrom, to: n.existTo }, day));
    if (gone) {
      const near = (await neighboursInTime(tx, first.id)).find(
        (n) => (n.existFrom ?? n.existTo) !== null && holds({ from: n.existFrom, to: n.existTo }, day),
      );
      if (near) return spelling(near, near.name, 'successor', 'fair');
    }
  }
  if (same.some((n) => n.matched === text && n.form === 'authorised')) return [];
  const authorised = same.find((n) => n.key === key);
  if (authorised) return spelling(authorised, authorised.name, 'writing', 'low');
  // Two bodies may share an abbreviation: then nobody knows which is meant.
  return new Set(same.map((n) => n.id)).size > 1
    ? []
    : spelling(first, first.name, 'variant', dated(first) ? 'fair' : 'high');
}

async function nearly(
  deps: AuthoritiesDeps,
  tx: Tx,
  o: { networkId: string; class: Class; text: string; key: string; day: string | null },
): Promise<Spelling[]> {
  const length = [...o.key].length;
  if (length < SHORTEST) return [];
  const candidates = await namedNearly(tx, { ...o, ends: endsOf(o.key), length });
  const near = candidates.filter((c) => isNear(o.key, deps.fold(c.matched)));
  const ids = [...new Set(near.map((c) => c.id))];
  if (ids.length === 0 || ids.length > 5) return [];
  const names = await allNamesOf(tx, ids);
  return ids.slice(0, MOST_NEAR).map((id): Spelling => {
    const matched = near.find((c) => c.id === id)!.matched;
    const own = names.filter((n) => n.id === id);
    const { day } = o;
    const then =
      day === null ? undefined : own.find((n) => (n.from !== null || n.to !== null) && holds(n, day));
    const name = own[0]?.name ?? matched;
    return {
      text: o.text,
      value: then?.matched ?? name,
      how: 'near',
      confidence: ids.length === 1 && length >= 5 ? 'high' : 'fair',
      authority: { id, name },
    };
  });
}
