import { drawBoxFace, drawNoteSheet, drawSpines, fact, type SpineCell } from '#formats/print';
import { Refusal } from '#kernel/errors';
import { type MessageKey, t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import { type Box, collectBoxes, numbersOf } from '../domain/boxes.ts';
import { retentionOnForm, sentence } from '../domain/values.ts';
import { type Drawing, nothing, type Printing } from './print.ts';

/** Boxes of one job: they are put together before the first is drawn. */
const MOST_BOXES = 100_000;

export interface BoxFacts extends Box {
  fondsNo: string;
  fondsName: string;
  retentionWords: string;
}

/**
 * The boxes of what is chosen. Documents of a volume lie in its box: they are no boxes of their own.
 *
 * @throws Refusal printing.nothing, printing.tooManyBoxes
 */
export async function* boxesOf(p: Printing): AsyncGenerator<BoxFacts> {
  const collected = collectBoxes();
  for await (const batch of p.source.chosen(['file', 'item'])) {
    const inVolumes = await volumesAmong(p, batch);
    for (const unit of batch)
      if (unit.level === 'file' || unit.parentId === null || !inVolumes.has(unit.parentId))
        collected.add(unit);
    if (collected.count > MOST_BOXES)
      throw new Refusal('printing.tooManyBoxes', 'These are too many boxes for one job.', {
        most: MOST_BOXES,
      });
    p.done(batch.length);
  }
  if (collected.count === 0) throw nothing();
  for (const box of collected.boxes()) {
    const { number, name } = await p.source.fonds(box.fondsId);
    const retentionWords = retentionOnForm(p.language, box.retention);
    yield Object.assign({ fondsNo: number, fondsName: name, retentionWords }, box);
  }
}

/** Which of the parents of these entries are volumes. */
async function volumesAmong(p: Printing, batch: readonly UnitRecord[]): Promise<Set<string>> {
  const files = new Set<string>();
  const parents = new Set(batch.flatMap((u) => (u.level === 'item' && u.parentId ? [u.parentId] : [])));
  if (parents.size === 0) return files;
  for await (const found of p.source.byIds([...parents]))
    for (const parent of found) if (parent.level === 'file') files.add(parent.id);
  return files;
}

export const numbersKey = (box: Pick<Box, 'volumes'>): MessageKey =>
  box.volumes ? 'printForm.volumeNumbers' : 'printForm.itemNumbers';

/** What a spine says, from the top down (DA/T 22-2015, 6.4.1.2 [S:DAC]; the box's number [M]). */
export function spineFacts(box: BoxFacts): [MessageKey, string][] {
  return [
    ['field.fondsNo', box.fondsNo],
    ['field.year', box.year],
    ['field.retention', box.retentionWords],
    ['printForm.dept', box.dept],
    [numbersKey(box), numbersOf(box)],
    ['field.boxNo', box.boxNo],
  ];
}

export async function drawBoxSpines(d: Drawing): Promise<void> {
  await drawSpines(d.c, spines(d));
}

async function* spines(d: Drawing): AsyncGenerator<SpineCell[]> {
  const { c, language, settings } = d;
  for await (const box of boxesOf(d)) {
    c.sheet.about = aboutBox(box);
    yield spineFacts(box).map(([key, value]) => ({
      label: c.sheet.ready(t(language, key)),
      value: c.sheet.ready(value),
      english: settings.bilingual && language !== 'en' ? t('en', key) : '',
      tall: key === 'printForm.dept' || key === numbersKey(box),
    }));
  }
}

const aboutBox = (box: BoxFacts): string => [box.fondsNo, box.year, box.boxNo].filter(Boolean).join(' ');

export async function drawBoxFaces(d: Drawing): Promise<void> {
  const { c, language } = d;
  for await (const box of boxesOf(d)) {
    await c.sheet.breathe();
    c.sheet.about = aboutBox(box);
    const facts = spineFacts(box).filter(([key]) => key !== 'field.fondsNo');
    drawBoxFace(c, {
      fondsName: c.sheet.ready(box.fondsName),
      facts: facts.map(([key, value]) => [c.sheet.ready(t(language, key)), c.sheet.ready(value)]),
      archive: c.sheet.ready(d.archiveName),
    });
  }
}

/** Note sheets of boxes (DA/T 22-2015, 6.4.2 [S:DAC]). */
export async function drawBoxNotes(d: Drawing): Promise<void> {
  const { c, language } = d;
  for await (const box of boxesOf(d)) {
    await c.sheet.breathe();
    c.sheet.about = aboutBox(box);
    d.running({ title: '', fondsNo: box.fondsNo, fondsName: box.fondsName });
    const counted = box.volumes
      ? t(language, 'printForm.boxCountedVolumes', { volumes: box.count })
      : box.pages === null
        ? t(language, 'printForm.boxCountedItems', { items: box.count })
        : t(language, 'printForm.boxCounted', { items: box.count, pages: box.pages });
    drawNoteSheet(c, {
      title: c.sheet.ready(d.settings.title || t(language, 'printForm.boxNote')),
      facts: spineFacts(box).map(([key, value]) => fact(c, key, value)),
      statement: [t(language, 'printForm.boxStatement'), sentence(language, counted)],
      signatures: (
        ['printForm.arranger', 'printForm.arrangedOn', 'printForm.checker', 'printForm.checkedOn'] as const
      ).map((key) => t(language, key)),
    });
  }
}
