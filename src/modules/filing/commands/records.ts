import { type Actor, type AgencyOf, auditActor, demandFor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { isRefusal, Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { applyRecord, emptyRecord, FILED, type RecordFields, type RecordInput } from '../domain/record.ts';
import { demandInAgency } from '../domain/side.ts';
import { linesOf } from '../store/lines.ts';
import {
  deleteRecord,
  type FilingRecord,
  insertRecords,
  type NewRecord,
  partsOf,
  recordOfSender,
  recordsForChange,
  updateRecord,
} from '../store/records.ts';
import { scheduleInForce } from '../store/schedules.ts';
import { agencyOf } from './agencies.ts';
import { refuseClassified, turnAwayRows } from './door.ts';
import { needed, noAgency, noRecord, recordChanged, recordState } from './refusals.ts';

export interface Registration extends RecordInput {
  /** The line of the schedule in force it falls under: gives retention and class where they are not said. */
  lineKey?: string | null | undefined;
}

/** How records come in: `form`, `paste`, or the name of a sending system with its own id of the record. */
export interface Arrival {
  source: string;
  senderKey?: string | undefined;
}

export interface Place extends AgencyOf {
  fondsId: string;
}

/** The fonds an agency's records belong to. @throws Refusal agency.notFound, filing.noFonds */
export async function placeOf(
  deps: Pick<FilingDeps, 'holdings'>,
  actor: Actor,
  of: AgencyOf,
  fondsId?: string | undefined,
): Promise<Place & { fondsNumber: string; name: string }> {
  const { name } = await agencyOf(deps, actor, of);
  const fonds = (await deps.holdings.fondsOfAgencies([of.agencyId])).filter(
    (f) => f.archiveId === of.archiveId,
  );
  const chosen = fondsId === undefined ? fonds[0] : fonds.find((f) => f.id === fondsId);
  if (!chosen)
    throw new Refusal(
      'filing.noFonds',
      'This agency has no fonds yet. The archive gives it one before it files.',
    );
  return {
    archiveId: of.archiveId,
    agencyId: of.agencyId,
    fondsId: chosen.id,
    fondsNumber: chosen.number,
    name,
  };
}

/**
 * Registers a record.
 *
 * @throws Refusal agency.notFound, filing.noFonds, record.field, record.secret, record.noLine
 * @returns its id; of a sender's record that is there already, that one's
 */
export async function registerRecord(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf & { year: number; fondsId?: string | undefined },
  input: Registration,
  arrival: Arrival = { source: 'form' },
): Promise<{ id: string; isNew: boolean }> {
  const place = await placeOf(deps, actor, of, of.fondsId);
  demandInAgency(actor, 'filing.write', place, noAgency());
  await refuseClassified(deps, actor, place, arrival.source, input);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const made = await newRecord(deps, tx, actor, place, { year: of.year, input, arrival });
    const isNew = (await insertRecords(tx, [made])).has(made.id);
    const { source, senderKey } = arrival;
    if (!isNew && senderKey !== undefined) {
      const there = await recordOfSender(tx, { agencyId: place.agencyId, source, senderKey });
      return { id: there ?? made.id, isNew: false };
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: place.archiveId,
      act: 'record.registered',
      target: { type: 'filingRecord', id: made.id },
      detail: { name: made.title, agency: place.agencyId, year: of.year, source },
    });
    return { id: made.id, isNew: true };
  });
}

/** A record as it will be inserted, without files. @throws Refusal record.field, record.secret, record.noLine */
export async function newRecord(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  place: Place,
  o: { year: number; input: Registration; arrival: Arrival },
): Promise<NewRecord> {
  const lined = await withLine(deps, tx, place, o.input);
  return {
    ...applyRecord(emptyRecord(o.year), lined.input),
    id: deps.newId(),
    archiveId: place.archiveId,
    agencyId: place.agencyId,
    fondsId: place.fondsId,
    scheduleId: lined.scheduleId,
    lineKey: lined.lineKey,
    source: o.arrival.source,
    senderKey: o.arrival.senderKey ?? null,
    within: null,
    files: 0,
    bytes: 0,
    byId: actor.id,
    byName: actor.name,
    at: deps.clock.now(),
  };
}

/** What a line of the schedule in force says where nothing else is said. */
async function withLine(
  deps: FilingDeps,
  tx: Tx,
  { agencyId }: AgencyOf,
  { lineKey, ...input }: Registration,
): Promise<{ input: RecordInput; scheduleId: string | null; lineKey: string | null }> {
  if (!lineKey) return { input, scheduleId: null, lineKey: null };
  const schedule = await scheduleInForce(tx, agencyId, deps.today());
  const line = schedule && (await linesOf(tx, schedule.id)).find((l) => l.key === lineKey);
  if (!line) throw new Refusal('record.noLine', 'The schedule in force has no such line.');
  return {
    input: {
      ...input,
      category: input.category ?? line.category,
      retention: input.retention ?? line.retention,
      classCode: input.classCode ?? line.classCode,
      className: input.className ?? line.className,
    },
    scheduleId: schedule.id,
    lineKey,
  };
}

export interface RowRefused {
  /** 1 for the first row. */
  row: number;
  code: string;
  field: string | null;
  /** Under which it was set apart, where it bears a classification. */
  number: string | null;
  message: string;
}

export const MOST_ROWS = 1_000;

/** Registers rows of a spreadsheet: all of them, or none and why. @throws Refusal agency.notFound, record.tooMany */
export async function registerRows(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf & { year: number; fondsId?: string | undefined },
  rows: readonly Registration[],
): Promise<{ registered: number; refused: RowRefused[] }> {
  if (rows.length > MOST_ROWS)
    throw new Refusal('record.tooMany', `At most ${MOST_ROWS} rows are taken at once.`, { most: MOST_ROWS });
  const place = await placeOf(deps, actor, of, of.fondsId);
  demandInAgency(actor, 'filing.write', place, noAgency());
  const turned = await turnAwayRows(deps, actor, place, rows);
  const refused = rows.flatMap((row, i) => {
    const number = turned.get(i);
    return number === undefined ? refusedRow(of.year, row, i + 1) : [secretRow(i + 1, number)];
  });
  if (refused.length > 0 || rows.length === 0) return { registered: 0, refused };
  await deps.db.as(scopeOf(actor), async (tx) => {
    const made: NewRecord[] = [];
    const arrival = { source: 'paste' };
    for (const input of rows)
      made.push(await newRecord(deps, tx, actor, place, { year: of.year, input, arrival }));
    await insertRecords(tx, made);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: place.archiveId,
      act: 'record.pasted',
      target: { type: 'agency', id: place.agencyId },
      detail: { name: place.name, year: of.year, records: rows.length },
    });
  });
  return { registered: rows.length, refused: [] };
}

const secretRow = (row: number, number: string): RowRefused => {
  return { row, code: 'record.secret', field: null, number, message: `This row was set apart (${number}).` };
};

function refusedRow(year: number, row: Registration, at: number): RowRefused[] {
  try {
    applyRecord(emptyRecord(year), row);
    return [];
  } catch (e) {
    if (!isRefusal(e)) throw e;
    const { field } = e.detail;
    const named = typeof field === 'string' ? field : null;
    return [{ row: at, code: e.code, field: named, number: null, message: e.message }];
  }
}

/** A record that may be changed now: not filed, or filed with a reason by who confirms for the agency. */
export async function changeable(
  tx: Tx,
  actor: Actor,
  ids: readonly string[],
  reason?: string | undefined,
): Promise<FilingRecord[]> {
  const found = await recordsForChange(tx, ids);
  if (found.length !== new Set(ids).size) throw noRecord();
  for (const r of found) {
    demandInAgency(actor, 'filing.write', r, noRecord());
    if (r.state === 'registered' && r.filingId === null) continue;
    if (!FILED.has(r.state)) throw recordState(r.state === 'registered' ? 'prepared' : r.state);
    demandFor(actor, 'filing.approve', r, noRecord());
    needed(reason, 'record.noReason', 'A filed record is corrected only for a reason.');
  }
  return found;
}

/** Whether its number still says what the record says. */
const sameClass = (a: RecordFields, b: RecordFields): boolean =>
  a.category === b.category &&
  a.year === b.year &&
  a.retention === b.retention &&
  a.classCode === b.classCode;

/**
 * Corrects a record. Its number goes when what it says changes; of a filed one that can not change.
 *
 * @throws Refusal record.notFound, record.changed, record.wrongState, record.noReason, record.field, record.secret
 */
export async function correctRecord(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { version: number; input: Registration; reason?: string | undefined },
): Promise<void> {
  const [there] = await deps.db.as(scopeOf(actor), (tx) => changeable(tx, actor, [id], o.reason));
  if (there) await refuseClassified(deps, actor, there, 'form', o.input, { record: id });
  return deps.db.as(scopeOf(actor), async (tx) => {
    const [before] = await changeable(tx, actor, [id], o.reason);
    if (!before) throw noRecord();
    if (before.version !== o.version) throw recordChanged(before.version);
    await writeOne(deps, tx, before, o.input);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: before.archiveId,
      act: 'record.corrected',
      target: { type: 'filingRecord', id },
      detail: { name: before.title, agency: before.agencyId, ...(o.reason && { reason: o.reason }) },
    });
  });
}

/** What is said now over what a record says. */
export async function writeOne(
  deps: FilingDeps,
  tx: Tx,
  before: FilingRecord,
  given: Registration,
): Promise<void> {
  const lined = await withLine(deps, tx, before, given);
  const after = applyRecord(before, lined.input);
  const keepNumber = sameClass(before, after);
  if (!keepNumber && before.state !== 'registered')
    throw new Refusal(
      'record.numbered',
      'Year, category, retention and class of a filed record stay: its number says them.',
    );
  const lineKey = lined.lineKey ?? (given.lineKey === undefined ? before.lineKey : null);
  const written = await updateRecord(
    tx,
    {
      ...before,
      ...after,
      lineKey,
      scheduleId: lineKey === null ? null : (lined.scheduleId ?? before.scheduleId),
    },
    { at: deps.clock.now(), keepNumber },
  );
  if (!written) throw recordChanged(before.version);
}

/** What is set for many records at once. */
export type Classification = Pick<
  Registration,
  'retention' | 'classCode' | 'className' | 'lineKey' | 'year' | 'category'
> & { boxNo?: number | null | undefined };

/** Classifies records together. @throws as `correctRecord` */
export async function classifyRecords(
  deps: FilingDeps,
  actor: Actor,
  ids: readonly string[],
  { boxNo, ...given }: Classification,
): Promise<void> {
  const [first] = await deps.db.as(scopeOf(actor), (tx) => changeable(tx, actor, ids));
  if (first) await refuseClassified(deps, actor, first, 'form', given, { records: [...ids] });
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found = await changeable(tx, actor, ids);
    for (const r of found) await writeOne(deps, tx, boxNo === undefined ? r : { ...r, boxNo }, given);
    await told(deps, tx, actor, found, 'record.classified', { records: found.length });
  });
}

/** Removes a record that is not filed, with its files; documents in it become items again. @throws Refusal record.* */
export function removeRecord(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const [found] = await changeable(tx, actor, [id]);
    if (!found) throw noRecord();
    if (found.state !== 'registered') throw recordState(found.state);
    if ((await partsOf(tx, [id])).length > 0)
      throw new Refusal('record.hasParts', 'Take the documents out of this item first.');
    await deleteRecord(tx, id);
    await told(deps, tx, actor, [found], 'record.removed', { name: found.title });
  });
}

async function told(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  records: readonly FilingRecord[],
  act: string,
  detail: Record<string, unknown>,
): Promise<void> {
  const [first] = records;
  if (!first) return;
  const one = records.length === 1;
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: first.archiveId,
    act,
    target: one ? { type: 'filingRecord', id: first.id } : { type: 'agency', id: first.agencyId },
    detail: { ...detail, ...(one && { name: first.title }) },
  });
}
