import { t } from '#kernel/wording';
import type { Level } from '#modules/holdings';
import type { Form } from '../domain/forms.ts';
import { drawBoxFaces, drawBoxNotes, drawBoxSpines } from './boxes.ts';
import { drawFindingAid } from './findingAid.ts';
import { drawFondsFile } from './fondsFile.ts';
import { drawFondsGuide } from './fondsGuide.ts';
import { classParts, drawLists } from './lists.ts';
import type { Drawing } from './print.ts';
import { drawFilingStamps, drawLabels } from './small.ts';
import { drawFileCovers, drawFileLists, drawFileNotes, drawFileSets } from './volumes.ts';

const title = (d: Drawing, key: 'printForm.itemList' | 'printForm.fileCatalogue'): string =>
  d.settings.title || t(d.language, key);

/** How each form is drawn. @throws Refusal printing.nothing, printing.oneFonds, printing.tooManyBoxes */
export const DRAW: Readonly<Record<Form, (d: Drawing) => Promise<void>>> = {
  itemList: (d) => drawLists(d, classParts(d, 'item'), title(d, 'printForm.itemList')),
  fileCatalogue: (d) => drawLists(d, classParts(d, 'file'), title(d, 'printForm.fileCatalogue')),
  fileSet: drawFileSets,
  fileCover: drawFileCovers,
  fileList: drawFileLists,
  fileNote: drawFileNotes,
  boxSpine: drawBoxSpines,
  boxFace: drawBoxFaces,
  boxNote: drawBoxNotes,
  stamp: drawFilingStamps,
  labels: drawLabels,
  findingAid: drawFindingAid,
  fondsGuide: drawFondsGuide,
  fondsFile: drawFondsFile,
};

/** The levels whose entries are counted to tell how far a form is; none where nobody knows before. */
export const COUNTED: Readonly<Record<Form, readonly Level[]>> = {
  itemList: ['item'],
  fileCatalogue: ['file'],
  fileSet: [],
  fileCover: ['file'],
  fileList: [],
  fileNote: ['file'],
  boxSpine: ['file', 'item'],
  boxFace: ['file', 'item'],
  boxNote: ['file', 'item'],
  stamp: ['item'],
  labels: ['series', 'file', 'item'],
  findingAid: ['series', 'file', 'item'],
  fondsGuide: [],
  fondsFile: [],
};
