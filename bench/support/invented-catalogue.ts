/**
 * An invented catalogue of any size: titles, codes, dates and page texts as a county's archive writes them.
 * The same seed gives the same entries. No name is taken from life.
 */

export interface InventedEntry {
  unitId: string;
  archive: number;
  fondsNo: string;
  fondsName: string;
  category: string;
  year: number;
  retention: string;
  accessStatus: 'unreviewed' | 'open' | 'restricted' | 'delayed';
  level: 'file' | 'item';
  date: string;
  referenceCode: string;
  title: string;
  responsible: string;
  documentNo: string;
}

export const ARCHIVES = 13;
const PLACES = '青云 临泽 南浦 白石 长亭 安澜 清溪 永丰 云岭 石桥 柳河 东湾 望江'.split(' ');
const AGENCIES =
  '民政局 教育局 水利局 林业局 财政局 人事局 档案局 卫生局 文化馆 农业局 粮食局 交通局 工商局 统计局 计划委员会 人民政府办公室 供销合作社 土地管理局 公安局 劳动局'.split(
    ' ',
  );
const CATEGORIES = ['WS', 'WS', 'WS', 'ZY', 'ZY', 'KJ', 'KU', 'ZP'];
const RETENTIONS = ['Y', 'D30', 'D30', 'D10'];
const ACTS =
  '印发 转发 批准 调整 成立 表彰 召开 上报 下达 加强 开展 撤销 变更 修订 执行 落实 核定 补助 任命 征用'.split(
    ' ',
  );
const THINGS =
  '春季植树造林 农村合作医疗 中小学校舍维修 水库除险加固 土地承包经营权 城镇居民最低生活保障 公路养护资金 粮食收购价格 干部职工工资 计划生育工作 档案安全检查 防汛抗旱 退伍军人安置 财政预算执行 乡镇企业发展 林权登记发证 文物保护单位 殡葬改革 招生考试 环境卫生整治 社队企业整顿 山林纠纷调处 移民搬迁安置 渔业资源保护 蚕桑生产'.split(
    ' ',
  );
const KINDS = '通知 报告 请示 批复 意见 决定 函 会议纪要 办法 方案 总结 统计表'.split(' ');
const SURNAMES = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛',
];
const GIVEN = [...'明华建国秀英志强桂芳文德春梅海生玉兰永福小红金凤长根阿宝云山月娥庆丰书琴树林爱珍'];
const SYLLABLES = 'bar ton wick field mere ley wood har ash cliff dale ford thorpe gate holm stead'.split(
  ' ',
);

/** A small generator of even numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

/** A version 7 shaped id that grows with n. */
export function inventedId(n: number): string {
  const hex = (0x18_000_000_0000 + n).toString(16).padStart(12, '0');
  const tail = (Math.imul(n + 1, 2654435761) >>> 0).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${tail}`;
}

export function archiveName(n: number): string {
  return `${PLACES[n % PLACES.length]}县档案馆`;
}

/** Entry n of the catalogue. About 30 % are registrations (登记), 5 % are open. */
export function inventedEntry(n: number): InventedEntry {
  const random = randomFrom(n * 7919 + 17);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const archive = Math.floor(n / 2000) % ARCHIVES;
  const place = PLACES[archive]!;
  const agency = Math.floor(n / 250) % AGENCIES.length;
  const year = 1950 + Math.floor(random() * 70);
  const date = `${year}${pad(1 + Math.floor(random() * 12), 2)}${pad(1 + Math.floor(random() * 28), 2)}`;
  const category = pick(CATEGORIES);
  const retention = pick(RETENTIONS);
  const person = (): string => pick(SURNAMES) + pick(GIVEN) + (random() < 0.7 ? pick(GIVEN) : '');
  const form = random();
  const village = `${pick(SURNAMES)}家${pick(['村', '湾', '坪', '塘'])}`;
  const title =
    form < 0.22
      ? `${random() < 0.3 ? `${year}年` : ''}${random() < 0.3 ? `${place}县${village}` : ''}${person()}与${person()}结婚登记申请书`
      : form < 0.26
        ? `${place}县${village}${person()}土地房产所有证登记存根`
        : form < 0.29
          ? `Correspondence of ${pick(SYLLABLES)}${pick(SYLLABLES)} ${pick(SYLLABLES)}${pick(SYLLABLES)} mission school, ${year}`
          : `${place}县${AGENCIES[agency]}关于${pick(ACTS)}${year}年${random() < 0.3 ? village : ''}${pick(THINGS)}${random() < 0.04 ? '登记' : ''}的${pick(KINDS)}`;
  const open = random();
  return {
    unitId: inventedId(n),
    archive,
    fondsNo: `J${pad(agency + 1, 3)}`,
    fondsName: `${place}县${AGENCIES[agency]}`,
    category,
    year,
    retention,
    accessStatus: open < 0.05 ? 'open' : open < 0.15 ? 'restricted' : open < 0.2 ? 'delayed' : 'unreviewed',
    level: random() < 0.15 ? 'file' : 'item',
    date,
    referenceCode: `J${pad(agency + 1, 3)}-${category}·${year}·${retention}-${pad(n % 10_000_000, 7)}`,
    title,
    responsible: `${place}县${AGENCIES[agency]}`,
    documentNo:
      form < 0.29
        ? ''
        : `${place[0]}${AGENCIES[agency]!.slice(0, 1)}〔${year}〕${1 + Math.floor(random() * 300)}号`,
  };
}

/** About 500 characters of invented page text. */
export function inventedPage(n: number): string {
  const random = randomFrom(n * 104_729 + 5);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  let text = '';
  while (text.length < 500) {
    const form = random();
    text +=
      form < 0.3
        ? `${pick(SURNAMES)}${pick(GIVEN)}${pick(GIVEN)}，男，${1 + Math.floor(random() * 80)}岁，${pick(PLACES)}县${pick(SURNAMES)}家村人，`
        : form < 0.6
          ? `经${pick(AGENCIES)}研究，同意${pick(ACTS)}${pick(THINGS)}。\n`
          : form < 0.8
            ? `${1950 + Math.floor(random() * 70)}年${1 + Math.floor(random() * 12)}月，${pick(PLACES)}县${pick(AGENCIES)}${pick(ACTS)}了${pick(THINGS)}的${pick(KINDS)}；`
            : Array.from({ length: 12 }, () =>
                String.fromCharCode(0x4e00 + Math.floor(random() * random() * 3000)),
              ).join('');
  }
  return text;
}
