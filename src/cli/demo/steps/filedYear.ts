import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CliHouse } from '../../house.ts';
import type { SampleArchive } from '../network/archives.ts';

export const AGENCY = 'J001';
export const LAST = new Date().getFullYear() - 1;

interface SampleRecord {
  title: string;
  no: string;
  date: string;
  genre: string;
  pages: number;
  /** What its file says; none: it has no file yet. */
  text: string | null;
}

const record = (title: string, no: string, date: string, genre: string, pages: number, text: string | null): SampleRecord => ({ title, no, date, genre, pages, text }); // biome-ignore format: a row

/** What the sample's agency files of a year; whoever is named in it is invented. */
const recordsOf = (year: number): SampleRecord[] => [
  record('关于成立石桥县数字政府建设领导小组的通知', `石政办〔${year}〕3号`, `${year}0118`, '通知', 3, '各乡镇人民政府，县直各单位：\n为加快数字政府建设，决定成立领导小组。\n'),
  record(`石桥县人民政府办公室${year}年工作总结`, `石政办〔${year}〕41号`, `${year}1220`, '报告', 12, '一年来，办公室围绕中心、服务大局，较好完成各项工作。\n'),
  record('关于柳林镇请求修建防洪堤的批复', `石政办函〔${year}〕9号`, `${year}0302`, '批复', 2, '柳林镇人民政府：\n你镇来文收悉。经研究，同意修建防洪堤一期工程。\n'),
  record('柳林镇关于修建防洪堤的请示', `柳政〔${year}〕5号`, `${year}0220`, '请示', 4, '县人民政府：\n我镇沿河三村地势低洼，汛期险情不断，请求修建防洪堤。\n'),
  record('关于做好春季森林防火工作的通知', `石政办〔${year}〕11号`, `${year}0310`, '通知', 5, '各乡镇人民政府：\n春季气候干燥，森林火险等级升高，现就有关工作通知如下。\n'),
  record(`县政府办公会议纪要（${year}年第6次）`, `石政阅〔${year}〕6号`, `${year}0611`, '纪要', 6, '会议研究了城关镇供水管网改造等三项议题。\n'),
  record('关于信访人反映拆迁补偿问题的答复', `石信〔${year}〕27号`, `${year}0905`, '函', 3, '您反映的拆迁补偿问题，经核查，答复如下。\n'),
]; // biome-ignore format: a table

/** An agency's records: those of the last two years filed, with a reply and its request as one item; this year's as they come. */
export async function fileYear(house: CliHouse, archive: SampleArchive, scratch: string): Promise<void> {
  const { filing, holdings, identity } = house;
  const { id: archiveId } = await holdings.archiveByCode(archive.code);
  const agency = (await holdings.agenciesIn(archiveId)).find((a) => a.code === AGENCY);
  if (!agency) return;
  const clerk = await identity.actorNamed('agency-clerk');
  const officer = await identity.actorNamed('agency-officer');
  const folder = join(scratch, 'filing');
  await mkdir(folder, { recursive: true });
  for (const year of [LAST - 1, LAST, LAST + 1]) {
    const of = { archiveId, agencyId: agency.id, year };
    const there = await filing.records(clerk, { agencyId: agency.id, year, limit: 1, cursor: undefined });
    if (there.items.length > 0) continue;
    const ids = await register(
      house,
      of,
      year <= LAST ? recordsOf(year) : recordsOf(year).slice(0, 5),
      folder,
    );
    if (year > LAST) continue;
    const [, , reply, request] = ids;
    if (reply && request) await filing.group(clerk, reply, [{ id: request, part: 'incoming' }]);
    await filing.classifyAsSuggested(clerk, ids);
    for (const r of (
      await filing.records(clerk, { agencyId: agency.id, year, limit: 200, cursor: undefined })
    ).items)
      if (r.retention === null)
        await filing.classify(clerk, [r.id], { retention: 'D30', classCode: 'XZ', className: '行政综合' });
    await filing.number(clerk, of, { order: 'date', again: true });
    const id = await filing.prepareFiling(clerk, of, { note: '其余条目本年没有形成文件。' });
    await filing.confirmFiling(officer, id);
  }
}

async function register(
  { filing, identity }: CliHouse,
  of: { archiveId: string; agencyId: string; year: number },
  records: readonly SampleRecord[],
  folder: string,
): Promise<string[]> {
  const clerk = await identity.actorNamed('agency-clerk');
  const ids: string[] = [];
  for (const { title, no, date, genre, pages, text } of records) {
    const { id } = await filing.register(clerk, of, {
      title,
      docNo: no,
      date,
      pages,
      creator: no.startsWith('柳') ? '柳林镇人民政府' : '石桥县人民政府办公室',
      description: { genre },
    });
    ids.push(id);
    if (text === null) continue;
    const path = join(folder, `${id}.txt`);
    await writeFile(path, `${title}\n${no}\n\n${text}`);
    await filing.attachLocal(clerk, id, [{ path, name: `${title}.txt` }]);
  }
  return ids;
}
