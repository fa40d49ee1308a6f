import type { ContactWay, HonourKind, SourceKind } from '#kernel/accessionWords';
import { type Actor, auditActor, can, demandFresh, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { ValueBroken } from '#kernel/personal-data';
import type { AccessionDeps } from '../deps.ts';
import { readDay } from '../domain/days.ts';
import { numberOf } from '../domain/numbers.ts';
import { readData, type SourceData } from '../domain/sourceData.ts';
import { demandUnmarked, needed, optional } from '../domain/text.ts';
import { closeData, openData, toldName } from '../personal.ts';
import { accessionById } from '../store/accessions.ts';
import { nextNo } from '../store/counter.ts';
import {
  insertContact,
  insertHonour,
  insertSource,
  type Source,
  sourceById,
  updateSource,
  type WrittenSource,
} from '../store/sources.ts';
import { archiveOf, changedMeanwhile, demandRead, demandWrite, noAccession, tell, todayOf } from './reach.ts';
import { keyOf } from './register.ts';

export const noSource = () => new Refusal('source.notFound', 'There is no such source.');

export interface SourceInput {
  kind: SourceKind;
  name: string;
  /** The name is not to be shown; `shownAs` stands in its place. */
  anonymous?: boolean | undefined;
  shownAs?: string | null | undefined;
  authorityId?: string | null | undefined;
  wishes?: string | null | undefined;
  note?: string | null | undefined;
  data: { [K in keyof Omit<SourceData, 'name'>]?: string | null | undefined };
}

/** What a source is written as. A name that is not to be shown is closed with the rest. */
function readSource(input: SourceInput) {
  const name = needed(input.name, 'name', 300);
  const anonymous = input.anonymous ?? false;
  const text = {
    kind: input.kind,
    anonymous,
    name: anonymous ? needed(input.shownAs, 'shownAs', 300) : name,
    authorityId: input.authorityId ?? null,
    wishes: optional(input.wishes, 'wishes', 5_000),
    note: optional(input.note, 'note', 5_000),
  };
  demandUnmarked({ wishes: text.wishes, note: text.note });
  if (anonymous && text.authorityId)
    throw new Refusal('source.namedElsewhere', 'Who is not to be named is not linked to a name.', {
      field: 'authorityId',
    });
  return { text, data: readData(Object.assign({}, input.data, { name: anonymous ? name : null })) };
}

async function written(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  o: { id: string; archiveId: string } & ReturnType<typeof readSource>,
): Promise<WrittenSource> {
  const { id, archiveId, text, data } = o;
  const closed = await closeData(deps.vault, tx, { id, archiveId, name: text.name }, data);
  const key = keyOf(deps, [text.name]);
  return Object.assign({ id, archiveId, key, closed, at: deps.clock.now(), byName: actor.name }, text);
}

/** @returns its id @throws Refusal archive.notFound, accession.needed, accession.tooLong, authority.notFound, actor.forbidden */
export async function addSource(
  deps: AccessionDeps,
  actor: Actor,
  input: SourceInput & { archiveId: string },
): Promise<string> {
  const { archiveId } = input;
  demandWrite(actor, archiveId);
  const read = readSource(input);
  if (read.text.authorityId) await deps.authorities.read(actor, read.text.authorityId);
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    await insertSource(tx, await written(deps, tx, actor, Object.assign({ id, archiveId }, read)));
    const detail = { name: toldName(read.text) };
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accessionSource',
      id,
      act: 'accessionSource.added',
      detail,
    });
  });
  return id;
}

/** @throws Refusal as `addSource`; source.notFound, accession.changed */
export async function correctSource(
  deps: AccessionDeps,
  actor: Actor,
  of: { id: string; version: number },
  input: SourceInput,
): Promise<void> {
  const read = readSource(input);
  if (read.text.authorityId) await deps.authorities.read(actor, read.text.authorityId);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const { archiveId } = await writableSource(tx, actor, of.id);
    const row = await written(deps, tx, actor, Object.assign({ id: of.id, archiveId }, read));
    if (!(await updateSource(tx, Object.assign({ version: of.version }, row)))) throw changedMeanwhile();
    const detail = { name: toldName(read.text) };
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accessionSource',
      id: of.id,
      act: 'accessionSource.corrected',
      detail,
    });
  });
}

/** @throws Refusal source.notFound */
export async function readableSource(tx: Tx, actor: Actor, id: string, lock = false): Promise<Source> {
  const found = await sourceById(tx, id, lock);
  if (!found) throw noSource();
  demandRead(actor, found.archiveId, noSource());
  return found;
}

/** @throws Refusal source.notFound, actor.forbidden */
export async function writableSource(tx: Tx, actor: Actor, id: string): Promise<Source> {
  const found = await readableSource(tx, actor, id, true);
  demandWrite(actor, found.archiveId, noSource());
  return found;
}

/** Why somebody needs to know how a source is reached. `other` is told in words. */
export const SHOW_REASONS = ['toReach', 'toPay', 'correction', 'inquiry', 'inspection', 'other'] as const;
export type ShowReason = (typeof SHOW_REASONS)[number];

/**
 * A source in full, for a reason: to who keeps the register, and to who may see masked data. The entry in the trail stands before
 * anything is shown, and never holds what was shown.
 *
 * @throws Refusal source.notFound, session.stale, personal.reason, personal.broken, actor.forbidden
 */
export function showSource(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  { reason, words }: { reason: ShowReason; words: string | null },
): Promise<SourceData> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const s = await readableSource(tx, actor, id);
    if (!can(actor, 'personal.unmask', s.archiveId, 'whole')) demandWrite(actor, s.archiveId, noSource());
    demandFresh(actor, deps.clock);
    const said = optional(words, 'words', 300);
    if (reason === 'other' && !said)
      throw new Refusal('personal.reason', 'Say why you need to see this person’s data.');
    const data = await openData(deps.vault, tx, s).catch((cause: unknown) => {
      if (!(cause instanceof ValueBroken)) throw cause;
      throw new Refusal(
        'personal.broken',
        'This person’s data can not be opened: it was altered, or the master key is another. Tell your administrator.',
        {},
        { cause },
      );
    });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: s.archiveId,
      act: 'accessionSource.shown',
      target: { type: 'accessionSource', id },
      purpose: said ? `${reason}: ${said}` : reason,
      detail: { reason, words: said, name: toldName(s) },
    });
    return data;
  });
}

export interface ContactInput {
  day?: string | null | undefined;
  how: ContactWay;
  words: string;
}

/** @throws Refusal accession.day, accession.needed, accession.ahead */
export function readContact(deps: AccessionDeps, actor: Actor, input: ContactInput) {
  const today = todayOf(deps);
  const day = readDay(input.day, 'day') ?? today;
  if (day > today) throw new Refusal('accession.ahead', 'This day has not come yet.', { field: 'day' });
  const words = needed(input.words, 'words', 5_000);
  demandUnmarked({ words });
  return { id: deps.newId(), day, how: input.how, words, byName: actor.name, at: deps.clock.now() };
}

/** Notes a visit, a call, a letter. @throws Refusal source.notFound, accession.needed, actor.forbidden */
export function noteContact(
  deps: AccessionDeps,
  actor: Actor,
  sourceId: string,
  input: ContactInput,
): Promise<void> {
  const contact = readContact(deps, actor, input);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const { archiveId } = await writableSource(tx, actor, sourceId);
    await insertContact(tx, Object.assign({ archiveId, sourceId, leadId: null }, contact));
  });
}

/** Gives a certificate, under the next number of its year. @returns its id @throws Refusal source.notFound, accession.notFound, actor.forbidden */
export function giveHonour(
  deps: AccessionDeps,
  actor: Actor,
  sourceId: string,
  input: {
    kind: HonourKind;
    accessionId: string | null;
    issuedOn?: string | null | undefined;
    words: string;
  },
): Promise<string> {
  const words = needed(input.words, 'words', 2_000);
  const issuedOn = readDay(input.issuedOn, 'issuedOn') ?? todayOf(deps);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const s = await writableSource(tx, actor, sourceId);
    const { archiveId } = s;
    const given = input.accessionId ? await accessionById(tx, deps.handovers, input.accessionId) : undefined;
    if (input.accessionId && given?.sourceId !== sourceId) throw noAccession();
    const year = Number(issuedOn.slice(0, 4));
    const no = await nextNo(tx, 'honour', { archiveId, year });
    const number = numberOf((await archiveOf(deps, archiveId)).code, 'honour', { year, no });
    const id = deps.newId();
    const { kind, accessionId } = input;
    const at = deps.clock.now();
    await insertHonour(tx, {
      id,
      archiveId,
      sourceId,
      accessionId,
      year,
      no,
      number,
      kind,
      issuedOn,
      words,
      byName: actor.name,
      at,
    });
    const detail = { number, name: toldName(s) };
    await tell(deps, tx, actor, {
      archiveId,
      type: 'accessionSource',
      id: sourceId,
      act: 'accessionSource.honoured',
      detail,
    });
    return id;
  });
}
