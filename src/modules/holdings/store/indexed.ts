import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { IndexedUnit } from '../catalogue-import/deps.ts';
import { type OwnWords, ownWordsOf, searchedParts } from '../domain/searched.ts';
import type { Description } from '../domain/unit.ts';
import { schemesInForce } from './schemes.ts';

type Row = Omit<IndexedUnit, 'other'> & {
  description: Description;
  aliases: string[];
};

/** An entry as search takes it in, with the codes it had before. */
export type IndexEntry = IndexedUnit & { otherCodes: string[] };

/** Entries as search takes them in. */
export async function indexEntries(tx: Sql, ids: readonly string[]): Promise<IndexEntry[]> {
  return entriesWhere(tx, sql`u.id = any(${ids}::uuid[])`);
}

/** The same of the entries behind one, in the order of ids. */
export async function indexEntriesAfter(tx: Sql, after: string | null, limit: number): Promise<IndexEntry[]> {
  return entriesWhere(
    tx,
    sql`(${after}::uuid is null or u.id > ${after}::uuid) order by u.id limit ${limit}`,
  );
}

async function entriesWhere(tx: Sql, which: RawBuilder<unknown>): Promise<IndexEntry[]> {
  const r =
    await sql<Row>`select u.id as "unitId", u.archive_id as "archiveId", f.number as "fondsNo", u.level,
      u.access_status as "accessStatus", u.classification, u.opens_on as "opensOn", u.embargo_until as "embargoUntil", u.title, u.reference_code as "referenceCode",
      u.sort_key as "sortKey", u.category, u.year, u.retention, u.date_text as "dateText", u.date_from as "dateFrom",
      u.date_to as "dateTo", u.creator, u.doc_no as "docNo", u.description,
      array(select a.code from holdings.code_alias a where a.unit_id = u.id) as aliases
    from holdings.unit u join holdings.fonds f on f.id = u.fonds_id where ${which}`.execute(tx);
  const words = new Map<string, OwnWords>();
  for (const archiveId of new Set(r.rows.map((u) => u.archiveId)))
    words.set(archiveId, ownWordsOf((await schemesInForce(tx, archiveId)).own));
  return r.rows.map(({ description, aliases, ...entry }) => ({
    ...entry,
    otherCodes: aliases,
    other: searchedParts(description, words.get(entry.archiveId)).filter(
      (x): x is string => typeof x === 'string' && x !== '',
    ),
  }));
}
