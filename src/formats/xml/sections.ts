export const CDATA = Buffer.from('<![CDATA[', 'latin1');
const RETURN = 13;

/** The text of a CDATA section up to `to`; `lt` is the place of its `<`. */
export function cdataText(s: Buffer, lt: number, to: number): string {
  return s.toString('utf8', lt + CDATA.length, to).replace(/\r\n?/g, '\n');
}

/**
 * Up to where a CDATA section without an end so far can be told when it is longer than `longest`; 0 where it is none, or
 * shorter. It is cut neither within a character nor within what may be its end or a line end.
 */
export function cutOfCdata(s: Buffer, lt: number, longest: number): number {
  const from = lt + CDATA.length;
  if (s.length - from <= longest || !s.subarray(lt, from).equals(CDATA)) return 0;
  let to = s.length - 2;
  while (to > from && ((s[to]! & 0xc0) === 0x80 || s[to - 1] === RETURN)) to--;
  return to > from ? to : 0;
}

/** Behind an instruction's end; -1 where that is yet to come. */
export function instructionEnd(s: Buffer, lt: number): number {
  const end = s.indexOf('?>', lt + 2, 'latin1');
  return end < 0 ? -1 : end + 2;
}
