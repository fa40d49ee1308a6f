import { judgeRecord, sayFault, schemeFor } from '#formats/metadata-schemes';
import { type Language, scopeOf } from '#kernel/actor';
import type { Sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { SentItem } from '#modules/filing';
import type { IntakeDeps } from '../deps.ts';
import { fingerprint } from '../domain/fingerprint.ts';
import type { SaidRecord } from '../domain/message.ts';
import { type Found, type Read, readMetadata, type SaidFinding } from '../domain/registration.ts';
import { say } from '../domain/say.ts';
import { insertArrival, type Way } from '../store/arrivals.ts';
import {
  holdItem,
  type IntakeItem,
  type ItemKey,
  insertItem,
  itemOf,
  type SaidBefore,
  updateItem,
  wasBefore,
} from '../store/items.ts';
import { releaseUploads } from '../store/uploads.ts';
import { atHand, type Planned, planFiles } from './files.ts';
import { demandRoom } from './quota.ts';
import { noteRefused } from './refused.ts';
import { type Sender, sourceOf } from './sender.ts';

/** What became of one that was sent. */
export interface Answer {
  senderId: string;
  outcome: 'taken' | 'changed' | 'unchanged';
  version: number;
  /** The record as filing knows it. */
  recordId: string;
  /** Warnings alone: with an error it would have been refused. */
  findings: SaidFinding[];
}

export interface RecordOrder {
  senderId: string;
  said: SaidRecord;
  way: Way;
  language: Language;
}

/** A message read and its files looked at: everything that can be said about it before anything is written. */
interface Plan {
  place: Awaited<ReturnType<IntakeDeps['filing']['place']>>;
  main: Read;
  parts: { id: string; read: Read }[];
  files: Record<string, Planned[]>;
  digest: string;
}

const NOTHING_SAID: SaidBefore = { keys: {}, files: {}, uploads: {} };

/**
 * Takes a record from a system: registers it, changes it while it may be, or finds that it is there already. All of it in one
 * transaction, so that a second call after any break comes to the same.
 *
 * @throws Refusal intake.findings (with `findings`), intake.superseded.conflict, intake.revision.conflict, intake.filed.conflict,
 *   intake.gone.conflict, intake.quota, intake.quota.tooMany, record.secret, upload.*
 */
export async function sendRecord(deps: IntakeDeps, sender: Sender, order: RecordOrder): Promise<Answer> {
  try {
    return await takeOrder(deps, sender, order);
  } catch (e) {
    await noteRefused(deps, sender, { ...order, kind: 'record', title: titleOf(order.said) }, e);
    throw e;
  }
}

const titleOf = ({ metadata }: SaidRecord): string | null =>
  metadata.title === undefined || metadata.title === null ? null : String(metadata.title).slice(0, 500);

async function takeOrder(deps: IntakeDeps, sender: Sender, order: RecordOrder): Promise<Answer> {
  const { system, actor } = sender;
  const key: ItemKey = { systemId: system.id, kind: 'record', senderId: order.senderId };
  const before = await itemOf(deps.db.owner, key);
  const plan = await planOf(deps, sender, order, before);
  if (before) {
    const same = await sameAs(deps.db.owner, before, plan.digest, order);
    if (same) return same;
  }
  const all = Object.values(plan.files).flat();
  return atHand(deps, all, async (files) => {
    await deps.filing.demandUnclassified(actor, system, {
      system: system.settings.name,
      senderKey: order.senderId,
      inputs: [plan.main.input, ...plan.parts.map((p) => p.read.input)],
      words: wordsOf(order.said),
      files,
    });
    for (const { path, sha512 } of files) await deps.filing.keep(path, sha512);
    const answer = await write(deps, sender, order, plan, key);
    const uploads = all.flatMap((f) => (f.uploadId !== null && f.from !== null ? [f.uploadId] : []));
    for (const upload of uploads) await deps.staging.remove(upload);
    return answer;
  });
}

/** Words of a message that stand in no field of the record. */
const wordsOf = ({ parts = [], events = [] }: SaidRecord): string[] => [
  ...parts.map((p) => p.id),
  ...events.flatMap((e) => [e.action, e.basis ?? '', e.note ?? '']),
];

/** @throws Refusal intake.findings */
async function planOf(
  deps: IntakeDeps,
  { system, actor }: Sender,
  { said, language }: RecordOrder,
  item: IntakeItem | undefined,
): Promise<Plan> {
  const before = item?.said ?? NOTHING_SAID;
  const thisYear = Number(deps.today().slice(0, 4));
  const found: Found[] = [];
  const read = (metadata: SaidRecord['metadata'], id: string, at: string): Read => {
    const one = readMetadata(metadata, { before: before.keys[id] ?? [], at, thisYear });
    found.push(...one.found);
    for (const f of deps.filing.judgeInput(one.year, one.input))
      found.push({ ...f, field: `${at}.${f.field}` });
    return one;
  };
  const files: Record<string, Planned[]> = {};
  const look = async (refs: SaidRecord['files'], id: string, at: string) => {
    const planned = await planFiles(deps, system.id, refs ?? [], { at, known: before.uploads });
    found.push(...planned.found);
    files[id] = planned.files;
  };
  const main = read(said.metadata, '', 'metadata');
  await look(said.files, '', 'files');
  const parts: Plan['parts'] = [];
  for (const [i, part] of (said.parts ?? []).entries()) {
    if (parts.some((p) => p.id === part.id))
      found.push({
        field: `parts[${i}].id`,
        code: 'intake.partTwice',
        message: 'The id stands there twice.',
        detail: { id: part.id },
      });
    parts.push({ id: part.id, read: read(part.metadata, part.id, `parts[${i}].metadata`) });
    await look(part.files, part.id, `parts[${i}].files`);
  }
  const { categories } = system.settings;
  if (categories && !categories.includes(main.category))
    found.push({
      field: 'metadata.category',
      code: 'intake.category',
      message: 'Not of this system.',
      detail: { category: main.category },
    });
  const place = await placeOf(deps, { system, actor }, main, found);
  if (found.length > 0 || !place)
    throw new Refusal('intake.findings', 'What was sent has faults and was not taken.', {
      findings: found.map((f) => say(f, 'error', language)),
    });
  return { place, main, parts, files, digest: fingerprint(said, files) };
}

/** The fonds that was said, of those the agency has. */
async function placeOf(
  deps: IntakeDeps,
  { system, actor }: Sender,
  { fondsNo }: Read,
  found: Found[],
): Promise<Plan['place'] | undefined> {
  if (fondsNo === null || fondsNo.trim() === '') return deps.filing.place(actor, system);
  const fonds = (await deps.fondsOfAgencies([system.agencyId])).find(
    (f) => f.archiveId === system.archiveId && f.number === fondsNo.trim(),
  );
  if (fonds) return deps.filing.place(actor, system, fonds.id);
  found.push({
    field: 'metadata.fondsNo',
    code: 'intake.fonds',
    message: 'No such fonds.',
    detail: { value: fondsNo },
  });
  return undefined;
}

/**
 * What to answer where nothing is to be done: the same is there already.
 *
 * @throws Refusal intake.superseded.conflict, intake.revision.conflict
 */
async function sameAs(
  on: Sql,
  item: IntakeItem,
  digest: string,
  { senderId, said }: RecordOrder,
): Promise<Answer | undefined> {
  const revision = said.revision ?? null;
  const later = revision !== null && item.revision !== null && revision > item.revision;
  if (revision !== null && item.revision !== null && revision < item.revision) throw superseded(item);
  if (item.digest === digest && !later)
    return { senderId, outcome: 'unchanged', version: item.version, recordId: item.targetId, findings: [] };
  if (later) return undefined;
  if (revision !== null && revision === item.revision)
    throw new Refusal('intake.revision.conflict', 'Other content was sent under this revision before.', {
      revision,
    });
  if (await wasBefore(on, item.id, digest)) throw superseded(item);
  return undefined;
}

const superseded = (item: IntakeItem) =>
  new Refusal(
    'intake.superseded.conflict',
    'This is an earlier version: what came after it is here already.',
    {
      version: item.version,
    },
  );

async function write(
  deps: IntakeDeps,
  sender: Sender,
  order: RecordOrder,
  plan: Plan,
  key: ItemKey,
): Promise<Answer> {
  const { system, actor } = sender;
  const { senderId, said, way } = order;
  const all = Object.values(plan.files).flat();
  const held = ({ name, sha512, bytes }: Planned) => ({ name, sha512, bytes });
  const item: SentItem = {
    source: sourceOf(system),
    senderKey: senderId,
    year: plan.main.year,
    input: plan.main.input,
    files: (plan.files[''] ?? []).map(held),
    parts: plan.parts.map(({ id, read }) => ({
      key: id,
      part: said.parts?.find((p) => p.id === id)?.part,
      input: read.input,
      files: (plan.files[id] ?? []).map(held),
    })),
    events: (said.events ?? []).map((e) => ({
      action: e.action,
      at: e.at,
      agent: e.agent ?? null,
      basis: e.basis ?? null,
      note: e.note ?? null,
    })),
  };
  return deps.db.as(scopeOf(actor), async (tx) => {
    // Two that send the same at once are taken one after the other.
    await holdItem(tx, key);
    const there = await itemOf(tx, key);
    const same = there && (await sameAs(tx, there, plan.digest, order));
    if (same) return same;
    const at = deps.clock.now();
    const before = there?.said ?? NOTHING_SAID;
    const now: SaidBefore = {
      keys: Object.fromEntries([['', plan.main.keys], ...plan.parts.map((p) => [p.id, p.read.keys])]),
      files: Object.fromEntries(Object.entries(plan.files).map(([id, some]) => [id, some.map(held)])),
      uploads: Object.fromEntries(
        all.flatMap((f) => (f.uploadId === null ? [] : [[f.uploadId, { sha512: f.sha512, bytes: f.bytes }]])),
      ),
    };
    const { digest } = plan;
    const revision = said.revision ?? null;
    let recordId: string;
    if (there) {
      await demandChangeable(deps, tx, there);
      recordId = there.targetId;
      const files = new Map(Object.entries(before.files));
      await deps.filing.changeSent(tx, actor, recordId, { item, before: files });
      await updateItem(tx, { id: there.id, digest, revision, said: now, before: there.digest, at });
    } else {
      recordId = (await deps.filing.takeSent(tx, actor, plan.place, item)).id;
      const { archiveId, agencyId } = system;
      await insertItem(tx, {
        ...key,
        id: deps.newId(),
        archiveId,
        agencyId,
        digest,
        revision,
        targetId: recordId,
        said: now,
        at,
      });
    }
    const bytes = all.reduce((sum, f) => sum + (f.from === null ? 0 : f.bytes), 0);
    await insertArrival(tx, {
      id: deps.newId(),
      systemId: system.id,
      archiveId: system.archiveId,
      agencyId: system.agencyId,
      at,
      way,
      kind: 'record',
      senderId,
      title: titleOf(said),
      outcome: there ? 'changed' : 'taken',
      code: null,
      findings: [],
      files: all.length,
      bytes,
      targetId: recordId,
    });
    await releaseUploads(
      tx,
      all.flatMap((f) => (f.uploadId === null ? [] : [f.uploadId])),
    );
    await demandRoom(deps, tx, system, { items: there ? 0 : 1, bytes });
    const version = (there?.version ?? 0) + 1;
    return {
      senderId,
      outcome: there ? 'changed' : 'taken',
      version,
      recordId,
      findings: warningsOf(deps, order, plan),
    };
  });
}

/** @throws Refusal intake.filed.conflict, intake.gone.conflict */
async function demandChangeable(deps: IntakeDeps, tx: Sql, item: IntakeItem): Promise<void> {
  const [record] = await deps.filing.sentStanding(tx, [item.targetId]);
  if (!record)
    throw new Refusal(
      'intake.gone.conflict',
      'People removed this record. It is not entered again under the same id.',
    );
  if (record.state !== 'registered' || record.prepared)
    throw new Refusal(
      'intake.filed.conflict',
      'This record was filed or handed over: a system can not change it any more.',
      {
        state: record.state,
      },
    );
}

/** Given by the number, or by people as they file. */
const LATER: ReadonlySet<string> = new Set([
  'referenceCode',
  'itemNo',
  'fondsNo',
  'retention',
  'dept',
  'boxNo',
]);

/** What the scheme of its category still misses: no fault of sending, but somebody will ask for it. */
function warningsOf(deps: IntakeDeps, { said, language }: RecordOrder, { main, place }: Plan): SaidFinding[] {
  const scheme = schemeFor(main.category, 'item');
  const faults = judgeRecord(
    scheme,
    { ...said.metadata, category: main.category, year: main.year, fondsNo: place.fondsNumber },
    { stage: 'GD', today: deps.today() },
  );
  return faults
    .filter((f) => !LATER.has(f.field))
    .map((f) => ({
      severity: 'warning' as const,
      field: `metadata.${f.field}`,
      code: `metadata.${f.rule}`,
      message: sayFault(f, scheme, language),
    }));
}
