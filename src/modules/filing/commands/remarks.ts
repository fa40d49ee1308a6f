import { type Actor, type AgencyOf, auditActor, canFor, demandFor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { sideOf } from '../domain/side.ts';
import { linesOf } from '../store/lines.ts';
import {
  type About,
  insertRemark,
  type Remark,
  type RemarkKind,
  remarkById,
  remarksAbout,
  settleRemark,
  unsettled,
} from '../store/remarks.ts';
import { scheduleById } from '../store/schedules.ts';
import { agencyOf } from './agencies.ts';
import { needed, noAgency, noRemark, noSchedule } from './refusals.ts';

export interface NewRemark {
  about: About;
  aboutId: string;
  lineKey?: string | undefined;
  /** The archive of an agency that is meant itself. */
  archiveId?: string | undefined;
  kind: Exclude<RemarkKind, 'answer'>;
  text: string;
}

/** What things other than schedules a remark may be about, and in which words; undefined where the asker sees none. */
export type Things = (
  tx: Tx,
  about: 'record' | 'batch',
  id: string,
) => Promise<(AgencyOf & { label: string }) | undefined>;

const MOST_LETTERS = 4_000;

/**
 * Says something about a schedule, a line of it, a record, a batch or to an agency, for the other side.
 *
 * @throws Refusal `remark.empty`, `remark.tooLong`, `schedule.notFound`, `remark.notFound`
 * @returns its id
 */
export function makeRemark(
  deps: FilingDeps,
  things: Things,
  actor: Actor,
  input: NewRemark,
): Promise<string> {
  const text = readText(input.text);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const { archiveId, agencyId, label } = await thingOf(deps, things, tx, actor, input);
    const id = deps.newId();
    await insertRemark(tx, {
      id,
      archiveId,
      agencyId,
      about: input.about,
      aboutId: input.aboutId,
      lineKey: input.lineKey ?? null,
      label,
      kind: input.kind,
      replyTo: null,
      side: sideOf(actor, { archiveId, agencyId }),
      text,
      byId: actor.id,
      byName: actor.name,
      at: deps.clock.now(),
    });
    await tell(deps, tx, actor, archiveId, 'remark.made', id, { about: input.about, name: label });
    return id;
  });
}

async function thingOf(
  deps: FilingDeps,
  things: Things,
  tx: Tx,
  actor: Actor,
  { about, aboutId, lineKey, archiveId }: NewRemark,
): Promise<AgencyOf & { label: string }> {
  if (about === 'agency') {
    const of = { archiveId: archiveId ?? '', agencyId: aboutId };
    const { name } = await agencyOf(deps, actor, of);
    demandSpeaking(actor, of, noAgency());
    return { archiveId: of.archiveId, agencyId: of.agencyId, label: name };
  }
  if (about === 'record' || about === 'batch') {
    const thing = await things(tx, about, aboutId);
    if (!thing) throw noRemark();
    demandSpeaking(actor, thing, noRemark());
    return thing;
  }
  const schedule = await scheduleById(tx, aboutId);
  if (!schedule) throw noSchedule();
  demandSpeaking(actor, schedule, noSchedule());
  const of = { archiveId: schedule.archiveId, agencyId: schedule.agencyId };
  if (about === 'schedule') return { archiveId: of.archiveId, agencyId: of.agencyId, label: schedule.title };
  const line = (await linesOf(tx, aboutId)).find((l) => l.key === lineKey);
  if (!line) throw new Refusal('schedule.noLine', 'There is no such line in this schedule.');
  return { archiveId: of.archiveId, agencyId: of.agencyId, label: `${line.number} ${line.matter}` };
}

/** In the agency's name who enters or confirms there; in the archive's who looks after agencies or receives from them. */
function demandSpeaking(actor: Actor, of: AgencyOf, hidden: Refusal): void {
  const may =
    sideOf(actor, of) === 'agency'
      ? canFor(actor, 'filing.write', of) || canFor(actor, 'filing.approve', of)
      : canFor(actor, 'schedule.approve', of) || canFor(actor, 'transfer.receive', of);
  if (!may) demandFor(actor, 'schedule.approve', of, hidden);
}

/** Answers a remark; a question is settled by the other side's answer. @throws Refusal remark.notFound, remark.empty */
export function answerRemark(deps: FilingDeps, actor: Actor, id: string, words: string): Promise<string> {
  const text = readText(words);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const asked = await remarkById(tx, id);
    if (!asked || asked.replyTo !== null) throw noRemark();
    demandSpeaking(actor, asked, noRemark());
    const side = sideOf(actor, asked);
    const answer = deps.newId();
    const at = deps.clock.now();
    const { archiveId, agencyId, about, aboutId, lineKey, label } = asked;
    await insertRemark(tx, {
      id: answer,
      archiveId,
      agencyId,
      about,
      aboutId,
      lineKey,
      label,
      kind: 'answer',
      replyTo: id,
      side,
      text,
      byId: actor.id,
      byName: actor.name,
      at,
    });
    if (asked.kind === 'question' && side !== asked.side)
      await settleRemark(tx, id, { at, byName: actor.name });
    await tell(deps, tx, actor, archiveId, 'remark.answered', id, { about, name: label });
    return answer;
  });
}

/** Notes that a remark is dealt with: by the side that made it. @throws Refusal remark.notFound, remark.wrongState */
export function settle(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const remark = await remarkById(tx, id);
    if (!remark || remark.replyTo !== null) throw noRemark();
    demandSpeaking(actor, remark, noRemark());
    if (sideOf(actor, remark) !== remark.side)
      throw new Refusal('remark.forbidden', 'Whoever made a remark says when it is dealt with.');
    if (!(await settleRemark(tx, id, { at: deps.clock.now(), byName: actor.name })))
      throw new Refusal('remark.wrongState', 'This is settled already.');
    const { archiveId, about, label } = remark;
    await tell(deps, tx, actor, archiveId, 'remark.settled', id, { about, name: label });
  });
}

/** What was said about a thing, oldest first, as far as the asker sees it. */
export function remarksOn(deps: FilingDeps, actor: Actor, aboutId: string): Promise<Remark[]> {
  return deps.db.as(scopeOf(actor), (tx) => remarksAbout(tx, aboutId, 1_000));
}

/** What still waits for the other side. */
export function waitingRemarks(
  deps: FilingDeps,
  actor: Actor,
  o: Parameters<typeof unsettled>[1],
): Promise<Remark[]> {
  return deps.db.as(scopeOf(actor), (tx) => unsettled(tx, o));
}

function readText(text: string): string {
  const t = needed(text, 'remark.empty', 'There is nothing written.');
  if ([...t].length > MOST_LETTERS)
    throw new Refusal('remark.tooLong', `A remark has at most ${MOST_LETTERS} characters.`, {
      most: MOST_LETTERS,
    });
  return t;
}

function tell(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  archiveId: string,
  act: string,
  id: string,
  detail: Record<string, unknown>,
): Promise<unknown> {
  return deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act,
    target: { type: 'remark', id },
    detail,
  });
}
