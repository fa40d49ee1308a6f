/** What bears a classification and was turned away at a door: set apart, shown to the security administrator alone. */
export type { ClassifiedDeps } from './deps.ts';
export { type Door, MARKS, type Mark, type MarkKind } from './domain/marks.ts';
export { registerClassified } from './http.ts';
export { type Classified, createClassified, type Turned } from './module.ts';
