import type { SKRSContext2D } from '@napi-rs/canvas';

const ARGUMENTS: Record<string, number> = { S: 2, M: 2, L: 2, Q: 4, B: 6, A: 7, C: 0 };

export interface Step {
  operator: string;
  values: number[];
}

/** The steps of abbreviated path data such as `M 0 0 L 10 0 C`; what cannot be understood is left out. */
export function stepsOf(data: string): Step[] {
  const tokens = data.match(/[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g) ?? [];
  const steps: Step[] = [];
  for (let i = 0; i < tokens.length; ) {
    const operator = tokens[i++]!;
    const count = ARGUMENTS[operator];
    if (count === undefined) continue;
    const values: number[] = [];
    while (values.length < count && i < tokens.length && !/^[A-Za-z]$/.test(tokens[i]!))
      values.push(Number(tokens[i++]));
    if (values.length === count) steps.push({ operator, values });
  }
  return steps;
}

/** Traces a path; every closed figure ends at its beginning. */
export function trace(context: SKRSContext2D, data: string): void {
  let x = 0;
  let y = 0;
  for (const { operator, values } of stepsOf(data)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] = values;
    if (operator === 'S' || operator === 'M') context.moveTo(a, b);
    else if (operator === 'L') context.lineTo(a, b);
    else if (operator === 'Q') context.quadraticCurveTo(a, b, c, d);
    else if (operator === 'B') context.bezierCurveTo(a, b, c, d, e, f);
    else if (operator === 'A')
      arc(context, x, y, { rx: a, ry: b, turn: c, large: d !== 0, sweep: e !== 0, x: f, y: g });
    else context.closePath();
    if (values.length >= 2) {
      x = values.at(-2)!;
      y = values.at(-1)!;
    }
  }
}

interface Arc {
  rx: number;
  ry: number;
  /** Degrees. */
  turn: number;
  large: boolean;
  sweep: boolean;
  x: number;
  y: number;
}

/** An elliptical arc given by its end points, by the conversion of SVG 1.1, appendix F.6.5. */
function arc(context: SKRSContext2D, x0: number, y0: number, to: Arc): void {
  let rx = Math.abs(to.rx);
  let ry = Math.abs(to.ry);
  if (rx === 0 || ry === 0 || (x0 === to.x && y0 === to.y)) {
    context.lineTo(to.x, to.y);
    return;
  }
  const phi = (to.turn * Math.PI) / 180;
  const cos = Math.cos(phi);
  const sin = Math.sin(phi);
  const hx = (x0 - to.x) / 2;
  const hy = (y0 - to.y) / 2;
  const px = cos * hx + sin * hy;
  const py = -sin * hx + cos * hy;
  const over = (px / rx) ** 2 + (py / ry) ** 2;
  if (over > 1) {
    rx *= Math.sqrt(over);
    ry *= Math.sqrt(over);
  }
  const top = rx ** 2 * ry ** 2 - rx ** 2 * py ** 2 - ry ** 2 * px ** 2;
  const root =
    Math.sqrt(Math.max(0, top / (rx ** 2 * py ** 2 + ry ** 2 * px ** 2))) * (to.large === to.sweep ? -1 : 1);
  const cx = (root * rx * py) / ry;
  const cy = (-root * ry * px) / rx;
  const from = Math.atan2((py - cy) / ry, (px - cx) / rx);
  const until = Math.atan2((-py - cy) / ry, (-px - cx) / rx);
  context.ellipse(
    cos * cx - sin * cy + (x0 + to.x) / 2,
    sin * cx + cos * cy + (y0 + to.y) / 2,
    rx,
    ry,
    phi,
    from,
    until,
    !to.sweep,
  );
}
