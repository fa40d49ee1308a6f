/** Papers to be printed and signed: registers as tables, labels. Pure: no database, no HTTP. */
export { type LabelInput, printLabels } from './labels.ts';
export { printRegister, type RegisterInput } from './register.ts';
export { printReport, type ReportInput, type ReportSection } from './report.ts';
