import { isRefusal } from '#kernel/errors';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';

/** The agency of the sample that has people, and one that has none: its papers are entered at the command line. */
const STAFFED = 'J001';
const UNSTAFFED = 'J012';
const SINCE = '2021-01-01';

/** Retention schedules: one in force for five years, its next version drafted, and one that waits for the archive. */
export async function draftSchedules(house: CliHouse, archive: SampleArchive): Promise<void> {
  const { filing, holdings, identity, actor } = house;
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const agencies = await holdings.agenciesIn(archiveId);
  const [staffed, unstaffed] = [STAFFED, UNSTAFFED].map((code) => agencies.find((a) => a.code === code));
  if (!staffed || !unstaffed) return;
  const clerk = await identity.actorNamed('agency-clerk');
  const officer = await identity.actorNamed('agency-officer');
  const supervisor = await identity.actorNamed('supervision');
  const known = await filing.schedules(actor, { archiveId, limit: 50, cursor: undefined });
  const of = (agencyId: string) => known.items.filter((s) => s.agencyId === agencyId);

  if (of(staffed.id).length === 0) {
    const id = await filing.draftSchedule(clerk, {
      archiveId,
      agencyId: staffed.id,
      title: `${staffed.name}归档范围和保管期限表（2021年）`,
      template: 'government',
    });
    await filing.submitSchedule(officer, id);
    await filing.approveSchedule(supervisor, id, { inForceFrom: SINCE, note: '同意，按此执行。' });
  }
  if (of(staffed.id).length < 2) await revise(house, archiveId, staffed);
  if (of(unstaffed.id).length === 0) {
    const id = await filing.draftSchedule(actor, {
      archiveId,
      agencyId: unstaffed.id,
      title: `${unstaffed.name}归档范围和保管期限表（2026年）`,
      template: 'civil-affairs',
    });
    await filing.submitSchedule(actor, id);
    const { lines } = await filing.schedule(supervisor, id);
    const line = lines.find((l) => l.matter.includes('最低生活保障'));
    const text = '低保审批名册关系群众切身利益，请考虑改为永久。';
    if (line)
      await filing.remark(supervisor, {
        about: 'scheduleLine',
        aboutId: id,
        lineKey: line.key,
        kind: 'comment',
        text,
      });
  }
}

/** The next version, with a line of its own and one whose period is longer than before. */
async function revise(
  house: CliHouse,
  archiveId: string,
  agency: { id: string; name: string },
): Promise<void> {
  const { filing, identity } = house;
  const clerk = await identity.actorNamed('agency-clerk');
  try {
    const id = await filing.draftSchedule(clerk, {
      archiveId,
      agencyId: agency.id,
      title: `${agency.name}归档范围和保管期限表（2026年修订）`,
    });
    const { schedule, lines } = await filing.schedule(clerk, id);
    const changed = lines.map((l) => (l.matter.includes('信访') ? { ...l, retention: 'Y' } : l));
    const added = {
      classCode: 'YW',
      className: '主管业务',
      matter: '数字政府建设的规划、方案、验收材料',
      retention: 'Y',
      keywords: ['数字政府', '政务云'],
    };
    await filing.writeLines(clerk, id, { version: schedule.version, lines: [...changed, added] });
  } catch (e) {
    if (!isRefusal(e) || e.code !== 'schedule.duplicate') throw e;
  }
}
