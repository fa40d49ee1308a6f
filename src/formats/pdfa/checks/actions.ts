import { nameOf, type PdfDict, type PdfValue } from '#formats/pdf-objects';
import type { Judging } from '../report.ts';

const FIRST = ['GoTo', 'GoToR', 'Thread', 'URI', 'Named', 'SubmitForm'];
const SECOND = [...FIRST, 'GoToE'];
const FOURTH = [...SECOND, 'JavaScript', 'RichMediaExecute', 'GoToDp'];
const NAMED = new Set(['NextPage', 'PrevPage', 'FirstPage', 'LastPage']);
const MAX_CHAIN = 200;

function permitted({ flavour: { part, level } }: Judging): readonly string[] {
  if (part === 1) return FIRST;
  if (part < 4) return SECOND;
  return level === 'e' ? [...FOURTH, 'SetOCGState', 'GoTo3DView'] : FOURTH;
}

/** An action and those that follow it. */
export function checkAction(judging: Judging, value: PdfValue | undefined, place: string): void {
  const { file } = judging;
  const queue: (PdfValue | undefined)[] = [value];
  const seen = new Set<PdfDict>();
  while (queue.length > 0 && seen.size < MAX_CHAIN) {
    const action = file.dict(queue.shift());
    if (!action || seen.has(action)) continue;
    seen.add(action);
    const type = file.name(action.get('S')) ?? '';
    if (!permitted(judging).includes(type)) judging.fault('action.type', `${place}: ${type}`);
    if (type === 'Named' && !NAMED.has(file.name(action.get('N')) ?? ''))
      judging.fault('action.named', place);
    const next = file.resolve(action.get('Next'));
    queue.push(...(Array.isArray(next) ? next : [next]));
  }
}

const TRIGGERS = new Set(['E', 'X', 'D', 'U', 'Fo', 'Bl']);

/** Additional actions of the catalogue, a page, or an annotation that is no form field. */
export function checkTriggers(judging: Judging, owner: PdfDict, place: string): void {
  const { file } = judging;
  const additional = file.dict(owner.get('AA'));
  if (!additional) return;
  for (const [key, one] of additional.entries) {
    if (!TRIGGERS.has(key)) judging.fault('action.triggers', `${place}: ${key}`);
    checkAction(judging, one, place);
  }
}

/** Actions of the document: on opening, of bookmarks, by name. */
export function checkActions(judging: Judging): void {
  const { file } = judging;
  const { catalogue } = file;
  if (catalogue.has('AA')) {
    judging.fault('action.catalogue');
    checkTriggers(judging, catalogue, 'catalogue');
  }
  const opening = file.resolve(catalogue.get('OpenAction'));
  if (!Array.isArray(opening)) checkAction(judging, opening, 'opening');
  checkBookmarks(judging);
  for (const number of file.numbers()) {
    const dict = file.dict(file.object(number));
    if (dict && nameOf(dict.get('Type')) === 'Action') checkAction(judging, dict, `object ${number}`);
  }
  const scripts = file.dict(file.dict(catalogue.get('Names'))?.get('JavaScript'));
  if (scripts && judging.part < 4) judging.fault('action.type', 'names: JavaScript');
}

function checkBookmarks(judging: Judging): void {
  const { file } = judging;
  const seen = new Set<PdfDict>();
  const queue: (PdfValue | undefined)[] = [file.dict(file.catalogue.get('Outlines'))?.get('First')];
  while (queue.length > 0 && seen.size < 200_000) {
    const item = file.dict(queue.pop());
    if (!item || seen.has(item)) continue;
    seen.add(item);
    checkAction(judging, item.get('A'), 'bookmark');
    queue.push(item.get('Next'), item.get('First'));
  }
}
