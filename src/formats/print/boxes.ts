import type { Language } from '#kernel/wording';
import { drawSpines, type SpineCell } from './boxForms.ts';
import { inMemory } from './inMemory.ts';
import type { BoxThickness } from './measures.ts';
import { drawNoteSheet, type NoteSheetInput } from './noteSheet.ts';
import { PLAIN_SETTINGS } from './plain.ts';
import type { PrintSettings } from './settings.ts';

interface Common {
  title: string;
  author: string;
  language: Language;
  at: Date;
}

export interface SpinesInput extends Common {
  /** Millimetres. */
  thickness: BoxThickness;
  /** One per box. */
  spines: readonly (readonly SpineCell[])[];
}

/** Spines of boxes in their real size, side by side on A3 with lines to cut along. @returns the PDF */
export function printSpines(o: SpinesInput): Promise<Buffer> {
  const settings: PrintSettings = Object.assign({}, PLAIN_SETTINGS, {
    paper: 'A3',
    margins: { top: 20, right: 20, bottom: 20, left: 20 },
    thickness: o.thickness,
  });
  return inMemory(o, settings, {}, (c) =>
    drawSpines(
      c,
      o.spines.map((spine) =>
        spine.map(({ label, value, tall = false }) => ({
          label: c.sheet.ready(label),
          value: c.sheet.ready(value),
          tall,
        })),
      ),
    ),
  );
}

/** The note sheet of a box 备考表 on A4, to be filled in and signed. @returns the PDF */
export function printNoteSheet(o: Common & Omit<NoteSheetInput, 'title'>): Promise<Buffer> {
  const settings: PrintSettings = Object.assign({}, PLAIN_SETTINGS, { fontSize: 13, titleSize: 22 });
  return inMemory(o, settings, {}, async (c) => {
    const ready = (text: string) => c.sheet.ready(text);
    drawNoteSheet(c, {
      title: ready(o.title),
      facts: o.facts.map(ready),
      statement: [ready(o.statement[0]), ready(o.statement[1])],
      signatures: o.signatures.map(ready),
    });
  });
}
