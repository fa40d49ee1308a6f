/** Printed matter: covers, lists, note sheets, spines, stamps, labels, finding aids, made by jobs. */
export { PRINT_JOB } from './commands/order.ts';
export type { PrintingDeps } from './deps.ts';
export { registerPrinting } from './http.ts';
export { createPrinting, type Printing } from './module.ts';
