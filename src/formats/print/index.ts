/** Papers to be printed and signed: registers as tables, labels. Pure: no database, no HTTP. */
export {
  BOX_THICKNESSES,
  type BoxThickness,
  type NoteSheetInput,
  printNoteSheet,
  printSpines,
  type SpinesInput,
} from './boxes.ts';
export { type CatalogueInput, printCatalogue } from './catalogue.ts';
export { type FormCell, type FormInput, printForm } from './form.ts';
export { type LabelInput, printLabels } from './labels.ts';
export { printRegister, type RegisterInput } from './register.ts';
export { printReport, type ReportInput, type ReportSection } from './report.ts';
