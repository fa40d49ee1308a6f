import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';

const HELD_FONDS = 'K021';
const HOLD = { reason: '校舍产权纠纷取证', basis: '石桥县人民法院调查令（2026）云0121调令7号' };
const TITLE = '定期30年期满文书档案';

/** A fonds held back for a lawsuit, and a list of what is due that one of two has agreed to. */
export async function proposeDestruction(house: CliHouse, archive: SampleArchive): Promise<void> {
  const { disposals, holdings } = house;
  const custodian = await house.identity.actorNamed('custody');
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const fonds = (await holdings.fondsList(custodian, { archiveId, q: HELD_FONDS, limit: 1 })).items[0];
  const holds = await disposals.legalHolds(custodian, { archiveId, ended: false, limit: 50 });
  if (fonds && !holds.items.some((h) => h.fondsId === fonds.id))
    await disposals.setLegalHold(custodian, { archiveId, fondsId: fonds.id, ...HOLD });
  const lists = await disposals.disposals(custodian, { archiveId, limit: 50 });
  if (lists.items.some(({ disposal }) => disposal.title === TITLE)) return;
  const id = await disposals.propose(custodian, {
    archiveId,
    filter: { retention: 'D30' },
    title: TITLE,
    leaveOut: true,
    reason: '保管期满，经鉴定无继续保存价值',
    basis: '石桥县档案馆档案鉴定委员会 2026 年第 3 次会议意见',
    appraisal: '逐件核对，内容均有上级或永久保管档案可查。',
  });
  // Everybody of the sample is there in person.
  const director = { ...(await house.identity.actorNamed('director')), authenticatedAt: new Date() };
  await disposals.decide(director, id, 'agreed', '同意销毁');
}
