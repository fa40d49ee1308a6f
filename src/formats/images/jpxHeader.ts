import { Refusal } from '#kernel/errors';

/** What the head of a JPEG 2000 file or code stream says (ISO/IEC 15444-1, annexes A and I). */
export interface JpxHeader {
  width: number;
  height: number;
  components: number;
  bits: number;
  /** From a resolution box; undefined when there is none. */
  dpi: number | undefined;
}

const SOC_SIZ = 0xff4fff51;
const METRES_PER_INCH = 0.0254;

/** @param head the first bytes, up to the code stream's SIZ marker at least. @throws Refusal `image.broken` */
export function readJpxHeader(head: Buffer): JpxHeader {
  const at = head.readUInt32BE(0) === SOC_SIZ ? 0 : codeStream(head, 0, head.length);
  const siz = at === undefined ? undefined : head.subarray(at);
  if (!siz || siz.length < 43 || siz.readUInt32BE(0) !== SOC_SIZ)
    throw new Refusal('image.broken', 'The JPEG 2000 picture has no readable head.');
  const [xSize, ySize, xOffset, yOffset] = [8, 12, 16, 20].map((o) => siz.readUInt32BE(o));
  return {
    width: xSize! - xOffset!,
    height: ySize! - yOffset!,
    components: siz.readUInt16BE(40),
    bits: (siz.readUInt8(42) & 0x7f) + 1,
    dpi: at === 0 ? undefined : resolution(head.subarray(0, at)),
  };
}

/** Offset of the content of the `jp2c` box. */
function codeStream(head: Buffer, from: number, to: number): number | undefined {
  for (const box of boxes(head, from, to)) if (box.type === 'jp2c') return box.start;
  return undefined;
}

function resolution(head: Buffer): number | undefined {
  const outer = [...boxes(head, 0, head.length)].find((box) => box.type === 'jp2h');
  const inner = outer && [...boxes(head, outer.start, outer.end)].find((box) => box.type === 'res ');
  const res =
    inner && [...boxes(head, inner.start, inner.end)].find((b) => b.type === 'resc' || b.type === 'resd');
  if (!res || res.end - res.start < 10) return undefined;
  const numerator = head.readUInt16BE(res.start);
  const denominator = head.readUInt16BE(res.start + 2);
  const exponent = head.readInt8(res.start + 8);
  const perMetre = denominator === 0 ? 0 : (numerator / denominator) * 10 ** exponent;
  const dpi = Math.round(perMetre * METRES_PER_INCH);
  return dpi > 0 ? dpi : undefined;
}

function* boxes(
  head: Buffer,
  from: number,
  to: number,
): Generator<{ type: string; start: number; end: number }> {
  let at = from;
  while (at + 8 <= to) {
    let length = head.readUInt32BE(at);
    const type = head.toString('latin1', at + 4, at + 8);
    let start = at + 8;
    if (length === 1 && at + 16 <= to) {
      length = Number(head.readBigUInt64BE(at + 8));
      start = at + 16;
    }
    const end = length === 0 ? to : Math.min(to, at + length);
    yield { type, start, end };
    if (length !== 0 && length < start - at) return;
    if (length === 0) return;
    at += length;
  }
}
