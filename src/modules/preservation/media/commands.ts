import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { estimatePlan, type PlanEstimate } from './candidates.ts';
import type { MediaDeps } from './deps.ts';
import { MEDIUM_KINDS, type MediumKind } from './domain/due.ts';
import { roomOf } from './domain/packing.ts';
import { mediumFolder } from './places.ts';
import { PLAN_JOB } from './plan.ts';
import {
  changeMedium,
  insertMedia,
  insertMove,
  type Medium,
  type MediumCondition,
  mediumById,
  mediumPage,
} from './store/media.ts';
import { closePlan, insertPlan, nextPlanNumber, type PlanChoice, planById, planPage } from './store/plans.ts';
import { TEST_JOB } from './testMedium.ts';
import { WRITE_JOB } from './write.ts';

export const noPlan = () => new Refusal('mediaPlan.notFound', 'There is no such plan.');
export const noMedium = () => new Refusal('medium.notFound', 'There is no such medium.');
const said = (text: string) => {
  const words = text.trim();
  if (!words) throw new Refusal('medium.reason', 'Say why, or where.');
  return words;
};
const wrong = (why: string) => new Refusal('medium.wrongState', why);

export interface NewPlan {
  archiveId: string;
  title: string;
  kind: string;
  /** Bytes of one medium, as its maker names them. */
  mediumBytes: number;
  /** Of one fonds, or of the years its entries were formed in; without them of all that no medium holds yet. */
  fondsId?: string | null | undefined;
  yearFrom?: number | null | undefined;
  yearTo?: number | null | undefined;
}

/** What a plan is of. @throws Refusal fonds.notFound for one of another archive, media.years */
async function choiceOf(deps: MediaDeps, actor: Actor, p: NewPlan): Promise<PlanChoice> {
  const { fondsId = null, yearFrom = null, yearTo = null } = p;
  if (fondsId !== null && (await deps.holdings.fonds(actor, fondsId)).archiveId !== p.archiveId)
    throw new Refusal('fonds.notFound', 'There is no such fonds.');
  if (yearFrom !== null && yearTo !== null && yearFrom > yearTo)
    throw new Refusal('media.years', 'The first year is later than the last.');
  return { fondsId, yearFrom, yearTo };
}

function demandPlan(actor: Actor, p: NewPlan): MediumKind {
  demand(
    actor,
    'preservation.manage',
    p.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  const kind = MEDIUM_KINDS.find((k): k is MediumKind => k === p.kind);
  if (!kind || roomOf(p.mediumBytes) === 0)
    throw new Refusal('media.size', 'Name the kind of medium and a size that holds something.');
  return kind;
}

/** What a plan would come to. @throws Refusal archive.notFound, fonds.notFound, media.* */
export async function estimateMedia(
  deps: MediaDeps,
  actor: Actor,
  p: Omit<NewPlan, 'title'>,
): Promise<PlanEstimate> {
  demandPlan(actor, { ...p, title: '' });
  const choice = await choiceOf(deps, actor, { ...p, title: '' });
  return deps.db.as(scopeOf(actor), (tx) =>
    estimatePlan(deps, tx, { ...choice, archiveId: p.archiveId, mediumBytes: p.mediumBytes }),
  );
}

/** Plans the next media of an archive: a job packs what no medium holds yet. @throws Refusal archive.notFound, media.* */
export async function makePlan(deps: MediaDeps, actor: Actor, p: NewPlan): Promise<string> {
  const kind = demandPlan(actor, p);
  const title = said(p.title);
  const choice = await choiceOf(deps, actor, p);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const running = (await planPage(tx, { archiveId: p.archiveId, limit: 20 })).some(
      (x) => x.state === 'planning',
    );
    if (running) throw new Refusal('mediaPlan.wrongState', 'A plan of this archive is being made already.');
    const archive = (await deps.holdings.archives()).find((a) => a.id === p.archiveId);
    if (!archive) throw new Refusal('archive.notFound', 'There is no such archive.');
    const at = deps.clock.now();
    const year = Number(dayIn(at, deps.timeZone).slice(0, 4));
    const n = await nextPlanNumber(tx, p.archiveId, year);
    const number = `${archive.code}-M-${year}-${String(n).padStart(4, '0')}`;
    const id = deps.newId();
    const jobId = await deps.jobs.enqueue(
      tx,
      PLAN_JOB,
      { id },
      { archiveId: p.archiveId, title: number, createdBy: actor.id },
    );
    await insertPlan(tx, {
      id,
      archiveId: p.archiveId,
      number,
      title,
      kind,
      mediumBytes: p.mediumBytes,
      jobId,
      ...choice,
      madeBy: actor.name,
      madeAt: at,
    });
    return id;
  });
}

/** Gives a plan up of which nothing was written; its objects are free for the next. @throws Refusal mediaPlan.* */
export function giveUpPlan(deps: MediaDeps, actor: Actor, id: string, reason: string): Promise<void> {
  const why = said(reason);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const plan = await planById(tx, id, true);
    if (!plan) throw noPlan();
    demand(actor, 'preservation.manage', plan.archiveId, noPlan(), 'whole');
    const begun = await anyBegun(tx, id);
    if (plan.state !== 'planned' || begun)
      throw new Refusal('mediaPlan.wrongState', 'Only a plan of which nothing was written can be given up.');
    await closePlan(tx, { ...plan, state: 'givenUp' });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: plan.archiveId,
      act: 'media.givenUp',
      target: { type: 'mediaPlan', id },
      detail: { number: plan.number, reason: why },
    });
  });
}

async function anyBegun(tx: Tx, planId: string): Promise<boolean> {
  for (let after = ''; ; ) {
    const media = await mediumPage(tx, { planId, after, limit: 200 });
    if (media.length === 0) return false;
    if (media.some((m) => m.state !== 'planned')) return true;
    after = media.at(-1)!.number;
  }
}

/** Reads a medium to change it. */
async function locked(tx: Tx, actor: Actor, id: string): Promise<Medium> {
  const medium = await mediumById(tx, id, true);
  if (!medium) throw noMedium();
  demand(actor, 'preservation.manage', medium.archiveId, noMedium(), 'whole');
  return medium;
}

/** Has a medium written into a folder. A broken-off writing is taken up again. @throws Refusal medium.*, media.folder */
export async function writeMedium(
  deps: MediaDeps,
  actor: Actor,
  id: string,
  folder: string,
): Promise<string> {
  const into = await mediumFolder(deps.folders, folder);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const medium = await locked(tx, actor, id);
    const plan = await planById(tx, medium.planId);
    if (!['planned', 'writing'].includes(medium.state) || plan?.state !== 'planned')
      throw wrong('This medium was written already, or its plan was given up.');
    const by = { id: actor.id, name: actor.name };
    const jobId = await deps.jobs.enqueue(
      tx,
      WRITE_JOB,
      { id, folder: into, by },
      { archiveId: medium.archiveId, title: medium.number, createdBy: actor.id },
    );
    await changeMedium(tx, id, { state: 'writing', jobId, trouble: null });
    return jobId;
  });
}

/** Puts a medium in its place, or in another: a line in its movements. @throws Refusal medium.* */
export function moveMedium(
  deps: MediaDeps,
  actor: Actor,
  id: string,
  to: { place: string; reason: string; condition?: MediumCondition | undefined },
): Promise<void> {
  const [place, reason] = [said(to.place), said(to.reason)];
  return deps.db.as(scopeOf(actor), async (tx) => {
    const medium = await locked(tx, actor, id);
    if (!['written', 'inPlace', 'replaced', 'withdrawn'].includes(medium.state))
      throw wrong('Only a medium that was written has a place.');
    const at = deps.clock.now();
    await insertMove(tx, medium, {
      id: deps.newId(),
      at,
      byName: actor.name,
      fromPlace: medium.place,
      toPlace: place,
      reason,
    });
    await changeMedium(tx, id, {
      place,
      ...(medium.state === 'written' ? { state: 'inPlace' as const } : {}),
      ...(to.condition ? { condition: to.condition } : {}),
    });
    // A new medium that took an old one's place: the old one is kept for some years more.
    if (medium.state === 'written' && medium.replaces) {
      const until = new Date(at);
      until.setUTCFullYear(until.getUTCFullYear() + deps.rules.keepYears);
      await changeMedium(tx, medium.replaces, { state: 'replaced', keepUntil: dayIn(until, deps.timeZone) });
    }
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: medium.archiveId,
      act: 'medium.moved',
      target: { type: 'medium', id },
      detail: { number: medium.number, from: medium.place, to: place, reason },
    });
  });
}

/** Has a medium tested that was fetched and mounted. @throws Refusal medium.*, media.folder */
export async function testMedium(
  deps: MediaDeps,
  actor: Actor,
  id: string,
  o: { folder: string; scope: 'sample' | 'all' },
): Promise<string> {
  const folder = await mediumFolder(deps.folders, o.folder);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const medium = await locked(tx, actor, id);
    if (!['written', 'inPlace', 'replaced'].includes(medium.state))
      throw wrong('Only a medium that is kept is tested.');
    const by = { id: actor.id, name: actor.name };
    const jobId = await deps.jobs.enqueue(
      tx,
      TEST_JOB,
      { id, folder, scope: o.scope, by },
      { archiveId: medium.archiveId, title: medium.number, createdBy: actor.id },
    );
    await changeMedium(tx, id, { jobId });
    return jobId;
  });
}

/** Plans a medium that takes another's place, with the same objects. @throws Refusal medium.* */
export function migrateMedium(deps: MediaDeps, actor: Actor, id: string, kind: string): Promise<string> {
  const to = MEDIUM_KINDS.find((k): k is MediumKind => k === kind);
  if (!to) throw new Refusal('media.size', 'Name the kind of the new medium.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const old = await locked(tx, actor, id);
    if (!['written', 'inPlace', 'replaced', 'withdrawn', 'destroyed'].includes(old.state))
      throw wrong('Only a medium that was written is migrated.');
    const base = old.number.replace(/R\d+$/, '');
    const round = Number(/R(\d+)$/.exec(old.number)?.[1] ?? 0) + 1;
    const next = deps.newId();
    const number = `${base}R${round}`;
    await insertMedia(tx, [
      {
        id: next,
        planId: old.planId,
        archiveId: old.archiveId,
        number,
        purpose: old.purpose,
        mediumNo: old.mediumNo,
        kind: to,
        objects: old.objects,
        bytes: old.bytes,
        replaces: old.id,
      },
    ]);
    if (!(await mediumById(tx, next))) throw wrong('A medium that takes its place is planned already.');
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: old.archiveId,
      act: 'medium.migrated',
      target: { type: 'medium', id },
      detail: { number: old.number, to: number, kind: to },
    });
    return next;
  });
}

/**
 * Takes a medium out of its place, or notes that it was destroyed. One another has replaced is kept until its day.
 *
 * @throws Refusal medium.notFound, medium.wrongState, medium.keep
 */
export function endMedium(
  deps: MediaDeps,
  actor: Actor,
  id: string,
  o: { how: 'withdrawn' | 'destroyed'; reason: string },
): Promise<void> {
  const reason = said(o.reason);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const medium = await locked(tx, actor, id);
    if (['planned', 'destroyed'].includes(medium.state))
      throw wrong('There is no such medium to be taken away.');
    const today = dayIn(deps.clock.now(), deps.timeZone);
    if (o.how === 'destroyed' && medium.keepUntil && today < medium.keepUntil)
      throw new Refusal('medium.keep', `This medium is kept until ${medium.keepUntil}.`, {
        until: medium.keepUntil,
      });
    await changeMedium(tx, id, { state: o.how, endedReason: reason });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: medium.archiveId,
      act: o.how === 'withdrawn' ? 'medium.withdrawn' : 'medium.destroyed',
      target: { type: 'medium', id },
      detail: { number: medium.number, reason },
    });
  });
}
