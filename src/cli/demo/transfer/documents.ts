import { entry, padded, type SampleEntry, type SampleSheet } from '../catalogue/entry.ts';
import { archiveOf } from '../network/archives.ts';

/** The archive the born-digital records are handed to, by its education bureau. */
export const RECEIVER = archiveOf('970121');
const FONDS = 'J019';
const YEAR = 2021;

const DOCUMENTS: readonly (readonly [string, string, number])[] = [
  ['关于印发《2021年全县教育工作要点》的通知', '教育工作要点', 3],
  ['关于做好2021年义务教育学校招生入学工作的通知', '义务教育招生', 3],
  ['关于公布2021年普通高中招生计划的通知', '高中招生计划', 2],
  ['关于进一步加强中小学生作业管理的意见', '作业管理', 2],
  ['关于开展中小学课后服务工作的实施方案', '课后服务', 3],
  ['关于做好农村义务教育学生营养改善计划工作的通知', '营养改善计划', 2],
  ['关于表彰2021年优秀教师和先进教育工作者的决定', '教师表彰', 2],
  ['关于加强汛期校园安全工作的紧急通知', '校园安全', 1],
  ['关于中小学布局调整有关事项的公告', '布局调整', 1],
  ['关于开展学籍信息核查工作的通知', '学籍核查', 2],
  ['关于第一中学新建实验楼项目可行性研究报告的批复', '实验楼建设', 1],
  ['2021年全县教育事业统计公报', '教育统计', 2],
];
const TEXTS: readonly (readonly [string, string])[] = [
  ['局长办公会议纪要（2021年第3期）发文稿纸信息', '发文登记'],
  ['关于招生工作群众咨询答复的电子邮件', '咨询答复'],
  ['电子公文系统2021年度操作日志摘要', '系统日志'],
];

/** A record of the transfer and the file that is it. */
export interface BornDigital {
  entry: SampleEntry;
  path: string;
}

/** The records of one year, in the order of their numbers: documents as PDF, the rest as plain text. */
export function transferOf(): BornDigital[] {
  const creator = `${RECEIVER.place}教育局`;
  return [...DOCUMENTS, ...TEXTS].map(([title, subject, pages = 1], i) => {
    const isDocument = i < DOCUMENTS.length;
    const code = `${FONDS}-WS·${YEAR}-${isDocument ? 'D30' : 'D10'}-DZ-${padded(i + 1, 4)}`;
    const full = title.startsWith('关于') ? `${creator}${title}` : title;
    return {
      path: `${code}.${isDocument ? 'pdf' : 'txt'}`,
      entry: entry({
        fonds: FONDS,
        category: 'WS',
        year: YEAR,
        retention: isDocument ? '定期30年' : '定期10年',
        code,
        title: full,
        creator,
        docNo: isDocument ? `石教〔${YEAR}〕${i * 7 + 3}号` : '',
        date: `${YEAR}${padded((i % 11) + 1, 2)}${padded(((i * 5) % 27) + 1, 2)}`,
        pages,
        access: isDocument && i < 9 ? '开放' : '',
        origin: '原生',
        subject,
      }),
    };
  });
}

/** The catalogue the agency sends along. */
export function transferSheets(): SampleSheet[] {
  return [
    {
      name: '移交目录',
      columns: ['fonds', 'code', 'title', 'creator', 'docNo', 'date', 'year', 'category', 'retention', 'classification', 'pages', 'access', 'origin'], // biome-ignore format: one row
      entries: transferOf().map((t) => t.entry),
      dates: 'dashed',
      headings: 'chinese',
    },
  ];
}
