/** The file of a fonds 全宗卷: papers on the fonds itself, under the headings of DA/T 12-2012. */
export type { FondsFileView } from './commands/documents.ts';
export type { FondsFileDeps } from './deps.ts';
export { registerFondsFile } from './http.ts';
export { createFondsFiles, type FondsFiles } from './module.ts';
