import { archiveOf } from '../network/archives.ts';
import { personName } from '../network/people.ts';
import type { PageOrder } from './order.ts';
import { BLUE_BLACK, box, font, line, type PageSheet, WIDTH } from './sheet.ts';
import { seal, sewingHoles } from './stamps.ts';
import { centred, handwritten, wrap } from './text.ts';
import { chineseDate } from './wording.ts';

/** A cell of a form: a printed label, and what was written in. */
function field(
  p: PageSheet,
  at: readonly [number, number, number, number],
  label: string,
  value: string,
): void {
  const [x, y, width, height] = at;
  const cut = Math.min(width * 0.5, 24);
  box(p, at);
  line(p, [x + cut, y], [x + cut, y + height]);
  font(p, 4.2);
  centred(p, label, x + cut / 2, y + height / 2 + 1.5);
  font(p, 4.9);
  const room = (width - cut - 5) / (p.ctx.measureText(value).width * 1.02);
  handwritten(p, value, x + cut + 2.5, y + height / 2 + 1.8, 4.9 * Math.min(1, room), BLUE_BLACK);
}

const JOBS = ['农民', '教师', '工人', '营业员', '会计', '医生', '机关干部', '木工'];

/** Marriage papers: the application, and behind it the decision. */
export function marriage(p: PageSheet, o: PageOrder): void {
  sewingHoles(p);
  if (o.page === 1) application(p, o);
  else decision(p, o);
}

function application(p: PageSheet, o: PageOrder): void {
  const { random } = p;
  const archive = archiveOf(o.archive);
  font(p, 9.5, 700);
  centred(p, '结 婚 登 记 申 请 书', WIDTH / 2, 36);
  font(p, 4.4);
  p.ctx.fillText(`字第 ${random.int(11, 480)} 号`, 150, 47);
  o.persons.forEach((name, i) => {
    const top = 52 + i * 74;
    const man = i === 0;
    const born = o.year - random.int(21, 27);
    box(p, [24, top, 10, 66]);
    font(p, 5, 700);
    ['申', '请', '人', man ? '男' : '女', '方'].forEach((c, n) => {
      centred(p, c, 29, top + 13 + n * 11.5);
    });
    field(p, [34, top, 62, 13.2], '姓名', name);
    field(p, [96, top, 52, 13.2], '性别', man ? '男' : '女');
    field(p, [34, top + 13.2, 62, 13.2], '出生日期', `${born}.${random.int(1, 12)}.${random.int(1, 28)}`);
    field(p, [96, top + 13.2, 52, 13.2], '民族', '汉');
    field(p, [34, top + 26.4, 62, 13.2], '职业', random.pick(JOBS));
    field(p, [96, top + 26.4, 52, 13.2], '文化程度', random.pick(['小学', '初中', '高中', '师范']));
    field(p, [34, top + 39.6, 114, 13.2], '婚姻状况', random.chance(0.93) ? '未婚' : '丧偶');
    field(
      p,
      [34, top + 52.8, 114, 13.2],
      '住址',
      `${archive.place}${random.pick(archive.townships)}${random.int(1, 9)}组`,
    );
    portrait(p, 150, top + 2, man);
    box(p, [148, top, 38, 66]);
  });
  font(p, 4.9);
  const statement =
    '我们双方自愿结为夫妻，没有直系血亲和三代以内旁系血亲关系，未患医学上认为不应当结婚的疾病，上述情况完全属实，特申请结婚登记。';
  wrap(p, statement, 154).forEach((l, i) => {
    p.ctx.fillText(l, 28, 212 + i * 9);
  });
  font(p, 4.9);
  o.persons.forEach((name, i) => {
    p.ctx.fillText(i === 0 ? '男方签名：' : '女方签名：', 34 + i * 78, 250);
    handwritten(p, name, 60 + i * 78, 250, 6, BLUE_BLACK);
  });
  font(p, 4.9);
  p.ctx.fillText(chineseDate(o.date), 122, 266);
}

function decision(p: PageSheet, o: PageOrder): void {
  const { random } = p;
  font(p, 9.5, 700);
  centred(p, '结婚登记审查处理结果', WIDTH / 2, 38);
  const rows: [string, string][] = [
    ['男方姓名', o.persons[0] ?? ''],
    ['女方姓名', o.persons[1] ?? ''],
    ['提供证件', '户口簿、居民身份证明、单位介绍信'],
    ['审查意见', '双方符合结婚条件，准予登记'],
    ['结婚证号', `${o.code.split('-').slice(-2).join('')}（${o.year}）${random.int(101, 999)}`],
    ['登记日期', chineseDate(o.date)],
  ];
  rows.forEach(([label, value], i) => {
    field(p, [26, 50 + i * 18, 158, 18], label, value);
  });
  box(p, [26, 158, 158, 84]);
  font(p, 4.9);
  p.ctx.fillText('登记机关（盖章）：', 34, 172);
  font(p, 5.4);
  p.ctx.fillText(o.creator, 78, 172);
  p.ctx.fillText('婚姻登记员：', 34, 226);
  handwritten(p, personName(random, '女'), 66, 226, 6, BLUE_BLACK);
  seal(p, o.creator, 134, 206, '婚姻登记专用章');
}

/** A small grey likeness: head and shoulders, nobody. */
function portrait(p: PageSheet, x: number, y: number, man: boolean): void {
  const { ctx } = p;
  ctx.save();
  ctx.fillStyle = '#b9b6b2';
  ctx.fillRect(x, y, 34, 46);
  ctx.beginPath();
  ctx.rect(x, y, 34, 46);
  ctx.clip();
  ctx.fillStyle = '#55514e';
  ctx.beginPath();
  ctx.ellipse(x + 17, y + 48, 16, 15, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.fillStyle = '#35312f';
  ctx.beginPath();
  ctx.ellipse(x + 17, y + (man ? 17 : 20), man ? 9 : 11, man ? 10 : 14, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.fillStyle = '#d9d3cc';
  ctx.beginPath();
  ctx.ellipse(x + 17, y + 21, 8, 10.5, 0, 0, Math.PI * 2);
  ctx.fill();
  ctx.restore();
}

const COURSES = ['语文', '数学', '外语', '政治', '物理', '化学', '历史', '地理', '生物', '体育'];

/** A pupil's roll 学籍卡: who, and marks by term. */
export function roll(p: PageSheet, o: PageOrder): void {
  const { random } = p;
  const archive = archiveOf(o.archive);
  font(p, 9, 700);
  centred(p, o.creator, WIDTH / 2, 30);
  font(p, 8, 700);
  centred(p, '学 生 学 籍 卡', WIDTH / 2, 44);
  font(p, 4.4);
  p.ctx.fillText(`学号：${o.year}${String(random.int(1, 60)).padStart(3, '0')}`, 26, 53);
  const name = o.persons[0] ?? '';
  field(p, [24, 57, 60, 12], '姓名', name);
  field(p, [84, 57, 62, 12], '班级', o.subject);
  field(p, [24, 69, 60, 12], '出生年月', `${o.year - random.int(15, 18)}.${random.int(1, 12)}`);
  field(p, [84, 69, 62, 12], '籍贯', archive.place);
  field(p, [24, 81, 122, 12], '家庭住址', `${random.pick(archive.townships)}第${random.int(1, 12)}村民小组`);
  field(p, [24, 93, 122, 12], '家长姓名', `${name.slice(0, 1)}${personName(random, '男').slice(1)}（父）`);
  box(p, [146, 57, 38, 48]);
  portrait(p, 148, 58, random.chance(0.5));
  marks(p, 112);
  box(p, [24, 232, 160, 34]);
  font(p, 4.4);
  p.ctx.fillText('操行评语：', 28, 240);
  const remark = random.pick([
    '该生尊敬师长，学习勤奋，遵守纪律，劳动积极，团结同学。',
    '学习目的明确，成绩优良，担任班干部工作认真负责。',
    '热爱集体，生活俭朴，学习有进步，望今后更加努力。',
  ]);
  handwritten(p, remark.slice(0, 24), 32, 249, 4.9, BLUE_BLACK);
  handwritten(p, remark.slice(24), 32, 257, 4.9, BLUE_BLACK);
  seal(p, o.creator, 150, 262, '教导处');
}

function marks(p: PageSheet, top: number): void {
  const { random } = p;
  const width = 13.8;
  ['一年级上', '一年级下', '二年级上', '二年级下', '三年级上', '三年级下', '毕业考试'].forEach(
    (term, row) => {
      const y = top + 14 + row * 14;
      box(p, [24, y, 22, 14]);
      font(p, 4.2);
      centred(p, term, 35, y + 8.6);
      COURSES.forEach((course, i) => {
        const x = 46 + i * width;
        box(p, [x, y, width, 14]);
        handwritten(p, String(random.int(58, 98)), x + 4, y + 9, 4.8, BLUE_BLACK);
        if (row > 0) return;
        box(p, [x, top, width, 14]);
        font(p, 4.3, 700);
        centred(p, course, x + width / 2, top + 8.6);
      });
    },
  );
  box(p, [24, top, 22, 14]);
  font(p, 4.3, 700);
  centred(p, '学　期', 35, top + 8.6);
}
