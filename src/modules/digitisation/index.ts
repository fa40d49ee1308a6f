export { TEXT_JOB } from './commands/readText.ts';
export type { NewScanImport } from './commands/scanImport.ts';
export type { DigitisationDeps, TextIndex } from './deps.ts';
export { type Inspected, inspectFile } from './domain/inspect.ts';
export { registerDigitisation } from './http.ts';
export { createDigitisation, type Digitisation } from './module.ts';
export { tesseractEngine } from './ocr/index.ts';
export type { PageText } from './store/pageText.ts';
export { putTexts } from './store/pageText.ts';
