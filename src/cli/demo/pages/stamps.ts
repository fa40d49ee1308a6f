import { box, font, line, type PageSheet, RED } from './sheet.ts';
import { centred } from './text.ts';

/** A round seal: a star, and the owner's name along the rim. */
export function seal(p: PageSheet, name: string, x: number, y: number, under = ''): void {
  const { ctx, random } = p;
  const radius = 20;
  ctx.save();
  ctx.translate(x, y);
  ctx.rotate((random.next() - 0.5) * 0.3);
  ctx.globalAlpha = 0.62 + random.next() * 0.18;
  ctx.strokeStyle = RED;
  ctx.lineWidth = 1.1;
  ctx.beginPath();
  ctx.arc(0, 0, radius, 0, Math.PI * 2);
  ctx.stroke();
  star(p, 6);
  const characters = [...name];
  const arc = Math.min(4.4, characters.length * 0.4);
  font(p, Math.min(5.4, 64 / characters.length), 700, RED);
  ctx.textAlign = 'center';
  characters.forEach((c, i) => {
    ctx.save();
    ctx.rotate(-arc / 2 + (arc * (i + 0.5)) / characters.length);
    ctx.fillText(c, 0, -radius + 6.2);
    ctx.restore();
  });
  font(p, 3.4, 700, RED);
  ctx.fillText(under, 0, 12.5);
  ctx.restore();
}

function star({ ctx }: PageSheet, size: number): void {
  ctx.fillStyle = RED;
  ctx.beginPath();
  for (let i = 0; i < 10; i++) {
    const r = i % 2 === 0 ? size : size * 0.382;
    const a = (Math.PI * i) / 5 - Math.PI / 2;
    ctx.lineTo(r * Math.cos(a), r * Math.sin(a));
  }
  ctx.closePath();
  ctx.fill();
}

/** The stamp of filing 归档章, boxes as DA/T 22-2015 5.4.5 has them [S:DAC]. */
export function filingStamp(p: PageSheet, values: readonly string[], x: number, y: number): void {
  const [width, height] = [15, 8];
  const labels = ['全宗号', '年度', '件号', '机构', '保管期限', '页数'];
  p.ctx.save();
  p.ctx.globalAlpha = 0.8;
  labels.forEach((label, i) => {
    const [left, top] = [x + (i % 3) * width, y + Math.floor(i / 3) * height];
    box(p, [left, top, width, height], { colour: RED, width: 0.35 });
    font(p, 2, 400, RED);
    p.ctx.fillText(label, left + 0.6, top + 2.4);
    font(p, 3.4, 400, '#222');
    centred(p, values[i] ?? '', left + width / 2, top + 6.9);
  });
  p.ctx.restore();
}

/** Holes where the volume was sewn. */
export function sewingHoles(p: PageSheet): void {
  for (const y of [70, 148, 226]) {
    p.ctx.fillStyle = '#5a5652';
    p.ctx.beginPath();
    p.ctx.arc(9 + p.random.next(), y + p.random.next() * 2, 1.1, 0, Math.PI * 2);
    p.ctx.fill();
  }
}

/** The number an archivist pencilled on a page. */
export function pencilNumber(p: PageSheet, text: string): void {
  font(p, 5, 400, '#6b6b70');
  p.ctx.fillText(text, 190, 14);
}

export function rule(p: PageSheet, y: number, colour: string, width: number): void {
  line(p, [26, y], [184, y], { colour, width });
}
