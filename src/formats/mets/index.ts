/** METS, the Library of Congress's wrapper for what belongs to a digital object: read and written as streams. */

export { hrefOf, resourcePath } from './href.ts';
export { Identifiers, type IdFault } from './identifiers.ts';
export { type IdKind, IdRegister } from './idRegister.ts';
export {
  CHECKSUMS,
  CSIP,
  LOCATORS,
  METADATA,
  METADATA_TYPES,
  METS,
  type MetadataKind,
  SIP,
  XLINK,
  XSI,
} from './names.ts';
export { readMets } from './read.ts';
export { metsStructure, STRUCTURE_CODES } from './structure.ts';
export { type MetsReport, validateMets } from './validate.ts';
export {
  agentOf,
  csipAttribute,
  fileOf,
  headerOf,
  idsOf,
  isMetadata,
  locationOf,
  type MetsAgent,
  type MetsDigest,
  type MetsFile,
  type MetsHeader,
  type MetsLocation,
  type MetsMetadata,
  type MetsReference,
  metadataOf,
  sipAttribute,
} from './view.ts';
export {
  type DivisionToWrite,
  type FileToWrite,
  type GroupToWrite,
  type MetadataToWrite,
  type MetsToWrite,
  metsXml,
  type ReferenceToWrite,
} from './write.ts';
