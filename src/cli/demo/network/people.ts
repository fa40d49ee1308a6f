import type { Random } from '../random.ts';

/** Names put together from common characters; whoever bears one is not meant. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷',
];
const MEN = ['建国', '志强', '德华', '明轩', '文斌', '水生', '长根', '金宝', '春生', '国栋', '卫东', '家骏', '树林', '大勇', '永福', '晓峰', '海涛', '立新', '光明', '振兴', '学文', '正平', '子安', '宗仁', '世昌', '立春', '浩然', '启明', '传礼', '百川']; // biome-ignore format: names
const WOMEN = ['秀英', '桂兰', '玉珍', '若兰', '春梅', '素芬', '丽华', '月娥', '小燕', '雪琴', '淑贞', '翠萍', '金花', '凤仙', '爱莲', '晓霞', '文静', '雅琴', '佩芳', '美玲', '冬梅', '慧敏', '思源', '巧云', '银娣', '玉洁', '知夏', '婉如', '香莲', '采薇']; // biome-ignore format: names

export type Sex = '男' | '女';

export function personName(random: Random, sex: Sex): string {
  return random.pick(SURNAMES) + random.pick(sex === '男' ? MEN : WOMEN);
}
