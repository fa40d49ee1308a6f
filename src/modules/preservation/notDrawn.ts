import type { NotDrawn, Ofd } from '#formats/ofd';

/** What is not drawn is the same at every size; a small picture is soon made. */
const LOOKED_AT = 240;

/** What the picture of a page does not show, found by drawing it. @throws Refusal of the format */
export async function notDrawnOf(ofd: Pick<Ofd, 'render'>, filePage: number): Promise<NotDrawn[]> {
  return (await ofd.render(filePage, { maxSide: LOOKED_AT })).notDrawn;
}
