/** PREMIS, the data dictionary for preservation metadata, as XML: version 3 written piece by piece, versions 1 to 3 read. */
export type {
  ReadAgent,
  ReadCharacteristics,
  ReadEvent,
  ReadFormat,
  ReadIdentifier,
  ReadLink,
  ReadObject,
  ReadPremisEntity,
  ReadRights,
  ReadRightsStatement,
} from './entity.ts';
export { type PremisRead, premisElements, premisVersion, readPremis, wrappedPremis } from './readDocument.ts';
export { entityOf } from './readEntities.ts';
export { type ReadPremisEvent, readPremisEvents } from './readEvents.ts';
export type {
  PremisAgent,
  PremisDocument,
  PremisEvent,
  PremisFile,
  PremisIdentifier,
  PremisIntellectualEntity,
  PremisObject,
  PremisProperty,
  PremisRepresentation,
  PremisRights,
} from './types.ts';
export { type PremisReport, validatePremis } from './validate.ts';
export { premisXml } from './write.ts';
