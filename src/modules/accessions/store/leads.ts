import type { LeadState, WayByHand, Worth } from '#kernel/accessionWords';
import { type Sql, sql, type Tx } from '#kernel/db';

/** What is being looked for, as it is written. */
export interface LeadText {
  title: string;
  holder: string | null;
  sourceId: string | null;
  way: WayByHand;
  worth: Worth;
  state: LeadState;
  content: string | null;
  nextStep: string | null;
  nextOn: string | null;
  outcome: string | null;
}

export interface Lead extends LeadText {
  id: string;
  archiveId: string;
  year: number;
  no: number;
  number: string;
  sourceName: string | null;
  accessionId: string | null;
  version: number;
  updatedAt: Date;
  updatedByName: string;
}

const LEAD = sql`l.id, l.archive_id as "archiveId", l.year, l.no, l.number, l.title, l.holder, l.source_id as "sourceId", s.name as "sourceName", l.way,
  l.worth, l.state, l.content, l.next_step as "nextStep", l.next_on as "nextOn", l.outcome, l.accession_id as "accessionId", l.version,
  l.updated_at as "updatedAt", l.updated_by_name as "updatedByName"`;
const FROM = sql`accessions.lead l left join accessions.source s on s.id = l.source_id`;

export async function leadById(on: Sql, id: string, lock = false): Promise<Lead | undefined> {
  const r =
    await sql<Lead>`select ${LEAD} from ${FROM} where l.id = ${id} ${lock ? sql`for update of l` : sql``}`.execute(
      on,
    );
  return r.rows[0];
}

/** A page of an archive's leads, the last number first. */
export async function leadPage(
  on: Sql,
  o: {
    archiveId: string;
    states: readonly string[] | null;
    sourceId: string | null;
    words: readonly string[];
    after: readonly [number, number] | undefined;
    limit: number;
  },
): Promise<Lead[]> {
  const patterns = o.words.map((word) => `%${word.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`);
  const r = await sql<Lead>`select ${LEAD} from ${FROM} where l.archive_id = ${o.archiveId}
      and (${o.states}::text[] is null or l.state = any (${o.states}::text[]))
      and (${o.sourceId}::uuid is null or l.source_id = ${o.sourceId}::uuid)
      and l.key like all (${patterns}::text[])
      ${o.after ? sql`and (l.year, l.no) < (${o.after[0]}::int, ${o.after[1]}::int)` : sql``}
    order by l.year desc, l.no desc limit ${o.limit}`.execute(on);
  return r.rows;
}

interface Written {
  id: string;
  key: string;
  at: Date;
  byName: string;
}

export async function insertLead(
  tx: Tx,
  l: LeadText & Written & { archiveId: string; year: number; no: number; number: string },
): Promise<void> {
  await sql`insert into accessions.lead (id, archive_id, year, no, number, title, key, holder, source_id, way, worth, state, content, next_step,
      next_on, outcome, created_at, created_by_name, updated_at, updated_by_name)
    values (${l.id}, ${l.archiveId}, ${l.year}, ${l.no}, ${l.number}, ${l.title}, ${l.key}, ${l.holder}, ${l.sourceId}, ${l.way}, ${l.worth},
      ${l.state}, ${l.content}, ${l.nextStep}, ${l.nextOn}, ${l.outcome}, ${l.at}, ${l.byName}, ${l.at}, ${l.byName})`.execute(
    tx,
  );
}

/** @returns false where somebody was quicker */
export async function updateLead(
  tx: Tx,
  l: LeadText & Written & { version: number; accessionId: string | null },
): Promise<boolean> {
  const r =
    await sql`update accessions.lead set title = ${l.title}, key = ${l.key}, holder = ${l.holder}, source_id = ${l.sourceId}, way = ${l.way},
      worth = ${l.worth}, state = ${l.state}, content = ${l.content}, next_step = ${l.nextStep}, next_on = ${l.nextOn},
      outcome = ${l.outcome}, accession_id = ${l.accessionId}, version = version + 1, updated_at = ${l.at}, updated_by_name = ${l.byName}
    where id = ${l.id} and version = ${l.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}
