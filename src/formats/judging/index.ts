/** One judgement of any package, for the command line and the server: what it is and everything that is wrong with it. */
export type { DocumentKind } from './document.ts';
export { type CheckResult, type Judged, type JudgeOptions, judge, type ToldKind } from './judge.ts';
export type { CheckPlace, PackageKind } from './kind.ts';
export { KIND_NAMES, type KindName } from './kinds.ts';
