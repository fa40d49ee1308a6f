import type { MetsAgent, MetsFile } from '#formats/mets';
import type { EarkVersion } from './requirements/index.ts';

type Many<T> = AsyncIterable<T> | Iterable<T>;

/** A file to be put into a package. */
export interface EarkFile {
  /** Below the folder it belongs to (`data`, `documentation` …), joined by `/`. */
  path: string;
  bytes: number;
  content: () => Many<Uint8Array>;
  /** Default `application/octet-stream`. */
  mimeType?: string;
  /** When it was made; default: when the package was. */
  created?: Date;
  ownerId?: string;
  format?: MetsFile['format'];
}

export interface EarkMetadata extends EarkFile {
  /** A value METS has (`EAD`, `DC`, `PREMIS` …). */
  type: string;
  /** Where the type is `OTHER`. */
  otherType?: string;
  version?: string;
}

/** What may stand in a package and in each of its representations. */
export interface EarkParts {
  descriptive?: Many<EarkMetadata>;
  /** PREMIS and its like. */
  preservation?: Many<EarkMetadata>;
  /** Metadata about rights; they lie with the preservation metadata. */
  rights?: Many<EarkMetadata>;
  schemas?: Many<EarkFile>;
  documentation?: Many<EarkFile>;
  contentInformationType?: string;
  otherContentInformationType?: string;
}

export interface EarkRepresentation extends EarkParts {
  /** Of its folder. */
  name: string;
  data: Many<EarkFile>;
}

export interface EarkPackage extends EarkParts {
  /** Also the name of its folder. */
  id: string;
  label?: string;
  packageType: 'SIP' | 'AIP' | 'DIP';
  version?: EarkVersion;
  /** Category of the content, a term of the vocabulary. Default `Mixed`. */
  type?: string;
  otherType?: string;
  created: Date;
  /** What makes the package. */
  software: { name: string; version: string };
  /** Who creates, submits and preserves; a SIP names at least who submits. */
  agents?: MetsAgent[];
  recordStatus?: string;
  /** Submission agreement, reference code and the like. */
  alternativeIds?: { type: string; text: string }[];
  representations: Many<EarkRepresentation>;
}
