/** E-ARK information packages (CSIP, SIP, DIP 2.x): judged by the requirements of the specifications, read, written. */
export type { EarkKind } from './judgeMets.ts';
export { type EarkVersion, REQUIREMENTS, requirement } from './requirements/index.ts';
export { type EarkOptions, type EarkReport, earkRoot, recogniseEark, validateEark } from './validate.ts';
