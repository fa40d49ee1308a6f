import type { OaiError } from './errors.ts';

/** What every answer begins with. */
export interface ReplyHead {
  /** The repository's address. */
  baseUrl: string;
  at: Date;
  /** The arguments as given, with the verb; left out of the answer where the error is badVerb or badArgument. */
  arguments: Readonly<Record<string, string>>;
}

export interface RecordHeader {
  identifier: string;
  datestamp: Date;
  sets: readonly string[];
  deleted: boolean;
}

/** A record; one that was withdrawn has a header alone. */
export interface OaiRecord {
  header: RecordHeader;
  /** XML with its own name spaces. */
  metadata?: string;
}

export interface ResumptionToken {
  /** Empty on the last page of a list that was given in several. */
  token: string;
  /** How many records came before this page. */
  cursor: number;
  completeListSize?: number;
}

export interface Identity {
  repositoryName: string;
  baseUrl: string;
  adminEmails: readonly string[];
  earliestDatestamp: Date;
  /** Names of oai-identifier, where the repository's identifiers are of that kind. */
  identifiers?: { repository: string; sample: string };
}

export interface MetadataFormat {
  metadataPrefix: string;
  schema: string;
  namespace: string;
}

export type OaiReply =
  | { kind: 'errors'; errors: readonly OaiError[] }
  | { kind: 'Identify'; identity: Identity }
  | { kind: 'ListMetadataFormats'; formats: readonly MetadataFormat[] }
  | { kind: 'ListSets'; sets: readonly { spec: string; name: string }[]; resumption?: ResumptionToken }
  | { kind: 'GetRecord'; record: OaiRecord }
  | { kind: 'ListIdentifiers'; headers: readonly RecordHeader[]; resumption?: ResumptionToken }
  | { kind: 'ListRecords'; records: readonly OaiRecord[]; resumption?: ResumptionToken };
