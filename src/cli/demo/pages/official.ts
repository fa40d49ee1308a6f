import type { PageOrder } from './order.ts';
import { font, HEIGHT, INK, line, type PageSheet, RED, WIDTH } from './sheet.ts';
import { filingStamp, rule, seal } from './stamps.ts';
import { centred, paragraphs, spread, wrap } from './text.ts';
import { bodyOf, chineseDate } from './wording.ts';

const BODY = { x: 28, width: 154, size: 5.4, leading: 9.6 };
const BOTTOM = 262;

/** An official document with red head 红头文件. Its second page goes on where the first ended. */
export function official(p: PageSheet, o: PageOrder): void {
  const text = bodyOf(p.random, o, o.pages === 1 ? 2 : o.pages * 3 + 1);
  let rest = text;
  for (let page = 1; page <= o.page; page++) {
    const drawn = page === o.page;
    p.ctx.globalAlpha = drawn ? 1 : 0;
    const from = page === 1 ? head(p, o) : 30;
    const last = page === o.pages;
    const block = { ...BODY, y: from, bottom: last ? 222 : BOTTOM };
    // What is drawn before its page is reached is drawn on a sheet of its own, unseen.
    const done = drawn ? paragraphs(p, rest, block) : unseen(p, () => paragraphs(p, rest, block));
    rest = done.rest;
    if (drawn && last) foot(p, o, done.y);
    if (drawn) {
      font(p, 4.4);
      centred(p, `— ${page} —`, WIDTH / 2, HEIGHT - 9);
    }
  }
  p.ctx.globalAlpha = 1;
}

function head(p: PageSheet, o: PageOrder): number {
  const name = `${o.creator}文件`;
  if (p.ctx.globalAlpha > 0) {
    font(p, Math.min(15, 150 / [...name].length), 900, RED);
    spread(p, name, 30, 180, 56);
    font(p, 5.2);
    centred(p, o.docNo, WIDTH / 2, 76);
    rule(p, 81, RED, 0.9);
    filingStamp(p, stampOf(o), 146, 12);
  }
  font(p, 7, 700, INK);
  const lines = wrap(p, o.title, 136);
  lines.forEach((l, i) => {
    centred(p, l, WIDTH / 2, 98 + i * 11.5);
  });
  return 98 + lines.length * 11.5 + 8;
}

function stampOf(o: PageOrder): string[] {
  const number = o.code.split('-').at(-1) ?? '';
  return [o.fonds, String(o.year), number, 'BGS', o.retention.replace('定期', ''), String(o.pages)];
}

function foot(p: PageSheet, o: PageOrder, after: number): void {
  const y = Math.min(after + 16, 228);
  font(p, 5.4);
  centred(p, o.creator, 142, y);
  centred(p, chineseDate(o.date), 142, y + 10);
  seal(p, o.creator, 142, y + 2);
  if (o.year >= 1985 && o.year < 2012) {
    font(p, 5, 700);
    p.ctx.fillText(`主题词：${o.subject}　通知`, 28, 258);
  }
  line(p, [26, 262], [184, 262], { width: 0.4 });
  font(p, 4.3);
  p.ctx.fillText(`抄送：本级各有关部门，存档。`, 30, 268.5);
  line(p, [26, 271], [184, 271], { width: 0.25 });
  p.ctx.fillText(`${o.creator}`, 30, 277);
  p.ctx.textAlign = 'right';
  p.ctx.fillText(`${o.date.slice(0, 4)}年${Number(o.date.slice(4, 6))}月印发`, 180, 277);
  p.ctx.textAlign = 'left';
  line(p, [26, 279.5], [184, 279.5], { width: 0.4 });
}

function unseen<T>(p: PageSheet, draw: () => T): T {
  p.ctx.save();
  p.ctx.beginPath();
  p.ctx.rect(0, 0, 0, 0);
  p.ctx.clip();
  try {
    return draw();
  } finally {
    p.ctx.restore();
  }
}
