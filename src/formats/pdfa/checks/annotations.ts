import { isDict, isRef, isStream, type PdfDict, PdfString, type PdfValue } from '#formats/pdf-objects';
import { pagesOf } from '../pages.ts';
import type { Judging } from '../report.ts';
import { checkAction, checkTriggers } from './actions.ts';
import { checkIntents } from './intents.ts';

const COMMON = [
  ...[
    'Text',
    'Link',
    'FreeText',
    'Line',
    'Square',
    'Circle',
    'Highlight',
    'Underline',
    'Squiggly',
    'StrikeOut',
  ],
  ...['Stamp', 'Ink', 'Popup', 'Widget', 'PrinterMark', 'TrapNet'],
];
const LATER = [...COMMON, 'Polygon', 'PolyLine', 'Caret', 'Watermark', 'Redact'];

function typesPermitted({ flavour: { part, level } }: Judging): ReadonlySet<string> {
  if (part === 1) return new Set(COMMON);
  if (part < 4) return new Set([...LATER, 'FileAttachment']);
  const own = level === 'e' ? ['3D', 'RichMedia'] : level === 'f' ? ['FileAttachment'] : [];
  return new Set([...LATER, 'Projection', ...own]);
}

export function checkAnnotations(judging: Judging): void {
  const { file } = judging;
  const permitted = typesPermitted(judging);
  const rgb = judging.part === 1 && outputIsRgb(judging);
  for (const page of pagesOf(file)) {
    const place = `page ${page.number}`;
    if (page.dict.has('PresSteps')) judging.fault('alternate.steps', place);
    if (page.dict.has('AA')) {
      judging.fault('action.page', place);
      checkTriggers(judging, page.dict, place);
    }
    for (const one of file.array(page.dict.get('Annots')) ?? []) {
      const annotation = file.dict(one);
      if (!annotation) continue;
      const own = isRef(one) ? `${place}, annotation ${one.number}` : `${place}, annotation`;
      const type = file.name(annotation.get('Subtype')) ?? '';
      if (!permitted.has(type)) judging.fault('annotation.type', `${own}: ${type}`);
      checkModel(judging, annotation, own);
      checkFlags(judging, annotation, type, own);
      checkAppearance(judging, annotation, type, own);
      if (!rgb && (annotation.has('C') || annotation.has('IC'))) judging.fault('annotation.colour', own);
      if (type === 'Widget') checkWidget(judging, annotation, own);
      else checkTriggers(judging, annotation, own);
      checkAction(judging, annotation.get('A'), own);
    }
  }
}

function outputIsRgb(judging: Judging): boolean {
  return checkIntents(judging, judging.file.catalogue.get('OutputIntents'), 'catalogue')?.space === 'RGB ';
}

function checkModel(judging: Judging, annotation: PdfDict, place: string): void {
  const model = judging.file.stream(annotation.get('3DD'));
  const kind = judging.file.name(model?.dict.get('Subtype'));
  if (model && kind !== 'U3D' && kind !== 'PRC') judging.fault('annotation.model', place);
}

const [INVISIBLE, HIDDEN, PRINT, NO_VIEW, TOGGLE_NO_VIEW] = [1, 2, 4, 32, 256];

function checkFlags(judging: Judging, annotation: PdfDict, type: string, place: string): void {
  const flags = judging.file.number(annotation.get('F'));
  const opacity = judging.file.number(annotation.get('CA'));
  if (opacity !== undefined && opacity !== 1) judging.fault('annotation.opacity', place);
  if (flags === undefined) {
    if (judging.part === 1 || type !== 'Popup') judging.fault('annotation.flags', place);
    return;
  }
  const forbidden = INVISIBLE | HIDDEN | NO_VIEW | (judging.part > 1 ? TOGGLE_NO_VIEW : 0);
  if ((flags & PRINT) === 0 || (flags & forbidden) !== 0) judging.fault('annotation.flags', place);
}

function checkAppearance(judging: Judging, annotation: PdfDict, type: string, place: string): void {
  const { file } = judging;
  const appearances = file.resolve(annotation.get('AP'));
  if (!isDict(appearances)) {
    const exempt = ['Popup', 'Link', 'Projection'].includes(type) || hasNoSize(judging, annotation);
    if (!exempt) judging.fault('annotation.appearance', place);
    if (type === 'Widget') judging.fault('form.fieldAppearance', place);
    return;
  }
  if (appearances.keys().some((key) => key !== 'N') || !appearances.has('N')) {
    judging.fault('annotation.appearanceKeys', place);
    return;
  }
  const normal = file.resolve(appearances.get('N'));
  const isButton = type === 'Widget' && fieldEntry(judging, annotation, 'FT') === 'Btn';
  // A push button has one appearance only; part 1 is read as letting it be a stream.
  const isPush =
    isButton && judging.part === 1 && ((fieldFlags(judging, annotation) ?? 0) & PUSH_BUTTON) !== 0;
  if (isPush && isStream(normal)) return;
  const isRight = isButton ? isDict(normal) && hasStreams(judging, normal) : isStream(normal);
  if (!isRight) judging.fault('annotation.appearanceKind', place);
}

const hasStreams = ({ file }: Judging, normal: PdfDict): boolean =>
  normal.entries.size > 0 && [...normal.entries.values()].every((one) => file.stream(one) !== undefined);

function hasNoSize({ file }: Judging, annotation: PdfDict): boolean {
  const [a, b, c, d] = (file.array(annotation.get('Rect')) ?? []).map((one) => file.number(one));
  return a !== undefined && a === c && b !== undefined && b === d;
}

const PUSH_BUTTON = 1 << 16;

function fieldFlags({ file }: Judging, field: PdfDict): number | undefined {
  return file.number(field.get('Ff')) ?? file.number(file.dict(field.get('Parent'))?.get('Ff'));
}

/** An entry that a field may have from the fields above it. */
function fieldEntry({ file }: Judging, field: PdfDict, key: string): string | undefined {
  let at: PdfDict | undefined = field;
  for (let depth = 0; at && depth < 32; depth++) {
    const name = file.name(at.get(key));
    if (name !== undefined) return name;
    at = file.dict(at.get('Parent'));
  }
  return undefined;
}

function checkWidget(judging: Judging, annotation: PdfDict, place: string): void {
  if (annotation.has('A')) judging.fault('action.widget', place);
  if (annotation.has('AA')) judging.fault('action.widgetAdditional', place);
}

/** The interactive form: its fields and settings. */
export function checkForm(judging: Judging): void {
  const { file } = judging;
  if (file.resolve(file.catalogue.get('NeedsRendering')) === true) judging.fault('form.needsRendering');
  const form = file.dict(file.catalogue.get('AcroForm'));
  if (!form) return;
  if (file.resolve(form.get('NeedAppearances')) === true) judging.fault('form.needAppearances');
  if (form.has('XFA')) judging.fault('form.xfa');
  const seen = new Set<PdfDict>();
  const visit = (value: PdfValue | undefined, depth: number) => {
    const field = file.dict(value);
    if (!field || seen.has(field) || depth > 64 || seen.size > 100_000) return;
    seen.add(field);
    const place = `field ${field.get('T') instanceof PdfString ? (field.get('T') as PdfString).text.slice(0, 60) : ''}`;
    if (field.has('AA')) judging.fault('action.widgetAdditional', place);
    for (const kid of file.array(field.get('Kids')) ?? []) visit(kid, depth + 1);
  };
  for (const one of file.array(form.get('Fields')) ?? []) visit(one, 0);
}
