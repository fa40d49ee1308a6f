import type { Actor } from '#kernel/actor';
import type { DeskDeps } from './deps.ts';
import { oddEntries, passOddity } from './odd.ts';
import { deskHelp, setDeskHelp } from './settings.ts';
import { suggest, type WritingNow } from './suggest.ts';

export type Desk = ReturnType<typeof createDesk>;

/** Help at the desk: suggestions while an entry is written, and what is odd in entries there are. */
export function createDesk(deps: DeskDeps) {
  return {
    suggest: (actor: Actor, archiveId: string, now: WritingNow) => suggest(deps, actor, archiveId, now),
    oddEntries: (actor: Actor, fondsId: string, o: Parameters<typeof oddEntries>[3]) =>
      oddEntries(deps, actor, fondsId, o),
    passOddity: (actor: Actor, unitId: string, o: Parameters<typeof passOddity>[3]) =>
      passOddity(deps, actor, unitId, o),
    help: (actor: Actor, archiveId: string) => deskHelp(deps, actor, archiveId),
    setHelp: (actor: Actor, archiveId: string, wanted: Parameters<typeof setDeskHelp>[3]) =>
      setDeskHelp(deps, actor, archiveId, wanted),
  };
}
