import { judgeRecord, type MetadataFault, schemeFor } from '#formats/metadata-schemes';
import { type Actor, type AgencyOf, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { RunStanding } from '#modules/checks';
import { OF_FILING, OF_RECORDS, runOf } from '../checking/check.ts';
import { agencyOf } from '../commands/agencies.ts';
import { noRecord } from '../commands/refusals.ts';
import type { FilingDeps } from '../deps.ts';
import type { Missing } from '../domain/missing.ts';
import { FILED, metadataOf } from '../domain/record.ts';
import { mayInAgency } from '../domain/side.ts';
import { type Suggestion, suggestLines } from '../domain/suggest.ts';
import { eventsOfRecords, type RecordEvent } from '../store/events.ts';
import { type FilingFile, filesOf } from '../store/files.ts';
import { linesOf } from '../store/lines.ts';
import {
  type FilingRecord,
  itemPage,
  partsOf,
  type RecordFilter,
  recordById,
  type YearCount,
  yearCounts,
} from '../store/records.ts';
import { scheduleInForce } from '../store/schedules.ts';
import { type YearFiling, yearFilings } from '../store/yearFilings.ts';
import { missingOf } from './missing.ts';

export interface RecordView {
  record: FilingRecord;
  files: FilingFile[];
  parts: { record: FilingRecord; files: FilingFile[] }[];
  /** What its system told of how it was made. */
  origin: RecordEvent[];
  /** What its metadata scheme finds, as of filing. */
  faults: MetadataFault[];
  suggestions: Suggestion[];
  /** `plain`: as it is; `reason`: filed, so with a reason; `no`. */
  mayChange: 'plain' | 'reason' | 'no';
}

/** A record with its documents, files, faults and what the schedule suggests for it. @throws Refusal record.notFound */
export async function readRecord(deps: FilingDeps, actor: Actor, id: string): Promise<RecordView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const record = await recordById(tx, id);
    if (!record) throw noRecord();
    const parts = await partsOf(tx, [id]);
    const files = await filesOf(tx, [id, ...parts.map((p) => p.id)]);
    const of = (recordId: string) => files.filter((f) => f.recordId === recordId);
    const [fonds] = (await deps.holdings.fondsOfAgencies([record.agencyId])).filter(
      (f) => f.id === record.fondsId,
    );
    const schedule = await scheduleInForce(tx, record.agencyId, deps.today());
    const { genre = null } = record.description;
    return {
      record,
      files: of(id),
      parts: parts.map((part) => ({ record: part, files: of(part.id) })),
      origin: (await eventsOfRecords(tx, [id])).get(id) ?? [],
      faults: judgeRecord(
        schemeFor(record.category, 'item'),
        metadataOf({ ...record, fondsNumber: fonds?.number ?? '' }),
        { stage: 'GD', today: deps.today() },
      ),
      suggestions: schedule
        ? suggestLines(
            { title: record.title, genre, category: record.category },
            await linesOf(tx, schedule.id),
          )
        : [],
      mayChange: mayChange(actor, record),
    };
  });
}

function mayChange(actor: Actor, r: FilingRecord): RecordView['mayChange'] {
  if (!mayInAgency(actor, 'filing.write', r)) return 'no';
  if (r.state === 'registered') return r.filingId === null ? 'plain' : 'no';
  return FILED.has(r.state) && mayInAgency(actor, 'filing.approve', r) ? 'reason' : 'no';
}

/** Items in the order of their numbers, those without one first. */
export function listRecords(
  deps: FilingDeps,
  actor: Actor,
  o: RecordFilter & { cursor: string | undefined; limit: number },
): Promise<{ items: FilingRecord[]; next: string | null }> {
  const { cursor, limit, ...filter } = o;
  return deps.db.as(scopeOf(actor), async (tx) => {
    const [sortKey, id] = cursor ? decodeCursor(cursor, ['string', 'string']).map(String) : [];
    const after = sortKey !== undefined && id !== undefined ? { sortKey, id } : undefined;
    const rows = await itemPage(tx, filter, { after, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? encodeCursor([last.sortKey, last.id]) : null };
  });
}

/** An agency's years: how many items stand where, and how each was filed. @throws Refusal agency.notFound */
export async function years(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf,
): Promise<{ counts: YearCount[]; filings: YearFiling[]; checks: Map<string, RunStanding> }> {
  await agencyOf(deps, actor, of);
  const found = await deps.db.as(scopeOf(actor), async (tx) => ({
    counts: await yearCounts(tx, of.agencyId),
    filings: await yearFilings(tx, of.agencyId, undefined),
  }));
  const runs = await deps.checks.standings(
    actor,
    found.filings.map((f) => runOf(f.id)),
  );
  const checks = found.filings.flatMap(({ id }): [string, RunStanding][] => {
    const run = runs.get(runOf(id));
    return run ? [[id, run]] : [];
  });
  return { ...found, checks: new Map(checks) };
}

/** What the last check of filing found of a record. @throws Refusal record.notFound */
export async function findingsOfRecord(deps: FilingDeps, actor: Actor, id: string) {
  const record = await deps.db.as(scopeOf(actor), (tx) => recordById(tx, id));
  if (!record) throw noRecord();
  // An item without a number yet is named by its id.
  const { agencyId, referenceCode } = record;
  const about = { agencyId, abouts: [OF_FILING, OF_RECORDS], since: new Date(0) };
  return deps.checks.lastAbout(actor, { ...about, object: referenceCode ?? id });
}

/** What a year still lacks. @throws Refusal agency.notFound */
export async function missing(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf & { year: number },
): Promise<Missing> {
  await agencyOf(deps, actor, of);
  return deps.db.as(scopeOf(actor), (tx) => missingOf(deps, tx, of));
}
