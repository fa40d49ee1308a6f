import { drawFileCover, drawNoteSheet, fact } from '#formats/print';
import { t } from '#kernel/wording';
import type { UnitRecord } from '#modules/holdings';
import {
  catalogueNoOf,
  categoryOnForm,
  numberOf,
  retentionOnForm,
  sentence,
  spanOf,
} from '../domain/values.ts';
import { drawPart, volumePart } from './lists.ts';
import { type Drawing, nothing } from './print.ts';

/**
 * What a volume has: its documents, and its pages as described or summed up; undefined where that is not known, such as to
 * somebody who does not see all of them.
 */
interface VolumeFigures {
  items: number;
  pages: number | undefined;
}

async function figuresOf(d: Drawing, file: UnitRecord): Promise<VolumeFigures> {
  if (file.pages !== null || file.childCount === 0)
    return { items: file.childCount, pages: file.pages ?? undefined };
  const items = file.childCount;
  let seen = 0;
  let pages: number | undefined = 0;
  for await (const batch of d.source.below(file.id))
    for (const item of batch) {
      seen++;
      pages = pages === undefined || item.pages === null ? undefined : pages + item.pages;
    }
  return { items, pages: seen < items ? undefined : pages };
}

type Paper = (d: Drawing, file: UnitRecord, figures: VolumeFigures) => Promise<void>;

const cover: Paper = async (d, file, { items, pages }) => {
  const { c, language } = d;
  const ready = (text: string) => c.sheet.ready(text);
  const fonds = await d.source.fonds(file.fondsId);
  const span = spanOf(file);
  drawFileCover(c, {
    fondsName: ready(fonds.name),
    className: ready(file.description.dept ?? categoryOnForm(language, file.category)),
    title: ready(file.title),
    from: span.from,
    to: span.to,
    retention: ready(retentionOnForm(language, file.retention)),
    items: items === 0 ? '' : String(items),
    pages: pages === undefined ? '' : String(pages),
    filingNo: '',
    fondsNo: ready(fonds.number),
    catalogueNo: ready(catalogueNoOf(file)),
    volumeNo: ready(numberOf(file)),
  });
};

const list: Paper = async (d, file) => {
  const fonds = await d.source.fonds(file.fondsId);
  await drawPart(d, volumePart(d, file, fonds), d.settings.title || t(d.language, 'printForm.fileList'));
};

const note: Paper = async (d, file, { items, pages }) => {
  const { c, language } = d;
  const fonds = await d.source.fonds(file.fondsId);
  const counted =
    items === 0
      ? ''
      : pages === undefined
        ? t(language, 'printForm.countedItems', { items })
        : t(language, 'printForm.counted', { items, pages });
  drawNoteSheet(c, {
    title: c.sheet.ready(d.settings.title || t(language, 'printForm.fileNote')),
    facts: [
      fact(c, 'field.fondsNo', fonds.number),
      fact(c, 'field.volumeNo', numberOf(file)),
      fact(c, 'field.referenceCode', file.referenceCode ?? ''),
    ],
    statement: [t(language, 'printForm.volumeStatement'), counted && sentence(language, counted)],
    signatures: (['printForm.filer', 'printForm.checker', 'printForm.filedOn'] as const).map((key) =>
      t(language, key),
    ),
  });
};

/** Papers of each chosen volume, one volume after the other. @throws Refusal printing.nothing */
async function drawVolumes(d: Drawing, papers: readonly Paper[]): Promise<void> {
  let any = false;
  for await (const batch of d.source.chosen(['file']))
    for (const file of batch) {
      any = true;
      const { number, name } = await d.source.fonds(file.fondsId);
      d.running({ title: file.title, fondsNo: number, fondsName: name });
      d.c.sheet.about = file.referenceCode ?? file.title;
      const figures =
        papers.length === 1 && papers[0] === list ? { items: 0, pages: undefined } : await figuresOf(d, file);
      for (const paper of papers) await paper(d, file, figures);
      await d.c.sheet.breathe();
      if (!papers.includes(list)) d.done(1);
    }
  if (!any) throw nothing();
}

export const drawFileCovers = (d: Drawing) => drawVolumes(d, [cover]);
export const drawFileLists = (d: Drawing) => drawVolumes(d, [list]);
export const drawFileNotes = (d: Drawing) => drawVolumes(d, [note]);
export const drawFileSets = (d: Drawing) => drawVolumes(d, [cover, list, note]);
