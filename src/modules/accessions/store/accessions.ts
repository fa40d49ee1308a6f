import type { AccessionState, Verdict, Way } from '#kernel/accessionWords';
import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { Extent } from '../domain/extent.ts';
import type { AccessionText } from '../domain/input.ts';
import type { Money } from '../domain/money.ts';

/** What was proposed of what came, and what became of it. */
export interface Decision {
  verdict: Verdict;
  reason: string | null;
  proposedBy: string | null;
  proposedByName: string;
  proposedAt: string;
  decidedByName?: string;
  decidedAt?: string;
  /** What the second person said. */
  note?: string | null;
}

/** One line of the register. Of a countersigned handover title, source, extent and words are the handover's own. */
export interface AccessionRow {
  id: string;
  archiveId: string;
  year: number;
  no: number;
  number: string;
  way: Way;
  state: AccessionState;
  transferId: string | null;
  transferNumber: string | null;
  title: string;
  description: string | null;
  sourceId: string | null;
  sourceName: string;
  fondsId: string | null;
  registeredOn: string;
  dueOn: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  promised: Partial<Extent>;
  came: Extent;
  back: Extent;
  cameOn: string | null;
  receivedBy: string | null;
  price: Money | null;
  paidOn: string | null;
  endsOn: string | null;
  location: string | null;
  note: string | null;
  decision: Decision | null;
  registeredBy: string | null;
}

export interface Accession extends AccessionRow {
  followsId: string | null;
  accrualId: string | null;
  physicalState: string | null;
  originalHolder: string | null;
  originalCode: string | null;
  accessTerms: string | null;
  reproductionTerms: string | null;
  publicationTerms: string | null;
  embargoUntil: string | null;
  creditLine: string | null;
  paymentNote: string | null;
  registeredByName: string;
  version: number;
  updatedAt: Date;
  updatedByName: string;
}

/** What came, or went back, of an accession, added up. */
const sums = (kind: 'in' | 'back'): RawBuilder<unknown> => {
  const of = (column: string) =>
    sql`coalesce(sum(${sql.ref(`m.${column}`)}) filter (where m.kind = ${sql.lit(kind)}), 0)::float8`;
  return sql`json_build_object('volumes', ${of('volumes')}, 'items', ${of('items')}, 'pages', ${of('pages')}, 'boxes', ${of('boxes')},
    'metres', ${of('metres')}, 'gigabytes', ${of('gigabytes')})`;
};
const ROW = sql`a.id, a.archive_id as "archiveId", a.year, a.no, a.number, a.way, a.state, a.transfer_id as "transferId",
  h.number as "transferNumber", coalesce(a.title, h.title, '') as title, coalesce(a.description, h.content) as description,
  a.source_id as "sourceId", coalesce(s.name, a.source_name, h."agencyName", '') as "sourceName", a.fonds_id as "fondsId",
  a.registered_on as "registeredOn", a.due_on as "dueOn", a.date_from as "dateFrom", a.date_to as "dateTo", a.promised,
  case when a.transfer_id is null then x.came else json_build_object('volumes', 0, 'items', coalesce(h.entries, 0), 'pages', 0, 'boxes', 0,
    'metres', 0, 'gigabytes', round((coalesce(h.bytes, 0) / 1073741824.0)::numeric, 3)::float8) end as came,
  x.back, case when a.transfer_id is null then x.last else a.registered_on end as "cameOn", x."receivedBy",
  case when a.price is not null then json_build_object('amount', a.price::text, 'currency', a.currency) end as price,
  a.paid_on as "paidOn", a.ends_on as "endsOn", a.location, a.note, a.decision,
  a.registered_by as "registeredBy"`;
const WHOLE = sql`${ROW}, a.follows_id as "followsId", a.accrual_id as "accrualId", a.physical_state as "physicalState",
  a.original_holder as "originalHolder", a.original_code as "originalCode", a.access_terms as "accessTerms",
  a.reproduction_terms as "reproductionTerms", a.publication_terms as "publicationTerms", a.embargo_until as "embargoUntil",
  a.credit_line as "creditLine", a.payment_note as "paymentNote", a.registered_by_name as "registeredByName", a.version, a.updated_at as "updatedAt", a.updated_by_name as "updatedByName"`;

/** Rows of the register with what lies elsewhere. @param handovers see AccessionDeps */
const register = (handovers: RawBuilder<unknown>) => sql`accessions.accession a
  left join accessions.source s on s.id = a.source_id
  left join lateral (select * from (${handovers}) as b where b.id = a.transfer_id) h on true
  left join lateral (select ${sums('in')} as came, ${sums('back')} as back, max(m.day) filter (where m.kind = 'in') as last,
      (array_agg(m.by_name order by m.no desc) filter (where m.kind = 'in'))[1] as "receivedBy"
    from accessions.movement m where m.accession_id = a.id) x on true`;

/** @param lock until the transaction ends */
export async function accessionById(
  on: Sql,
  handovers: RawBuilder<unknown>,
  id: string,
  lock = false,
): Promise<Accession | undefined> {
  if (lock) await sql`select 1 from accessions.accession where id = ${id} for update`.execute(on);
  const r = await sql<Accession>`select ${WHOLE} from ${register(handovers)} where a.id = ${id}`.execute(on);
  return r.rows[0];
}

/** Number and title of some accessions. */
export async function accessionNames(
  on: Sql,
  handovers: RawBuilder<unknown>,
  ids: readonly string[],
): Promise<Map<string, { number: string; title: string }>> {
  if (ids.length === 0) return new Map();
  const r = await sql<{
    id: string;
    number: string;
    title: string;
  }>`select a.id, a.number, coalesce(a.title, h.title, '') as title
    from ${register(handovers)} where a.id = any(${[...ids]}::uuid[])`.execute(on);
  return new Map(r.rows.map((row) => [row.id, row]));
}

export interface RegisterFilter {
  archiveId: string;
  ways?: readonly string[] | undefined;
  states?: readonly string[] | undefined;
  year?: number | undefined;
  sourceId?: string | undefined;
  fondsId?: string | undefined;
  followsId?: string | undefined;
  accrualId?: string | undefined;
  /** Folded words that all have to be there. */
  words?: readonly string[] | undefined;
}

/** A page of the register, the last number first. @param after year and number of the last row of the page before */
export async function registerPage(
  on: Sql,
  handovers: RawBuilder<unknown>,
  f: RegisterFilter & { after?: readonly [number, number] | undefined; limit: number; oldestFirst?: boolean },
): Promise<AccessionRow[]> {
  const patterns = (f.words ?? []).map((word) => `%${word.replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`);
  const { after } = f;
  const order = f.oldestFirst ? sql`a.year, a.no` : sql`a.year desc, a.no desc`;
  const behind = after
    ? sql`and (a.year, a.no) ${f.oldestFirst ? sql`>` : sql`<`} (${after[0]}::int, ${after[1]}::int)`
    : sql``;
  const r = await sql<AccessionRow>`select ${ROW} from ${register(handovers)}
    where a.archive_id = ${f.archiveId} ${behind}
      and (${f.ways ?? null}::text[] is null or a.way = any (${f.ways ?? null}::text[]))
      and (${f.states ?? null}::text[] is null or a.state = any (${f.states ?? null}::text[]))
      and (${f.year ?? null}::int is null or a.year = ${f.year ?? null}::int)
      and (${f.sourceId ?? null}::uuid is null or a.source_id = ${f.sourceId ?? null}::uuid)
      and (${f.fondsId ?? null}::uuid is null or a.fonds_id = ${f.fondsId ?? null}::uuid)
      and (${f.followsId ?? null}::uuid is null or a.follows_id = ${f.followsId ?? null}::uuid)
      and (${f.accrualId ?? null}::uuid is null or a.accrual_id = ${f.accrualId ?? null}::uuid)
      and a.key like all (${patterns}::text[])
    order by ${order} limit ${f.limit}`.execute(on);
  return r.rows;
}

export interface Registered {
  id: string;
  archiveId: string;
  year: number;
  no: number;
  number: string;
  key: string;
  state: AccessionState;
  by: { id: string | null; name: string };
  at: Date;
}

const columnsOf = (t: AccessionText) => ({
  way: t.way, title: t.title, description: t.description, source_id: t.sourceId, source_name: t.sourceName, fonds_id: t.fondsId,
  follows_id: t.followsId, accrual_id: t.accrualId, registered_on: t.registeredOn, due_on: t.dueOn, date_from: t.dateFrom, date_to: t.dateTo,
  promised: JSON.stringify(t.promised), physical_state: t.physicalState, original_holder: t.originalHolder, original_code: t.originalCode,
  access_terms: t.terms.accessTerms, reproduction_terms: t.terms.reproductionTerms, publication_terms: t.terms.publicationTerms,
  embargo_until: t.terms.embargoUntil, credit_line: t.terms.creditLine, ends_on: t.endsOn, price: t.price?.amount ?? null,
  currency: t.price?.currency ?? null, paid_on: t.paidOn, payment_note: t.paymentNote, location: t.location, note: t.note,
}); // biome-ignore format: a table of columns

export async function insertAccession(tx: Tx, r: Registered, text: AccessionText): Promise<void> {
  const columns = Object.entries(columnsOf(text));
  await sql`insert into accessions.accession (id, archive_id, year, no, number, key, state, registered_by, registered_by_name, created_at,
      updated_at, updated_by_name, ${sql.join(columns.map(([name]) => sql.ref(name)))})
    values (${r.id}, ${r.archiveId}, ${r.year}, ${r.no}, ${r.number}, ${r.key}, ${r.state}, ${r.by.id}, ${r.by.name}, ${r.at}, ${r.at},
      ${r.by.name}, ${sql.join(columns.map(([, value]) => sql`${value}`))})`.execute(tx);
}

/** A countersigned handover takes its line. @returns false where it has one */
export async function insertTransfer(
  tx: Tx,
  r: Registered & { transferId: string; registeredOn: string },
): Promise<boolean> {
  const done =
    await sql`insert into accessions.accession (id, archive_id, year, no, number, way, state, transfer_id, key, registered_on,
      registered_by, registered_by_name, created_at, updated_at, updated_by_name)
    values (${r.id}, ${r.archiveId}, ${r.year}, ${r.no}, ${r.number}, 'transfer', ${r.state}, ${r.transferId}, ${r.key}, ${r.registeredOn},
      ${r.by.id}, ${r.by.name}, ${r.at}, ${r.at}, ${r.by.name})
    on conflict (transfer_id) do nothing`.execute(tx);
  return Number(done.numAffectedRows) === 1;
}

interface Changed {
  id: string;
  version: number;
  at: Date;
  byName: string;
}

/** @returns false where somebody was quicker */
export async function updateAccession(
  tx: Tx,
  c: Changed & { key: string },
  text: AccessionText,
): Promise<boolean> {
  const set = Object.entries(columnsOf(text)).map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  const r =
    await sql`update accessions.accession set ${sql.join(set)}, key = ${c.key}, version = version + 1, updated_at = ${c.at},
      updated_by_name = ${c.byName}
    where id = ${c.id} and version = ${c.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** What may be written beside a handover: where it is put, and on what terms it is shown. @returns false where somebody was quicker */
export async function updateBeside(
  tx: Tx,
  c: Changed,
  o: Pick<AccessionText, 'fondsId' | 'followsId' | 'accrualId' | 'location' | 'note' | 'terms'>,
): Promise<boolean> {
  const r =
    await sql`update accessions.accession set fonds_id = ${o.fondsId}, follows_id = ${o.followsId}, accrual_id = ${o.accrualId},
      location = ${o.location}, note = ${o.note}, access_terms = ${o.terms.accessTerms}, reproduction_terms = ${o.terms.reproductionTerms},
      publication_terms = ${o.terms.publicationTerms}, embargo_until = ${o.terms.embargoUntil}, credit_line = ${o.terms.creditLine},
      version = version + 1, updated_at = ${c.at}, updated_by_name = ${c.byName}
    where id = ${c.id} and version = ${c.version}`.execute(tx);
  return Number(r.numAffectedRows) === 1;
}

/** @param decision undefined: as it was */
export async function setState(
  tx: Tx,
  c: Omit<Changed, 'version'>,
  state: AccessionState,
  decision?: Decision | null,
): Promise<void> {
  await sql`update accessions.accession set state = ${state}, version = version + 1, updated_at = ${c.at}, updated_by_name = ${c.byName}
      ${decision === undefined ? sql`` : sql`, decision = ${decision && JSON.stringify(decision)}::jsonb`}
    where id = ${c.id}`.execute(tx);
}

/** Those of some handovers that have no line yet. */
export async function withoutLine(on: Sql, handovers: RawBuilder<unknown>, limit: number) {
  const r = await sql<{ id: string }>`select b.id from (${handovers}) as b
    where not exists (select from accessions.accession a where a.transfer_id = b.id)
    order by b."acceptedAt", b.id limit ${limit}`.execute(on);
  return r.rows.map((row) => row.id);
}
