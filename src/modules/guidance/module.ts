import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import {
  acknowledge,
  issueNotice,
  type NewNotice,
  openNoticeFile,
  readNoticeOf,
  remind,
  remindByClock,
  withdrawNotice,
} from './commands/notices.ts';
import type { GuidanceDeps } from './deps.ts';
import { type DueWanted, dueByAgency, dueForHand, dueList } from './queries/due.ts';
import { contentsInUse, dueOfNotices, noticePage } from './store/notices.ts';

export type Guidance = ReturnType<typeof createGuidance>;

/** What an archive tells the agencies that give it their records, and what is due on either side. */
export function createGuidance(given: GuidanceDeps) {
  const deps: GuidanceDeps = { ...given, due: [...given.due, dueOfNotices] };
  return {
    issue: (actor: Actor, input: NewNotice) => issueNotice(deps, actor, input),
    notice: (actor: Actor, id: string) => readNoticeOf(deps, actor, id),
    async notices(
      actor: Actor,
      o: Omit<Parameters<typeof noticePage>[1], 'before'> & { cursor: string | undefined },
    ) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        noticePage(tx, { ...o, before, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    acknowledge: (actor: Actor, id: string, o: Parameters<typeof acknowledge>[3]) =>
      acknowledge(deps, actor, id, o),
    remind: (actor: Actor, id: string) => remind(deps, actor, id),
    withdraw: (actor: Actor, id: string, reason: string) => withdrawNotice(deps, actor, id, reason),
    openFile: (actor: Actor, id: string, fileId: string) => openNoticeFile(deps, actor, id, fileId),
    due: (actor: Actor, o: DueWanted) => dueList(deps, actor, o),
    dueByAgency: (actor: Actor, o: Parameters<typeof dueByAgency>[2]) => dueByAgency(deps, actor, o),
    /** What waits for this person's own hand. */
    waiting: (actor: Actor, limit: number) => dueForHand(deps, actor, limit),
    /** For the clock of the house: reminders, and contents no notice has any more. */
    async tidy(): Promise<void> {
      await remindByClock(deps);
      await deps.content.sweep((some) => contentsInUse(deps.db.owner, some), deps.clock.now());
    },
  };
}
