/** The one rule of visibility: who may do what to a thing, and why. */
export { filingReachOf, reachOf } from './visibility/reach.ts';
export { CAPABILITY_FOR, decide, fits, isWhole } from './visibility/rule.ts';
export * from './visibility/types.ts';
