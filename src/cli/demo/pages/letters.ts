import type { PageOrder } from './order.ts';
import { BLUE_BLACK, font, line, type PageSheet, WIDTH } from './sheet.ts';
import { pencilNumber, seal, sewingHoles } from './stamps.ts';
import { centred, paragraphs, typed, wrap } from './text.ts';
import { bodyOf, chineseDate } from './wording.ts';

/** A typed or stencilled letter of the years before 1981: uneven type, a red line at most, holes of the sewing. */
export function letter(p: PageSheet, o: PageOrder): void {
  sewingHoles(p);
  pencilNumber(p, String(o.page + p.random.int(0, 60)));
  const ink = p.random.chance(0.5) ? BLUE_BLACK : '#2a2726';
  let y = 34;
  if (o.page === 1) {
    font(p, 7.6, 700, ink);
    centred(p, o.creator, WIDTH / 2, y);
    font(p, 5, 400, ink);
    centred(p, o.docNo, WIDTH / 2, y + 11);
    line(p, [34, y + 15], [176, y + 15], { colour: ink, width: 0.5 });
    font(p, 6.4, 700, ink);
    const lines = wrap(p, o.title, 140);
    lines.forEach((l, i) => {
      typed(p, l, WIDTH / 2 - p.ctx.measureText(l).width / 2, y + 30 + i * 10, 0.25);
    });
    y += 34 + lines.length * 10;
  }
  const all = bodyOf(p.random, o, o.pages === 1 ? 2 : o.pages * 2 + 1);
  const half = Math.ceil(all.length / o.pages);
  const part = all.slice((o.page - 1) * half, o.page * half);
  const end = paragraphs(p, part, {
    x: 30,
    y: y + 6,
    width: 150,
    size: 5.2,
    leading: 10.2,
    colour: ink,
    uneven: 0.3,
  });
  if (o.page === o.pages) {
    font(p, 5.2, 400, ink);
    const at = Math.min(end.y + 12, 262);
    centred(p, o.creator, 140, at);
    centred(p, chineseDate(o.date), 140, at + 10);
    seal(p, o.creator, 140, at + 2);
  }
}

const TRADITIONAL = [
  '各區人民政府：',
  '本縣今秋部分鄉村遭受水災，收成減少，群衆生活困難。時屆冬令，氣候漸寒，爲使貧苦烈軍屬及災民安全過冬，經縣人民政府會議決定，撥發救濟棉衣六百四十套，由各區分別發放。',
  '一、發放對象，以無勞動力或缺乏勞動力之烈士家屬、革命軍人家屬及鰥寡孤獨爲主，由鄉民主評議，張榜公布。',
  '二、發放數目：第一區一百三十套，第二區一百五十套，第三區一百二十套，第四區二百四十套。',
  '三、各區須於十一月二十五日以前發放完畢，並將領取名冊、手續及群衆反映專題報告本府民政科，不得遲延。',
  '四、嚴禁平均分配及優親厚友，如有貪污情事，依法懲處。',
  '右通知各區人民政府遵照執行。',
];

/** A notice of 1952 in traditional characters. */
export function traditional(p: PageSheet, o: PageOrder): void {
  sewingHoles(p);
  font(p, 8.4, 900);
  centred(p, '石橋縣人民政府通知', WIDTH / 2, 40);
  font(p, 5);
  centred(p, o.docNo, WIDTH / 2, 52);
  line(p, [34, 57], [176, 57], { width: 0.6 });
  font(p, 6, 700);
  centred(p, '爲發放冬令救濟棉衣由', WIDTH / 2, 72);
  const end = paragraphs(p, TRADITIONAL, { x: 32, y: 88, width: 146, size: 5.6, leading: 10.6, uneven: 0.2 });
  font(p, 5.6);
  centred(p, '縣長　顧慎之', 142, end.y + 12);
  centred(p, '一九五二年十一月八日', 142, end.y + 23);
  seal(p, '石橋縣人民政府', 142, end.y + 14);
}

const ENGLISH = [
  'Mr Liang Shoucheng, Principal',
  'No. 1 Middle School of Shiqiao County',
  'Yunjiang Province',
  'Dear Principal Liang,',
  'Thank you for your letter of 2 April and for the kind words about our college. We are very pleased to learn that your school wishes to invite a teacher of English for the school year that begins in September.',
  'After some discussion we propose to send Miss Eleanor Whitcombe, who has taught English in the lower forms of our own school for six years. She is in good health, has travelled widely, and has begun to study Chinese in the evenings.',
  'We understand that your school will provide a room, the use of a kitchen, and a salary of three hundred and eighty yuan a month, and that twelve periods of teaching a week will be asked of her. The college will bear the cost of the voyage.',
  'She would like to bring about two hundred books, most of them simple readers, which will remain the property of your library when she returns. Please let us know whether any paper is needed for the customs.',
  'With our best wishes to you, your colleagues and your pupils,',
  'Yours sincerely,',
];

/** A typewritten letter in English. */
export function english(p: PageSheet, o: PageOrder): void {
  sewingHoles(p);
  font(p, 8, 700);
  centred(p, 'NORTHMOOR COLLEGE', WIDTH / 2, 32);
  font(p, 4.2);
  centred(p, 'Founded 1871 · Office of the Registrar', WIDTH / 2, 40);
  line(p, [30, 44], [180, 44], { width: 0.4 });
  font(p, 4.6);
  p.ctx.fillText('14 May 1987', 146, 56);
  const end = paragraphs(p, ENGLISH, { x: 30, y: 68, width: 150, size: 4.6, leading: 7, uneven: 0.12 });
  font(p, 4.6);
  p.ctx.fillText('H. J. Arkwright', 30, end.y + 18);
  p.ctx.fillText('Registrar', 30, end.y + 25);
  pencilNumber(p, String(o.page));
}
