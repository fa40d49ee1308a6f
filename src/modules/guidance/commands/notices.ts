import { type Actor, auditActor, canFor, demandFor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { type AgencyInReach, mayInAgency, sideOf, takeUploads } from '#modules/filing';
import type { GuidanceDeps } from '../deps.ts';
import { type NoticeText, REMIND_AHEAD_DAYS, readNotice } from '../domain/notice.ts';
import {
  insertNotice,
  type Notice,
  type NoticeFile,
  noticeAgencies,
  noticeById,
  noticeFiles,
  remindDue,
  remindOf,
  setAcknowledged,
  setWithdrawn,
} from '../store/notices.ts';

export interface NewNotice extends NoticeText {
  archiveId: string;
  /** null: to all agencies the archive has on that day. */
  agencies: readonly string[] | null;
  uploadIds: readonly string[];
}

const MOST_FILES = 20;
const MOST_AGENCIES = 5_000;
const noNotice = () => new Refusal('notice.notFound', 'There is no such notice.');

/** Who looks after agencies, or receives from them, and has no post in one. */
export const maySpeakFor = (actor: Actor, a: AgencyInReach): boolean =>
  a.side === 'archive' && (canFor(actor, 'schedule.approve', a) || canFor(actor, 'transfer.receive', a));

/**
 * Writes to agencies.
 *
 * @returns its id
 * @throws Refusal `notice.nobody`, `notice.title`, `notice.body`, `notice.dueOn`, `notice.marked`, `notice.tooManyFiles`, `upload.*`,
 *   `record.secret`
 */
export async function issueNotice(deps: GuidanceDeps, actor: Actor, input: NewNotice): Promise<string> {
  const text = readNotice(input, deps.today());
  const { archiveId } = input;
  const reached = (await deps.filing.agencies(actor)).filter(
    (a) => a.archiveId === archiveId && maySpeakFor(actor, a),
  );
  const meant =
    input.agencies === null ? reached : reached.filter((a) => input.agencies?.includes(a.agencyId));
  if (meant.length === 0 || (input.agencies && meant.length !== new Set(input.agencies).size))
    throw new Refusal('notice.nobody', 'Name the agencies this is for; you look after each of them.');
  const files = await takeFiles(deps, actor, archiveId, input.uploadIds);
  const id = deps.newId();
  await deps.db.as(scopeOf(actor), async (tx) => {
    const issuedAt = deps.clock.now();
    const notice = { id, archiveId, ...text, issuedBy: actor.id ?? '', issuedByName: actor.name, issuedAt };
    await insertNotice(tx, notice, meant, files);
    await tell(deps, tx, actor, archiveId, 'notice.issued', id, {
      name: text.title,
      agencies: meant.length,
      files: files.length,
    });
  });
  for (const upload of input.uploadIds) await deps.staging.remove(upload);
  return id;
}

function takeFiles(
  deps: GuidanceDeps,
  actor: Actor,
  archiveId: string,
  uploadIds: readonly string[],
): Promise<NoticeFile[]> {
  if (uploadIds.length > MOST_FILES)
    throw new Refusal('notice.tooManyFiles', `At most ${MOST_FILES} files go with a notice.`, {
      most: MOST_FILES,
    });
  return takeUploads(deps, actor, { archiveId, uploadIds });
}

async function seen(tx: Tx, id: string): Promise<Notice> {
  const notice = await noticeById(tx, id);
  if (!notice) throw noNotice();
  return notice;
}

/** Whether somebody acts for the archive that wrote a notice, to every agency it went to. */
async function mayManage(tx: Tx, actor: Actor, n: Notice): Promise<boolean> {
  const [first] = await noticeAgencies(tx, n.id, 1);
  if (!first) return false;
  const of = { archiveId: n.archiveId, agencyId: first.agencyId };
  return (
    sideOf(actor, of) === 'archive' &&
    (canFor(actor, 'schedule.approve', of) || canFor(actor, 'transfer.receive', of))
  );
}

export interface NoticeView {
  notice: Notice;
  to: Awaited<ReturnType<typeof noticeAgencies>>;
  files: NoticeFile[];
  /** Agencies in whose name the reader could take note of it now. */
  mayAcknowledge: string[];
  mayManage: boolean;
}

/** A notice with whom it went to, as far as the asker sees. @throws Refusal notice.notFound */
export function readNoticeOf(deps: GuidanceDeps, actor: Actor, id: string): Promise<NoticeView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const notice = await seen(tx, id);
    const to = await noticeAgencies(tx, id, MOST_AGENCIES);
    const open = notice.state === 'issued' ? to.filter((t) => t.acknowledgedAt === null) : [];
    return {
      notice,
      to,
      files: await noticeFiles(tx, id),
      mayAcknowledge: open
        .filter((t) => mayAct(actor, { archiveId: notice.archiveId, agencyId: t.agencyId }))
        .map((t) => t.agencyId),
      mayManage: notice.state === 'issued' && (await mayManage(tx, actor, notice)),
    };
  });
}

const mayAct = (actor: Actor, of: { archiveId: string; agencyId: string }): boolean =>
  mayInAgency(actor, 'filing.write', of) || mayInAgency(actor, 'filing.approve', of);

/**
 * An agency takes note of a notice.
 *
 * @throws Refusal notice.notFound, notice.wrongState, actor.forbidden
 */
export function acknowledge(
  deps: GuidanceDeps,
  actor: Actor,
  id: string,
  o: { agencyId: string; note: string },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const notice = await seen(tx, id);
    const of = { archiveId: notice.archiveId, agencyId: o.agencyId };
    if (!mayAct(actor, of)) {
      demandFor(actor, 'filing.read', of, noNotice());
      throw new Refusal('actor.forbidden', 'Only the agency itself takes note of it.');
    }
    if (notice.state !== 'issued') throw new Refusal('notice.wrongState', 'This notice was withdrawn.');
    const note = o.note.trim() || null;
    const noted = await setAcknowledged(tx, {
      noticeId: id,
      agencyId: o.agencyId,
      by: actor.id,
      byName: actor.name,
      at: deps.clock.now(),
      note,
    });
    if (!noted) throw new Refusal('notice.wrongState', 'This was noted already, or was not for this agency.');
    await tell(deps, tx, actor, notice.archiveId, 'notice.acknowledged', id, {
      name: notice.title,
      agency: o.agencyId,
    });
  });
}

/** Reminds the agencies that have not taken note. @throws Refusal notice.notFound, notice.wrongState, actor.forbidden */
export function remind(deps: GuidanceDeps, actor: Actor, id: string): Promise<{ reminded: number }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const notice = await managed(tx, actor, id);
    const reminded = await remindOf(tx, id, deps.clock.now());
    if (reminded > 0)
      await tell(deps, tx, actor, notice.archiveId, 'notice.reminded', id, {
        name: notice.title,
        agencies: reminded,
      });
    return { reminded };
  });
}

/** Withdraws a notice. @throws Refusal notice.notFound, notice.wrongState, notice.reason, actor.forbidden */
export function withdrawNotice(deps: GuidanceDeps, actor: Actor, id: string, reason: string): Promise<void> {
  const why = reason.trim();
  if (why === '') throw new Refusal('notice.reason', 'Say why.', { field: 'reason' });
  return deps.db.as(scopeOf(actor), async (tx) => {
    const notice = await managed(tx, actor, id);
    await setWithdrawn(tx, id, why);
    await tell(deps, tx, actor, notice.archiveId, 'notice.withdrawn', id, {
      name: notice.title,
      reason: why,
    });
  });
}

async function managed(tx: Tx, actor: Actor, id: string): Promise<Notice> {
  const notice = await seen(tx, id);
  if (!(await mayManage(tx, actor, notice)))
    throw new Refusal('actor.forbidden', 'Only the archive that wrote it does this.');
  if (notice.state !== 'issued') throw new Refusal('notice.wrongState', 'This notice was withdrawn.');
  return notice;
}

/** For the clock of the house: reminders that are due. @returns how many notices were reminded of */
export async function remindByClock(deps: GuidanceDeps): Promise<number> {
  return deps.db.system(async (tx) => {
    const { today, timeZone } = { today: deps.today(), timeZone: deps.timeZone };
    const reminded = await remindDue(tx, { today, timeZone, ahead: REMIND_AHEAD_DAYS, at: deps.clock.now() });
    for (const { noticeId, archiveId, title, agencies } of reminded)
      await deps.audit.append(tx, {
        actor: { id: null, name: 'lantai' },
        archiveId,
        act: 'notice.reminded',
        target: { type: 'notice', id: noticeId },
        detail: { name: title, agencies },
      });
    return reminded.length;
  });
}

/** A file that goes with a notice. @throws Refusal notice.notFound */
export async function openNoticeFile(deps: GuidanceDeps, actor: Actor, id: string, fileId: string) {
  const file = await deps.db.as(scopeOf(actor), async (tx) => {
    await seen(tx, id);
    return (await noticeFiles(tx, id)).find((f) => f.id === fileId);
  });
  if (!file) throw noNotice();
  return { file, content: () => deps.content.open(file.sha512) };
}

function tell(
  deps: GuidanceDeps,
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
    target: { type: 'notice', id },
    detail,
  });
}
