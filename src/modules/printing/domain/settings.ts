import { faceFits, gridFits, MM, type PrintSettings, shapeOf, spinesOnSheet } from '#formats/print';
import { Refusal } from '#kernel/errors';
import { FORM_KINDS, type Form, isColumn } from './forms.ts';

/** The least room there has to be between the margins, in millimetres. */
const LEAST_ROOM = 40;

const refuse = (code: string, message: string, detail: Record<string, unknown> = {}) =>
  new Refusal(`printing.${code}`, message, detail);

/**
 * Settings a form can be printed with.
 *
 * @throws Refusal printing.margins, printing.columns, printing.paperTooSmall, printing.labelGrid, printing.typeTooLarge
 */
export function demandPrintable(form: Form, settings: PrintSettings): void {
  const { width, height, margins } = shapeOf(settings);
  const across = width - margins.left - margins.right;
  const down = height - margins.top - margins.bottom;
  if (!settings.trueSize && (across < LEAST_ROOM || down < LEAST_ROOM))
    throw refuse('margins', `Between the margins ${LEAST_ROOM} mm have to be left either way.`, {
      least: LEAST_ROOM,
    });
  const kind = FORM_KINDS[form];
  if (kind.columns.length > 0) demandColumns(form, settings, across);
  const made = { settings };
  if (form === 'boxSpine' && spinesOnSheet(made) === 0)
    throw refuse('paperTooSmall', 'A spine is 310 mm long: choose A3, or pages of just its size.');
  if (form === 'boxFace' && !faceFits(made))
    throw refuse(
      'paperTooSmall',
      'The face of a box is 310 by 220 mm: choose A3, or pages of just its size.',
    );
  if (form === 'labels' && !gridFits(made))
    throw refuse('labelGrid', 'The labels do not fit between the margins of this paper.');
}

function demandColumns(form: Form, settings: PrintSettings, across: number): void {
  const allowed = FORM_KINDS[form].columns;
  const keys = settings.columns.map((c) => c.key);
  const wrong = keys.filter((key) => !isColumn(key) || !allowed.includes(key));
  if (keys.length === 0 || wrong.length > 0 || new Set(keys).size !== keys.length)
    throw refuse('columns', 'Choose columns of this form, each once.', { columns: wrong });
  const shares = settings.columns.reduce((sum, c) => sum + c.width, 0);
  // Two characters and their room, else nothing can be read in it.
  const least = (2 * settings.fontSize) / MM + 2.2;
  const narrow = settings.columns.find((c) => (c.width / shares) * across < least);
  if (narrow)
    throw refuse('typeTooLarge', 'A column is too narrow for the size of the type.', { column: narrow.key });
}
