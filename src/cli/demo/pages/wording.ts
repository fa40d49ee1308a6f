import { archiveOf } from '../network/archives.ts';
import type { Random } from '../random.ts';
import type { PageOrder } from './order.ts';

const DIGITS = '〇一二三四五六七八九';

/** 一九八五年六月十三日; a day that is not known is left out. */
export function chineseDate(date: string): string {
  const year = [...date.slice(0, 4)].map((d) => DIGITS[Number(d)]).join('');
  const [month, day] = [Number(date.slice(4, 6)), Number(date.slice(6, 8))];
  return `${year}年${month ? `${chineseNumber(month)}月` : ''}${day ? `${chineseNumber(day)}日` : ''}`;
}

/** 1 to 99 in words. */
export function chineseNumber(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 ? DIGITS[ones] : ''}`;
}

const HEADS = ['提高思想认识，加强组织领导', '明确工作任务，落实岗位责任', '严格工作纪律，加强督促检查', '搞好宣传发动，依靠广大群众', '做好统计上报，及时总结经验']; // biome-ignore format: one row
const SENTENCES = [
  '要把{s}工作列入重要议事日程，指定一名负责同志具体抓，做到层层有人管、件件有着落。',
  '各单位要在{m}月底以前制定出具体的实施计划，报{o}备案，并按计划认真组织实施。',
  '对工作中出现的新情况、新问题，要深入基层调查研究，及时提出解决办法，重大问题随时请示报告。',
  '今年以来，{p}等地结合当地实际，采取了许多切实可行的措施，取得了较好的成绩，其经验值得各地学习。',
  '所需经费由县财政安排{n}元，其余部分由各单位自筹解决，必须专款专用，任何单位和个人不得挪作他用。',
  '据统计，全{k}共投入劳力{n}余人次，完成任务{q}处，比上年同期增长{q}%。',
  '有关部门要密切配合，互相支持，共同把{s}工作做好，保证各项任务按时完成。',
  '请各单位于{m}月{q}日前将本单位{s}工作情况书面报送{o}，逾期未报的予以通报。',
  '档案资料要注意收集齐全，工作结束后按照有关规定整理归档，任何人不得据为己有。',
  '要坚持实事求是的原则，防止形式主义和浮夸作风，不准虚报数字，不准弄虚作假。',
];
const OLD_SENTENCES = [
  '入春以来，雨水偏少，部分乡村旱情较重，经发动群众挖塘打井、车水保苗，现已基本缓和。',
  '{p}组织社员{n}余人，苦战{q}天，修通水渠{q}里，受到群众的热烈拥护。',
  '个别地方对{s}工作重视不够，计划不周，以致进度迟缓，应迅速加以纠正。',
  '现将我{k}{s}工作的进行情况和存在的问题报告如下，是否妥当，请予审查指示。',
  '全{k}计有{n}户，其中困难户{q}户，均已按照规定给予适当照顾，群众情绪安定。',
  '希各地接此通知后，立即召开会议研究布置，并将执行情况于{m}月{q}日前报来。',
  '干部要亲自下乡，同群众同吃同住同劳动，切实解决生产上的具体困难。',
];

/** How a document of its kind addresses, opens and closes. */
function frameOf(o: PageOrder): { address: string; opening: string; closing: string } {
  const archive = archiveOf(o.archive);
  const kind = kindOf(o.archive);
  const about = `${o.year}年${o.subject}`;
  if (o.title.includes('批复'))
    return {
      address: `${archive.place}有关单位：`,
      opening: `你单位关于${o.subject}有关问题的请示收悉。经研究，现批复如下：`,
      closing: '此复。',
    };
  if (o.title.includes('报告') || o.title.includes('请示')) {
    const report = o.title.includes('报告');
    return {
      address: `${archive.above}主管部门：`,
      opening: `现将我${kind}${about}工作的${report ? '情况报告' : '有关事项请示'}如下：`,
      closing: report ? '特此报告。' : '以上请示当否，请批示。',
    };
  }
  if (o.title.includes('的函'))
    return {
      address: '有关单位：',
      opening: `为做好${about}工作，现将商请协助的有关事项函告如下：`,
      closing: '请予支持为盼。',
    };
  const old = o.year < 1981;
  const address =
    archive.level === 'county'
      ? old
        ? '各区、乡（社）：'
        : '各乡（镇）人民政府，县直各有关单位：'
      : '各县（市、区）人民政府，各有关单位：';
  return {
    address,
    opening: `为了做好${about}工作，根据${archive.above}有关文件的精神，结合我${kind}的实际情况，现将有关事项通知如下：`,
    closing: '以上通知，请遵照执行。',
  };
}

function kindOf(code: string): string {
  return { province: '省', city: '市', county: '县' }[archiveOf(code).level];
}

/** The body of a document, in paragraphs: made of common phrases about its subject. */
export function bodyOf(random: Random, o: PageOrder, sections: number): string[] {
  const archive = archiveOf(o.archive);
  const fill = (text: string) =>
    text
      .replaceAll('{s}', o.subject)
      .replaceAll('{o}', o.creator)
      .replaceAll('{k}', kindOf(o.archive))
      .replaceAll('{p}', random.pick(archive.townships))
      .replaceAll('{m}', String(random.int(3, 12)))
      .replaceAll('{n}', String(random.int(12, 98) * 100))
      .replace(/\{q\}/g, () => String(random.int(2, 28)));
  const sentences = o.year < 1981 ? OLD_SENTENCES : SENTENCES;
  const { address, opening, closing } = frameOf(o);
  const first = random.int(0, sentences.length - 1);
  const body = Array.from({ length: sections }, (_, i) => {
    const said = [0, 1].map((n) => fill(sentences[(first + i * 2 + n) % sentences.length]!));
    return `${chineseNumber(i + 1)}、${HEADS[i % HEADS.length]}。${said.join('')}`;
  });
  return [address, opening, ...body, closing];
}
