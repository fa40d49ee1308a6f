/** PREMIS 3, the data dictionary for preservation metadata, as XML: written piece by piece, and read back as written. */
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
export { premisXml } from './write.ts';
