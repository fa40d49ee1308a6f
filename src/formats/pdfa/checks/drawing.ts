import { isDict, isStream, PdfDict, type PdfStream } from '#formats/pdf-objects';
import { type PdfPage, pagesOf } from '../pages.ts';
import type { Judging } from '../report.ts';
import { walkContent } from './content.ts';
import { checkFonts } from './fonts.ts';
import { groupSpace, isTransparencyGroup } from './groups.ts';
import { checkIntents } from './intents.ts';
import { actualTexts } from './logical.ts';
import { newScene, type Scene } from './scene.ts';
import { checkSpace } from './spaces.ts';
import { checkBlendMode } from './state.ts';

/** All that is drawn: pages with what they draw, appearances of annotations, then the fonts used. */
export function checkDrawing(judging: Judging): void {
  const { file } = judging;
  const scene = newScene(judging, checkIntents(judging, file.catalogue.get('OutputIntents'), 'catalogue'));
  for (const page of pagesOf(file)) checkPage(scene, page);
  checkFonts(scene);
}

function checkPage(scene: Scene, page: PdfPage): void {
  const { judging } = scene;
  const { file } = judging;
  const place = `page ${page.number}`;
  scene.transparent = false;
  scene.pageIntent =
    judging.part === 4 && page.dict.has('OutputIntents')
      ? checkIntents(judging, page.dict.get('OutputIntents'), place)
      : undefined;
  checkSize(judging, page, place);
  const group = isTransparencyGroup(scene, page.dict.get('Group')) ? page.dict.get('Group') : undefined;
  if (group !== undefined) judging.fault('transparency.group', place);
  const groupDict = file.dict(group);
  if (groupDict?.has('CS')) checkSpace(scene, groupDict.get('CS'), page.resources, place);
  const space = group === undefined ? undefined : groupSpace(scene, group);
  if (space) scene.groups.push(space);
  const data = contentOf(judging, page, place);
  const marked = actualTexts(judging, page.dict.get('StructParents'));
  walkContent(scene, data, { resources: page.resources, own: page.ownResources, place, depth: 0, marked });
  if (annotationsBlend(scene, page, place)) scene.transparent = true;
  for (const appearance of appearancesOf(judging, page)) {
    if (isTransparencyGroup(scene, appearance.dict.get('Group'))) scene.transparent = true;
    drawAppearance(scene, appearance, page, place);
  }
  if (space) scene.groups.pop();
  const intent = scene.pageIntent ?? scene.intent;
  if (scene.transparent && !intent && !groupDict?.has('CS')) judging.fault('transparency.space', place);
}

/** Part 4 knows blend modes of annotations. */
function annotationsBlend(scene: Scene, page: PdfPage, place: string): boolean {
  const { file, part } = scene.judging;
  if (part < 4) return false;
  const states = (file.array(page.dict.get('Annots')) ?? []).map((one) => file.dict(one));
  return states.some((one) => one?.has('BM') && checkBlendMode(scene, one, place));
}

/** An appearance is a form: it is drawn as if by Do. */
function drawAppearance(scene: Scene, appearance: PdfStream, page: PdfPage, place: string): void {
  const resources = new PdfDict();
  const objects = new PdfDict();
  objects.entries.set('A', appearance);
  for (const [key, value] of page.resources?.entries ?? []) resources.entries.set(key, value);
  resources.entries.set('XObject', objects);
  walkContent(scene, Buffer.from('/A Do'), {
    resources,
    own: true,
    place: `${place}, annotation`,
    depth: 0,
    marked: NONE,
  });
}

/** The content streams of a page are one stream, parted anywhere between tokens. */
function contentOf(judging: Judging, page: PdfPage, place: string): Buffer {
  const { file } = judging;
  const contents = file.resolve(page.dict.get('Contents'));
  const streams = Array.isArray(contents) ? contents : contents === undefined ? [] : [contents];
  const pieces: Buffer[] = [];
  for (const one of streams) {
    if (!file.stream(one)) continue;
    const data = file.data(one);
    if (!data) judging.unread.add(`content of ${place} could not be decoded`);
    else pieces.push(data, Buffer.from('\n'));
  }
  return Buffer.concat(pieces);
}

function* appearancesOf({ file }: Judging, page: PdfPage): Generator<PdfStream> {
  for (const one of file.array(page.dict.get('Annots')) ?? []) {
    const normal = file.resolve(file.dict(file.dict(one)?.get('AP'))?.get('N'));
    if (isStream(normal)) yield normal;
    else if (isDict(normal))
      for (const state of normal.entries.values()) {
        const stream = file.stream(state);
        if (stream) yield stream;
      }
  }
}

const NONE: ReadonlySet<number> = new Set();
const BOXES = ['MediaBox', 'CropBox', 'TrimBox', 'ArtBox', 'BleedBox'];

function checkSize(judging: Judging, page: PdfPage, place: string): void {
  const { file } = judging;
  for (const key of BOXES) {
    const sides = (file.array(page.inherited(key)) ?? []).map((one) => file.number(one));
    const [a, b, c, d] = sides;
    if (a === undefined || b === undefined || c === undefined || d === undefined) continue;
    for (const side of [Math.abs(c - a), Math.abs(d - b)])
      if (side < 3 || side > 14_400) judging.fault('limit.pageSize', `${place}: ${key}`);
  }
}
