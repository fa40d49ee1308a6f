import { nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';

const WORKS = ['红旗水库大坝', '东干渠渡槽', '柳林拦河闸', '白塔水电站', '城区防洪堤', '双溪倒虹吸'];
const PAPERS = ['工程设计任务书', '初步设计图', '地质勘察报告', '施工图', '隐蔽工程验收记录', '竣工图', '工程决算书', '除险加固方案']; // biome-ignore format: one row
const TRIALS = ['早稻品种比较试验', '土壤普查', '小流域水土流失观测', '水稻节水灌溉试验', '柑橘砧木试验'];

/** Construction works and research, by project: `J032-KJ·JJ·02-005`, `J031-KJ·KY·01-003`. */
export function works(
  random: Random,
  archive: SampleArchive,
  agencies: readonly SampleAgency[],
  wanted: number,
): SampleEntry[] {
  const water = agencies.find((a) => a.key === 'water')!;
  const research = agencies.find((a) => a.key === 'farming') ?? water;
  return Array.from({ length: wanted }, (_, i) => {
    const building = i % 4 !== 3;
    const agency = building ? water : research;
    const project = Math.floor(i / 8) % (building ? WORKS.length : TRIALS.length);
    const year = 1958 + ((project * 9 + i) % 60);
    const name = building ? WORKS[project]! : TRIALS[project]!;
    const paper = building
      ? PAPERS[i % PAPERS.length]!
      : random.pick(['计划任务书', '试验记录', '总结报告'] as const);
    return entry({
      level: 'file',
      fonds: agency.fonds,
      category: 'KJ',
      year,
      code: `${agency.fonds}-KJ·${building ? 'JJ' : 'KY'}·${padded(project + 1, 2)}-${padded(1 + i, 3)}`,
      title: `${archive.place}${name}${paper}`,
      creator: nameInYear(archive, agency, year),
      subject: name,
      date: `${year}${padded(random.int(1, 12), 2)}00`,
      pages: random.int(4, 60),
    });
  });
}
