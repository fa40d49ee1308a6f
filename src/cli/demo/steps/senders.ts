import { isRefusal } from '#kernel/errors';
import type { SettingsInput } from '#modules/intake';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';
import { AGENCY } from './filedYear.ts';

const SETTINGS: Omit<SettingsInput, 'name'> = {
  vendor: '示例软件 3.2',
  sends: ['records'],
  categories: ['WS'],
  dayItems: 2_000,
  dayBytes: 2_000_000_000,
  totalItems: null,
  totalBytes: null,
  addresses: null,
  validUntil: null,
  onward: 'prepare',
  drop: false,
};

const TITLES = ['关于报送年度工作要点的通知', '县政府第三次常务会议纪要', '关于农村公路养护经费的批复'];

/** An office system that was let in and has sent, and one the archive has still to agree to. A second call makes nothing twice. */
export async function letSystemsIn(house: CliHouse, archive: SampleArchive): Promise<void> {
  const { holdings, identity, intake } = house;
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const agency = (await holdings.agenciesIn(archiveId)).find((a) => a.code === AGENCY);
  if (!agency) return;
  const of = { archiveId, agencyId: agency.id };
  // Making a token asks for somebody who has just signed in.
  const officer = { ...(await identity.actorNamed('agency-officer')), authenticatedAt: new Date() };
  const known = (await intake.systems(officer, { ...of, cursor: undefined, limit: 50 })).items;
  const named = (name: string) => known.some((s) => s.settings.name === name);

  if (!named('协同办公系统')) {
    const id = await intake.register(officer, of, { ...SETTINGS, name: '协同办公系统' });
    const director = await identity.actorNamed('director');
    await intake.decide(director, id, { agreed: true, note: '同意接入', version: 1 });
    // Its token is for this call alone; who tries it out makes one of their own on the system's page.
    const from = { address: '' };
    const { id: tokenId, secret } = await intake.createToken(officer, id, { name: '示例', days: 1 }, from);
    const system = await identity.actorOf(secret);
    if (system) await send(house, system);
    await intake.revokeToken(officer, { id, tokenId }, from);
  }
  if (!named('行政审批系统'))
    await intake.register(officer, of, { ...SETTINGS, name: '行政审批系统', vendor: '示例软件 1.0' });
}

/** Three records with their texts, and one that is refused for what it lacks. */
async function send({ intake }: CliHouse, system: Parameters<CliHouse['intake']['send']>[0]): Promise<void> {
  const year = new Date().getFullYear();
  const order = (senderId: string, title: string, n: number) => ({
    senderId,
    way: 'api' as const,
    language: 'zh-CN' as const,
    said: {
      metadata: {
        title,
        docNo: `石政办〔${year}〕${20 + n}号`,
        date: `${year}0${n}15`,
        creator: '石桥县人民政府办公室',
        pages: n + 1,
      },
      files: [
        { name: `${title}.txt`, content: Buffer.from(`${title}\n\n（正文）`, 'utf8').toString('base64') },
      ],
    },
  });
  for (const [i, title] of TITLES.entries())
    await intake.send(system, order(`OA-${year}-${String(i + 1).padStart(4, '0')}`, title, i + 1));
  try {
    await intake.send(system, order(`OA-${year}-0004`, '', 4));
  } catch (e) {
    if (!isRefusal(e)) throw e;
  }
}
