/** The one rule of visibility: who may do what to a thing, and why. */
export { visibleRows } from './visibility/compile.ts';
export { type Reach, reachOf } from './visibility/reach.ts';
export { decide } from './visibility/rule.ts';
export * from './visibility/types.ts';
