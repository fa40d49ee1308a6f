import type { Actor } from '#kernel/actor';
import type { NewAccession } from '#modules/accessions';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';

const DAY_MS = 86_400_000;
/** A day so many days from now. */
const day = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Gifts, a purchase somebody has to decide on, a deposit, copies, one that is late, one of which a part came, leads, an accrual. All invented. */
export async function collect(house: CliHouse, archive: SampleArchive): Promise<void> {
  const clerk = await house.identity.actorNamed('receiving');
  const { id: archiveId } = await house.holdings.archiveByCode(archive.code);
  const { accessions } = house;
  if (
    (await accessions.sources(clerk, { archiveId, q: undefined, cursor: undefined, limit: 1 })).items.length >
    0
  )
    return;
  const enter = (a: Omit<NewAccession, 'archiveId'>) =>
    accessions.register(clerk, Object.assign({ archiveId }, a));
  const shen = await accessions.addSource(clerk, {
    archiveId, kind: 'family', name: '沈伯安先生家属', wishes: '原件不外借；展出时注明“沈伯安先生家属捐赠”。',
    data: { telephone: '13900000017', address: '石桥县白鹭街道17号', contact: '沈女士' },
  }); // biome-ignore format: a table
  await accessions.noteContact(clerk, shen, {
    how: 'visit',
    words: '登门清点家书，家属愿全部捐赠。',
    day: day(-60),
  });
  await give(house, clerk, await enter({
    way: 'donation', title: '沈伯安家书及手稿', description: '1937年至1949年家书、教案手稿。', sourceId: shen, dateFrom: '1937', dateTo: '1949',
    promised: { items: 126 }, came: { day: day(-40), extent: { items: 126, boxes: 3 } }, creditLine: '沈伯安先生家属捐赠', location: '二库三列五层',
  }), shen, archive.name); // biome-ignore format: a table
  await enter({
    way: 'purchase', title: '民国茶行契约与账簿', description: '红契12件、流水账24册。', sourceName: '老街旧书店', dateFrom: '1912', dateTo: '1936',
    price: { amount: '18600', currency: 'CNY' }, came: { day: day(-12), extent: { items: 12, volumes: 24 } },
  }).then(async (id) => {
    await accessions.addOpinion(clerk, id, { expert: '省档案馆鉴定组', words: '纸墨、印鉴相符，为当时原件。', value: { amount: '20000', currency: 'CNY' } });
    await accessions.act(clerk, id, { act: 'propose', verdict: 'whole', reason: '补本县茶业档案之缺' });
  }); // biome-ignore format: a table
  await enter({
    way: 'donation', title: '县文工团老照片', description: '演出与下乡照片。', sourceName: '文工团老团员联谊会', dateFrom: '1956', dateTo: '1966',
    promised: { boxes: 50 }, dueOn: day(-45), came: { day: day(-50), extent: { boxes: 30 } },
  }); // biome-ignore format: a table
  await enter({
    way: 'donation',
    title: '退休教师日记',
    sourceName: '第一中学校友会',
    promised: { volumes: 9 },
    dueOn: day(-18),
  });
  await enter({
    way: 'deposit', title: '顾氏族谱', sourceName: '顾氏宗亲会', endsOn: day(25), accessTerms: '查阅须经宗亲会同意',
    came: { day: day(-700), extent: { volumes: 6 } },
  }); // biome-ignore format: a table
  await enter({
    way: 'copy', title: '县志稿本复制件', sourceName: '省图书馆', originalHolder: '省图书馆', originalCode: '善1932-07', came: { day: day(-90), extent: { pages: 412, gigabytes: 3.2 } },
  }); // biome-ignore format: a table
  await accessions.addAccrual(clerk, {
    archiveId, title: '《石桥日报》合订本', way: 'donation', sourceName: '县融媒体中心', months: 12, nextOn: day(-5),
  }); // biome-ignore format: a table
  await accessions.addLead(clerk, {
    archiveId, title: '老茶厂设备图纸', holder: '茶厂退休工程师', way: 'donation', worth: 'high', state: 'talking', nextStep: '带清单登门', nextOn: day(6),
  }); // biome-ignore format: a table
}

/** A gift goes its whole way: signed, accepted, certified. */
async function give(
  { accessions }: CliHouse,
  clerk: Actor,
  id: string,
  sourceId: string,
  ourParty: string,
): Promise<void> {
  await accessions.addDeed(clerk, id, {
    kind: 'gift', signedOn: day(-42), ourParty, theirParty: '沈伯安先生家属', propertyPasses: true, rights: '著作权由家属保留，本馆可用于研究和展览。', uploadIds: [],
  }); // biome-ignore format: a table
  await accessions.act(clerk, id, { act: 'accept' });
  await accessions.giveHonour(clerk, sourceId, {
    kind: 'gift', accessionId: id, issuedOn: day(-30), words: '承蒙惠赠“沈伯安家书及手稿”126件，已由本馆永久珍藏。谨致谢忱，特颁此证。',
  }); // biome-ignore format: a table
}
