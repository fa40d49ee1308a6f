import type { SampleAgency } from '../network/agencies.ts';
import type { Random } from '../random.ts';
import { entry, padded, type SampleEntry } from './entry.ts';
import { subjectsIn } from './subjects.ts';
import { dayIn } from './titles.ts';

/** Business data, e-mail, web pages and social media. What an agency has published itself is open. */
export function electronic(random: Random, agencies: readonly SampleAgency[], wanted: number): SampleEntry[] {
  return Array.from({ length: wanted }, (_, i) => {
    const agency = agencies[i % agencies.length]!;
    const year = 2008 + Math.floor((i * 17) / wanted);
    const subject = random.pick(subjectsIn(agency.key, year));
    const kind = (['SJ', 'YJ', 'WY', 'MT'] as const)[i % 4]!;
    const title = {
      SJ: `${agency.name}${subject}业务数据库${year}年度数据`,
      YJ: `关于报送${year}年${subject}材料的邮件`,
      WY: `${agency.name}网站公告：${year}年${subject}有关事项`,
      MT: `${agency.name}公众号：${subject}政策问答`,
    }[kind];
    const column = kind === 'WY' ? '·TZGG' : '';
    const shown = kind === 'WY' || kind === 'MT';
    return entry({
      fonds: agency.fonds,
      category: kind,
      year,
      retention: shown ? '定期10年' : '定期30年',
      code: `${agency.fonds}-${kind}${column}·${year}·${shown ? 'D10' : 'D30'}-${padded(i + 1, 5)}`,
      title,
      creator: agency.name,
      subject,
      date: dayIn(random, year),
      access: shown ? '开放' : '',
      origin: '原生',
    });
  });
}
