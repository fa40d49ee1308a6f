import { type Actor, type AgencyOf, auditActor } from '#kernel/actor';
import type { AuditAct, Circumstances } from '#kernel/audit';
import { bearsSecretMark } from '#kernel/classification';
import type { Tx } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import type { Mark } from '#modules/classified';
import type { FilingDeps } from '../deps.ts';
import { orderWithinItem, type Part, partOf } from '../domain/arrange.ts';
import { marksOf } from '../domain/marks.ts';
import { applyRecord, emptyRecord, type RecordFields, type RecordInput } from '../domain/record.ts';
import { demandInAgency } from '../domain/side.ts';
import { addEvents, type RecordEvent, writeEvents } from '../store/events.ts';
import { insertFiles, type NewFile, recountFiles } from '../store/files.ts';
import {
  deleteRecord,
  insertRecords,
  type NewRecord,
  partsOf,
  putIntoItem,
  recordsForChange,
} from '../store/records.ts';
import { documentsOfSender, removeFilesLike } from '../store/sent.ts';
import { turnedAway } from './door.ts';
import type { Incoming } from './files.ts';
import { newRecord, type Place, type Registration, writeOne } from './records.ts';
import { noAgency, noRecord, recordState } from './refusals.ts';

/** A file whose content lies in its place already. */
export interface HeldFile {
  name: string;
  /** Lower-case hexadecimal. */
  sha512: string;
  bytes: number;
}

/** A document as another system sends it; the first of an item is the item itself. */
export interface SentDocument {
  input: Registration;
  files: readonly HeldFile[];
}

/** A document that lies in an item, by the id the sender knows it by within that item. */
export interface SentPart extends SentDocument {
  key: string;
  part?: Part | undefined;
}

export interface SentItem extends SentDocument {
  source: string;
  senderKey: string;
  year: number;
  parts: readonly SentPart[];
  events: readonly RecordEvent[];
}

/** What a sender said of the files of an item before, by the document's key; '' for the item itself. */
export type FilesBefore = ReadonlyMap<string, readonly HeldFile[]>;

export interface FieldFinding {
  field: string;
  code: string;
  message: string;
  detail: Readonly<Record<string, unknown>>;
}

/** Everything that is wrong with what was said of a record, field by field, where `applyRecord` would stop at the first. */
export function judgeInput(year: number, { lineKey: _line, ...input }: Registration): FieldFinding[] {
  const findings: FieldFinding[] = [];
  let fields: RecordFields = { ...emptyRecord(year), title: '-' };
  const apply = (one: RecordInput, name: string) => {
    try {
      fields = applyRecord(fields, one);
    } catch (e) {
      if (!isRefusal(e)) throw e;
      const { field } = e.detail;
      const at = typeof field === 'string' ? field : name;
      findings.push({ field: at, code: e.code, message: e.message, detail: e.detail });
    }
  };
  const { description, ...columns } = input;
  // The category first: it says which other fields there are.
  if (columns.category !== undefined) apply({ category: columns.category }, 'category');
  for (const [name, value] of Object.entries({ title: null, ...columns }))
    if (name !== 'category' && value !== undefined) apply({ [name]: value }, name);
  for (const [name, value] of Object.entries(description ?? {}))
    apply({ description: { [name]: value } }, name);
  return findings;
}

/** Where the files of a message lie for a while, on the data folder's file system; asked for only where they are set apart. */
export type AtHand = (use: (files: readonly Incoming[]) => Promise<void>) => Promise<void>;

/**
 * An item that bears a classification anywhere is set apart whole, before anything of it is kept.
 *
 * @param o.system its name, for who deals with it
 * @param o.words what stands in no field: ids, names of files
 * @throws Refusal record.secret
 */
export async function demandUnclassified(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf,
  o: {
    system: string;
    senderKey: string;
    inputs: readonly RecordInput[];
    words: readonly string[];
    files: AtHand;
  },
): Promise<void> {
  const marked = (value: string): Mark[] => (bearsSecretMark(value) ? [{ what: 'name', place: value }] : []);
  const marks = [...o.inputs.flatMap(marksOf), ...[o.senderKey, ...o.words].flatMap(marked)];
  if (marks.length === 0) return;
  await o.files(async (files) => {
    const { number } = await deps.classified.block(actor, {
      archiveId: of.archiveId,
      agencyId: of.agencyId,
      door: 'record',
      source: o.system,
      marks,
      written: JSON.parse(JSON.stringify({ id: o.senderKey, said: o.inputs })),
      files,
    });
    throw turnedAway(number);
  });
}

const keyOf = (item: SentItem, part: SentPart): string => `${item.senderKey}\n${part.key}`;

/** An item on its way in: where it is registered, under which id, and what its entry in the trail says of how it came. */
export interface Sent {
  id: string;
  place: Place;
  item: SentItem;
  around?: Circumstances;
}

/**
 * Registers items with their documents and files in the caller's transaction: all of them, or nothing.
 *
 * @throws Refusal record.field, record.secret, record.wrongState where the sender's id is there already
 */
export async function takeSent(deps: FilingDeps, tx: Tx, actor: Actor, sent: readonly Sent[]): Promise<void> {
  const records: NewRecord[] = [];
  const files: NewFile[] = [];
  for (const { id, place, item } of sent) {
    demandInAgency(actor, 'filing.write', place, noAgency());
    const arrivalOf = (senderKey: string) => ({ source: item.source, senderKey });
    const give = (record: NewRecord, held: readonly HeldFile[]) => {
      records.push({ ...record, files: held.length, bytes: held.reduce((sum, f) => sum + f.bytes, 0) });
      for (const { name, bytes, sha512 } of held)
        files.push({ id: deps.newId(), recordId: record.id, name, bytes, sha512 });
    };
    const { year, input, senderKey } = item;
    const main = await newRecord(deps, tx, actor, place, { year, input, arrival: arrivalOf(senderKey) });
    give({ ...main, id }, item.files);
    const documents = [];
    for (const part of item.parts) {
      const arrival = arrivalOf(keyOf(item, part));
      const record = await newRecord(deps, tx, actor, place, { year, input: part.input, arrival });
      const { title, dateFrom } = record;
      documents.push({ record, held: part.files, title, dateFrom, part: part.part ?? partOf(title) });
    }
    for (const [i, { record, part, held }] of orderWithinItem(documents).entries())
      give({ ...record, within: { itemId: id, part, partNo: i + 1 } }, held);
  }
  if ((await insertRecords(tx, records)).size !== records.length) throw recordState('registered');
  await insertFiles(tx, files, { name: actor.name, at: deps.clock.now() });
  await addEvents(
    tx,
    sent.map(({ id, item }) => ({ recordId: id, events: item.events })),
  );
  const titles = new Map(records.map((r) => [r.id, r.title]));
  await deps.audit.appendAll(
    tx,
    sent.map(({ id, place, item, around }) => ({
      ...around,
      ...actOf(actor, { act: 'record.registered', place, id, title: titles.get(id) ?? '', item }),
    })),
  );
}

/**
 * Gives an item that a system sent what the system says now; what people added meanwhile stays. Only while nobody has filed it.
 *
 * @param before files the system gave it before: those it does not name any more go
 * @throws Refusal record.notFound, record.wrongState, record.field, record.secret
 */
export async function changeSent(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  id: string,
  { item, before }: { item: SentItem; before: FilesBefore },
): Promise<void> {
  const [there] = await recordsForChange(tx, [id]);
  if (!there) throw noRecord();
  demandInAgency(actor, 'filing.write', there, noRecord());
  if (there.state !== 'registered') throw recordState(there.state);
  if (there.filingId !== null) throw recordState('prepared');
  await writeOne(deps, tx, there, item.input);
  await changeFiles(deps, tx, actor, id, before.get('') ?? [], item.files);
  const { agencyId } = there;
  const parts = await documentsOfSender(tx, { agencyId, source: item.source, itemKey: item.senderKey });
  for (const [key, partId] of parts)
    if (!item.parts.some((p) => p.key === key)) await deleteRecord(tx, partId);
  for (const part of item.parts) {
    const partId = parts.get(part.key);
    const [document] = partId === undefined ? [] : await recordsForChange(tx, [partId]);
    if (!document) {
      await addPart(deps, tx, actor, there, item, part);
      continue;
    }
    await writeOne(deps, tx, document, part.input);
    await changeFiles(deps, tx, actor, document.id, before.get(part.key) ?? [], part.files);
  }
  await arrange(deps, tx, id, item);
  await writeEvents(tx, id, item.events);
  const told = { act: 'record.corrected', place: there, id, title: there.title, item };
  await deps.audit.append(tx, actOf(actor, told));
}

async function addPart(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  place: Place,
  item: SentItem,
  part: SentPart,
): Promise<void> {
  const arrival = { source: item.source, senderKey: keyOf(item, part) };
  const made = await newRecord(deps, tx, actor, place, { year: item.year, input: part.input, arrival });
  if (!(await insertRecords(tx, [made])).has(made.id)) throw recordState('registered');
  await addFiles(deps, tx, actor, made.id, part.files);
}

/** Puts the item's documents into it, in the order of the rule. */
async function arrange(deps: FilingDeps, tx: Tx, itemId: string, item: SentItem): Promise<void> {
  const [found] = await recordsForChange(tx, [itemId]);
  if (!found || (item.parts.length === 0 && (await partsOf(tx, [itemId])).length === 0)) return;
  const { agencyId } = found;
  const sent = await documentsOfSender(tx, { agencyId, source: item.source, itemKey: item.senderKey });
  const named = new Map(item.parts.map((p) => [sent.get(p.key), p.part]));
  const ids = [...sent.values()];
  const others = (await partsOf(tx, [itemId])).filter((r) => !ids.includes(r.id));
  const documents = [...others, ...(await recordsForChange(tx, ids))].map((r) => ({
    id: r.id,
    part: named.get(r.id) ?? r.part ?? partOf(r.title),
    dateFrom: r.dateFrom,
    title: r.title,
  }));
  await putIntoItem(
    tx,
    itemId,
    orderWithinItem(documents).map(({ id, part }) => ({ id, part })),
    deps.clock.now(),
  );
}

async function addFiles(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  recordId: string,
  files: readonly HeldFile[],
): Promise<void> {
  if (files.length === 0) return;
  const at = deps.clock.now();
  const held = files.map(({ name, bytes, sha512 }) => ({ id: deps.newId(), recordId, name, bytes, sha512 }));
  await insertFiles(tx, held, { name: actor.name, at });
  await recountFiles(tx, recordId, at);
}

async function changeFiles(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  recordId: string,
  before: readonly HeldFile[],
  now: readonly HeldFile[],
): Promise<void> {
  const same = (a: HeldFile, b: HeldFile) => a.name === b.name && a.sha512 === b.sha512;
  const gone = before.filter((b) => !now.some((n) => same(b, n)));
  const come = now.filter((n) => !before.some((b) => same(b, n)));
  if (gone.length === 0 && come.length === 0) return;
  await removeFilesLike(tx, recordId, gone);
  await addFiles(deps, tx, actor, recordId, come);
  await recountFiles(tx, recordId, deps.clock.now());
}

interface Told {
  act: string;
  place: Pick<Place, 'archiveId' | 'agencyId'>;
  id: string;
  title: string;
  item: SentItem;
}

function actOf(actor: Actor, { act, place, id, title, item }: Told): AuditAct {
  const files = [...item.files, ...item.parts.flatMap((p) => p.files)];
  return {
    actor: auditActor(actor),
    archiveId: place.archiveId,
    act,
    target: { type: 'filingRecord', id },
    detail: {
      name: title,
      agency: place.agencyId,
      year: item.year,
      source: item.source,
      documents: item.parts.length,
      files: files.length,
      digests: files.slice(0, 100).map((f) => f.sha512),
    },
  };
}
