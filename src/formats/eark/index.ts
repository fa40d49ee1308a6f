/** E-ARK information packages (CSIP, SIP, DIP 2.x): judged by the requirements of the specifications, read, written. */
export type { EarkKind } from './judgeMets.ts';
export type { EarkFile, EarkMetadata, EarkPackage, EarkParts, EarkRepresentation } from './packages.ts';
export { type EarkListed, type EarkOpened, type EarkRead, type EarkSection, readEark } from './read.ts';
export { type EarkVersion, REQUIREMENTS, requirement } from './requirements/index.ts';
export { type EarkOptions, type EarkReport, earkRoot, recogniseEark, validateEark } from './validate.ts';
export { type EarkWritten, writeEark } from './write.ts';
