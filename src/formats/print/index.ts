/** Papers to be printed and signed: registers as tables, labels, the forms of volumes and boxes. Pure: no database, no HTTP. */

export { type AgreementInput, printAgreement } from './agreement.ts';
export { printNoteSheet, printSpines, type SpinesInput } from './boxes.ts';
export { drawBoxFace, drawSpines, faceFits, type SpineCell, spinesOnSheet } from './boxForms.ts';
export { type CatalogueInput, printCatalogue } from './catalogue.ts';
export { drawCatalogueCover } from './catalogueCover.ts';
export { asciiCode, barsOf, code128 } from './code128.ts';
export { type FormContext, type FormTold, fitText, said, saidInEnglish } from './context.ts';
export { dayInWords } from './days.ts';
export { fact } from './facts.ts';
export { drawFileCover, type FileCoverInput } from './fileCover.ts';
export { type FormCell, type FormInput, printForm } from './form.ts';
export { type HonourInput, printHonour } from './honour.ts';
export { type LabelInput, printLabels } from './labels.ts';
export { drawList, type ListColumn, type ListRow } from './list.ts';
export {
  BOX_THICKNESSES,
  type BoxThickness,
  type Margins,
  MM,
  PAPER_NAMES,
  type PaperName,
} from './measures.ts';
export { drawNoteSheet, type NoteSheetInput } from './noteSheet.ts';
export { PLAIN_SETTINGS } from './plain.ts';
export { drawProse, type ProseSection } from './prose.ts';
export { printRegister, type RegisterInput } from './register.ts';
export { printReport, type ReportInput, type ReportSection } from './report.ts';
export {
  LABEL_CODES,
  type LabelCode,
  type PrintSettings,
  type Running,
  type ShownColumn,
  shapeOf,
} from './settings.ts';
export { EnoughPages, Sheet, type SheetProperties } from './sheet.ts';
export { drawStamps, type StampInput } from './stamps.ts';
export type { MissingCharacter } from './typeface.ts';
export { drawUnitLabels, gridFits, type UnitLabelInput } from './unitLabels.ts';
