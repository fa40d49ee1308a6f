import type { Capability } from '#kernel/actor';
import { personAt } from '../../../../test/support/agencyPeople.ts';

const CLERK: readonly Capability[] = ['holdings.read', 'filing.read', 'filing.write'];
const OFFICER: readonly Capability[] = [...CLERK, 'content.read', 'filing.approve'];
const SUPERVISOR: readonly Capability[] = ['holdings.read', 'filing.read', 'schedule.approve'];
const RECEIVING: readonly Capability[] = ['holdings.read', 'filing.read', 'transfer.receive'];

/** People of an archive and of agencies that give it their records, for tests. */
export const people = (archiveId: string) => ({
  clerk: (agencyId: string, name = '经办') => personAt(archiveId, name, CLERK, [agencyId]),
  officer: (agencyId: string, name = '主管') => personAt(archiveId, name, OFFICER, [agencyId]),
  supervisor: (name = '监督') => personAt(archiveId, name, SUPERVISOR, null),
  receiving: (name = '接收') => personAt(archiveId, name, RECEIVING, null),
});
