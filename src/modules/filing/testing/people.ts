import type { Actor, Capability } from '#kernel/actor';
import { publicActor } from '#kernel/actor';
import { newId } from '#kernel/ids';

const CLERK: readonly Capability[] = ['holdings.read', 'filing.read', 'filing.write'];
const OFFICER: readonly Capability[] = [...CLERK, 'content.read', 'filing.approve'];
const SUPERVISOR: readonly Capability[] = ['holdings.read', 'filing.read', 'schedule.approve'];
const RECEIVING: readonly Capability[] = ['holdings.read', 'filing.read', 'transfer.receive'];

function person(
  name: string,
  archiveId: string,
  capabilities: readonly Capability[],
  agencies: string[] | null,
): Actor {
  const set = new Set(capabilities);
  return {
    ...publicActor(),
    kind: 'person',
    id: newId(),
    name,
    today: '2026-03-01',
    rights: new Map([[archiveId, set]]),
    posts: [
      { archiveId, role: 'test', capabilities: set, categories: null, fonds: agencies ? [] : null, agencies },
    ],
  };
}

/** People of an archive and of agencies that give it their records, for tests. */
export const people = (archiveId: string) => ({
  clerk: (agencyId: string, name = '经办') => person(name, archiveId, CLERK, [agencyId]),
  officer: (agencyId: string, name = '主管') => person(name, archiveId, OFFICER, [agencyId]),
  supervisor: (name = '监督') => person(name, archiveId, SUPERVISOR, null),
  receiving: (name = '接收') => person(name, archiveId, RECEIVING, null),
});
