import { nameInYear, type SampleAgency } from '../network/agencies.ts';
import type { SampleArchive } from '../network/archives.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';
import { dayIn } from './titles.ts';

const SCENES = ['水库开工典礼', '劳动模范表彰大会', '春季植树活动', '中学新校舍落成', '抗洪抢险现场', '农业丰收景象', '老街旧貌', '石桥修缮', '地名标志设置', '运动会开幕式', '小学生做广播体操', '渡口通桥仪式']; // biome-ignore format: one row
const OBJECTS = ['先进集体奖状', '旧印章', '锦旗', '奠基石拓片', '旧界桩', '防汛奖牌', '老校徽', '木刻雕版'];

/** Photographs (by group), sound and film recordings, objects. */
export function picturesAndSounds(
  random: Random,
  archive: SampleArchive,
  agencies: readonly SampleAgency[],
  wanted: number,
): SampleEntry[] {
  return Array.from({ length: wanted }, (_, i) => {
    const agency = agencies[i % agencies.length]!;
    const year = 1956 + Math.floor((i * 68) / wanted);
    const kind = (['ZP', 'ZP', 'ZP', 'LY', 'LX', 'SW'] as const)[i % 6]!;
    const scene = kind === 'SW' ? random.pick(OBJECTS) : random.pick(SCENES);
    const word = { ZP: '照片', LY: '录音', LX: '录像', SW: '' }[kind];
    const title =
      kind === 'SW'
        ? `${archive.place}${year}年${scene}`
        : `${random.pick(archive.townships)}${scene}（${word}）`;
    const number =
      kind === 'ZP' ? `${padded(1 + Math.floor(i / 18), 3)}-${padded(1 + (i % 18), 3)}` : padded(i + 1, 3);
    return entry({
      fonds: agency.fonds,
      category: kind,
      year,
      code: `${agency.fonds}-${kind}·${year}·Y-${number}`,
      title,
      creator: nameInYear(archive, agency, year),
      subject: scene,
      date: dayIn(random, year),
      pages: kind === 'ZP' ? 1 : null,
      note: kind === 'LY' ? '盒式磁带转录' : kind === 'LX' ? '录像带转录' : '',
    });
  });
}
