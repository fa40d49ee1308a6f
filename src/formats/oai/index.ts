/** Harvesting by OAI-PMH 2.0: requests read, answers written, places in lists. Usable alone. */
export { firstSecond, type Granularity, lastSecond, utcSeconds } from './dates.ts';
export {
  DUBLIN_CORE,
  type DublinCore,
  type DublinCoreElement,
  OAI_DC_FORMAT,
  writeOaiDc,
} from './dublin-core.ts';
export { OAI_ERRORS, type OaiError, type OaiErrorCode, oaiError } from './errors.ts';
export type {
  Identity,
  MetadataFormat,
  OaiRecord,
  OaiReply,
  RecordHeader,
  ReplyHead,
  ResumptionToken,
} from './reply.ts';
export {
  type ListVerb,
  type OaiRequest,
  type ReadRequest,
  readOaiRequest,
  type Selection,
} from './request.ts';
export { namesOfSet, setSpecOf } from './set-spec.ts';
export { createOaiTokens, type ListPlace, type OaiTokens } from './token.ts';
export { cleanText, writeOaiReply } from './write.ts';
