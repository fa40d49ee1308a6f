/** Words of a county's records, put together at random: no name is taken from life. */

export const DEPARTMENTS =
  '民政局 教育局 水利局 林业局 财政局 人事局 档案局 卫生局 文化馆 农业局 粮食局 交通局 工商局 统计局 公安局 劳动局'.split(
    ' ',
  );
const VERBS =
  '印发 转发 批准 调整 成立 表彰 召开 上报 下达 加强 开展 撤销 变更 修订 执行 落实 核定 补助 任命 征用'.split(
    ' ',
  );
const MATTERS =
  '春季植树造林 农村合作医疗 中小学校舍维修 水库除险加固 土地承包经营权 城镇居民最低生活保障 公路养护资金 粮食收购价格 干部职工工资 档案安全检查 防汛抗旱 退伍军人安置 财政预算执行 乡镇企业发展 林权登记发证 文物保护单位 殡葬改革 招生考试 环境卫生整治 移民搬迁安置 渔业资源保护 蚕桑生产'.split(
    ' ',
  );
const GENRES = '通知 报告 请示 批复 意见 决定 函 会议纪要 办法 方案 总结 统计表'.split(' ');
const SURNAMES = [
  ...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛',
];
const GIVEN = [...'明华建国秀英志强桂芳文德春梅海生玉兰永福小红金凤长根阿宝云山月娥庆丰书琴树林爱珍'];

export function inventedPerson(random: () => number): string {
  const of = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  return of(SURNAMES) + of(GIVEN) + (random() < 0.7 ? of(GIVEN) : '');
}

/** A title as offices write them, of a year. */
export function inventedTitle(random: () => number, year: number): string {
  const of = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  const form = random();
  if (form < 0.2)
    return `${of(SURNAMES)}家${of(['村', '湾', '坪', '塘'])}${inventedPerson(random)}与${inventedPerson(random)}结婚登记申请书`;
  if (form < 0.25) return `${inventedPerson(random)}土地房产所有证登记存根`;
  const ofYear = random() < 0.5 ? `${year}年` : '';
  return `望江县${of(DEPARTMENTS)}关于${of(VERBS)}${ofYear}${of(MATTERS)}的${of(GENRES)}`;
}
