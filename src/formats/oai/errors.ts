/** The errors of OAI-PMH 2.0 (section 3.6). */
export const OAI_ERRORS = [
  'badArgument',
  'badResumptionToken',
  'badVerb',
  'cannotDisseminateFormat',
  'idDoesNotExist',
  'noRecordsMatch',
  'noMetadataFormats',
  'noSetHierarchy',
] as const;
export type OaiErrorCode = (typeof OAI_ERRORS)[number];

/** One error of an answer; the message is for the people who look after a harvester, in English as the protocol's words are. */
export interface OaiError {
  code: OaiErrorCode;
  message: string;
}

export const oaiError = (code: OaiErrorCode, message: string): OaiError => ({ code, message });
