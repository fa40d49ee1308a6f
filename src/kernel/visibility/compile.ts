import { type RawBuilder, sql } from '../db.ts';
import type { Reach } from './reach.ts';

/**
 * The rule of visibility (`rule.ts`) as a condition on rows of `holdings.unit`, with the viewer's reach written in.
 *
 * @param alias of the table in the query
 */
export function visibleRows(reach: Reach, alias: string): RawBuilder<boolean> {
  if (reach.all) return sql<boolean>`true`;
  const u = sql.raw(alias);
  const embargoed = sql`coalesce(${u}.embargo_until > ${reach.today}::date, false)`;
  const within = (archives: readonly string[], categories: readonly string[]) =>
    sql`(${u}.archive_id = any(${archives}::uuid[]) or coalesce(${u}.archive_id || '/' || ${u}.category, '') = any(${categories}::text[]))`;
  const post = within(reach.archives, reach.categories);
  const byPost = reach.embargo
    ? sql`(${post} and (not ${embargoed} or ${within(reach.embargoArchives, reach.embargoCategories)}))`
    : post;
  const byOpening = sql`(${u}.access_status = 'open' and ${u}.classification = 'public'
    and coalesce(${u}.opens_on <= ${reach.today}::date, true) and not ${embargoed})`;
  const leave = sql`(${u}.id = any(${reach.units}::uuid[]) or ${u}.fonds_id = any(${reach.fonds}::uuid[]))`;
  const byLeave = reach.embargo ? sql`(${leave} and not ${embargoed})` : leave;
  return reach.open
    ? sql<boolean>`(${byPost} or ${byOpening} or ${byLeave})`
    : sql<boolean>`(${byPost} or ${byLeave})`;
}
