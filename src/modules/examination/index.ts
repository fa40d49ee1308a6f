/** Files and packages that people have looked at without taking them in. */
export { EXAMINE_JOB } from './commands/begin.ts';
export type { ExaminationDeps } from './deps.ts';
export { FAMILIES, type Family, familyOf } from './domain/families.ts';
export { registerExaminations } from './http.ts';
export { createExaminations, type Examinations } from './module.ts';
