import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AccessionDeps } from '../deps.ts';
import { readDay } from '../domain/days.ts';
import { type AccessionInput, readAccession } from '../domain/input.ts';
import { numberOf } from '../domain/numbers.ts';
import { demandUnmarked, needed, optional } from '../domain/text.ts';
import { nextNo } from '../store/counter.ts';
import { insertLead, type Lead, type LeadText, leadById, updateLead } from '../store/leads.ts';
import { insertContact, sourceById } from '../store/sources.ts';
import { archiveOf, changedMeanwhile, demandRead, demandWrite, tell, todayOf } from './reach.ts';
import { demandFonds, fondsNamed, keyOf, registerIn } from './register.ts';
import { type ContactInput, readContact } from './sources.ts';

export const noLead = () => new Refusal('lead.notFound', 'There is no such lead.');

type Given<T> = { [K in keyof T]?: T[K] | null | undefined };
export type LeadInput = Given<Omit<LeadText, 'way' | 'worth' | 'state'>> &
  Pick<LeadText, 'way' | 'worth' | 'state'>;

/** @throws Refusal accession.needed, accession.tooLong, accession.day, accession.marked, lead.outcome, lead.won */
function readLead(input: LeadInput, hasAccession: boolean): LeadText {
  const text: LeadText = {
    title: needed(input.title, 'title', 500),
    holder: optional(input.holder, 'holder', 500),
    sourceId: input.sourceId ?? null,
    way: input.way,
    worth: input.worth,
    state: input.state,
    content: optional(input.content, 'content', 20_000),
    nextStep: optional(input.nextStep, 'nextStep', 2_000),
    nextOn: readDay(input.nextOn, 'nextOn'),
    outcome: optional(input.outcome, 'outcome', 5_000),
  };
  demandUnmarked({ title: text.title, content: text.content });
  if (text.state === 'lost' && text.outcome === null)
    throw new Refusal('lead.outcome', 'Say why it came to nothing.', { field: 'outcome' });
  if (text.state === 'won' && !hasAccession)
    throw new Refusal('lead.won', 'It is won once it is registered as an accession.', { field: 'state' });
  return text;
}

async function written(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  archiveId: string,
  number: string,
  text: LeadText,
) {
  const source = text.sourceId ? await sourceById(tx, text.sourceId) : undefined;
  if (text.sourceId && source?.archiveId !== archiveId)
    throw new Refusal('source.notFound', 'There is no such source.', { field: 'sourceId' });
  const key = keyOf(deps, [number, text.title, text.holder, source?.name ?? null]);
  return { key, at: deps.clock.now(), byName: actor.name };
}

/** @returns its id @throws Refusal archive.notFound, source.notFound, accession.*, lead.*, actor.forbidden */
export function addLead(
  deps: AccessionDeps,
  actor: Actor,
  input: LeadInput & { archiveId: string },
): Promise<string> {
  const { archiveId } = input;
  demandWrite(actor, archiveId);
  const text = readLead(input, false);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const year = Number(todayOf(deps).slice(0, 4));
    const no = await nextNo(tx, 'lead', { archiveId, year });
    const number = numberOf((await archiveOf(deps, archiveId)).code, 'lead', { year, no });
    const id = deps.newId();
    const how = await written(deps, tx, actor, archiveId, number, text);
    await insertLead(tx, Object.assign({ id, archiveId, year, no, number }, how, text));
    await tell(deps, tx, actor, { archiveId, type: 'lead', id, act: 'lead.added', detail: { number } });
    return id;
  });
}

/** @throws Refusal lead.notFound, accession.changed, and as `addLead` */
export function correctLead(
  deps: AccessionDeps,
  actor: Actor,
  of: { id: string; version: number },
  input: LeadInput,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await writableLead(tx, actor, of.id);
    const { archiveId, number, accessionId } = before;
    const text = readLead(input, accessionId !== null);
    const how = await written(deps, tx, actor, archiveId, number, text);
    const row = Object.assign({ id: of.id, version: of.version, accessionId }, how, text);
    if (!(await updateLead(tx, row))) throw changedMeanwhile();
    await tell(deps, tx, actor, {
      archiveId,
      type: 'lead',
      id: of.id,
      act: 'lead.corrected',
      detail: { number, from: before.state, to: text.state },
    });
  });
}

/**
 * What was looked for becomes an accession, in one act: promised, with what the lead says, and the lead is won.
 *
 * @returns the accession's id
 * @throws Refusal lead.notFound, lead.wrongState, as `registerAccession`
 */
export async function winLead(
  deps: AccessionDeps,
  actor: Actor,
  id: string,
  input: Partial<AccessionInput>,
): Promise<string> {
  const fonds = await fondsNamed(deps, actor, input.fondsId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const lead = await writableLead(tx, actor, id);
    demandFonds(fonds, lead.archiveId);
    if (lead.accessionId)
      throw new Refusal('lead.wrongState', 'It is registered already.', { state: lead.state });
    const of = {
      title: lead.title,
      description: lead.content,
      sourceId: lead.sourceId,
      sourceName: lead.holder,
      way: lead.way,
    };
    const text = readAccession(Object.assign(of, input), todayOf(deps));
    const accessionId = await registerIn(deps, tx, actor, { archiveId: lead.archiveId, text });
    const how = await written(deps, tx, actor, lead.archiveId, lead.number, lead);
    const won = { state: 'won' as const, accessionId, nextStep: null, nextOn: null };
    if (!(await updateLead(tx, Object.assign({}, lead, how, won)))) throw changedMeanwhile();
    await tell(deps, tx, actor, {
      archiveId: lead.archiveId,
      type: 'lead',
      id,
      act: 'lead.won',
      detail: { number: lead.number },
    });
    return accessionId;
  });
}

/** Notes a visit, a call, a letter. @throws Refusal lead.notFound, accession.needed, actor.forbidden */
export function noteLeadContact(
  deps: AccessionDeps,
  actor: Actor,
  leadId: string,
  input: ContactInput,
): Promise<void> {
  const contact = readContact(deps, actor, input);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const { archiveId } = await writableLead(tx, actor, leadId);
    await insertContact(tx, Object.assign({ archiveId, sourceId: null, leadId }, contact));
  });
}

/** @throws Refusal lead.notFound */
export async function readableLead(tx: Tx, actor: Actor, id: string, lock = false): Promise<Lead> {
  const lead = await leadById(tx, id, lock);
  if (!lead) throw noLead();
  demandRead(actor, lead.archiveId, noLead());
  return lead;
}

async function writableLead(tx: Tx, actor: Actor, id: string): Promise<Lead> {
  const lead = await readableLead(tx, actor, id, true);
  demandWrite(actor, lead.archiveId, noLead());
  return lead;
}
