import type { Readable } from 'node:stream';
import type { FormerCode } from '#modules/holdings';
import type { Listed } from './foreign/listed.ts';

/** A file of an entry's content, on its way in or out. */
export interface ConsignedFile {
  /** Name as people see it, and byte for byte as it was received. */
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly mediaType: string | null;
  readonly bytes: number;
  /** Lower-case hexadecimal; null where the package does not say it. */
  readonly sha512: string | null;
  /** What a list in the package says of it: compared again with what is taken in. */
  readonly listed?: Listed | undefined;
  /** What metadata in the package says of its size and format (media type, name); absent where it says nothing. */
  readonly said?: { readonly bytes?: number | undefined; readonly format?: string | undefined } | undefined;
  /** How the file ends where it lies, such as `.tif`. */
  readonly ending: string;
  /** Its bytes, where they are in memory already. */
  readonly whole?: Uint8Array | undefined;
  open(): Promise<Readable>;
}

/** What is kept about an entry beside its description and content: events, checks, texts. */
export interface ConsignedDocument {
  /** Below the entry's own folder. */
  readonly path: string;
  /** Its bytes, where they are in memory already. */
  readonly whole?: Uint8Array | undefined;
  open(): Promise<Readable>;
}

/** An entry of the catalogue. */
export interface ConsignedUnit {
  /** Names it within the consignment. */
  readonly key: string;
  /** The entry it stands under, which comes before it; null: directly under its fonds. */
  readonly parentKey: string | null;
  /** Number of its fonds. */
  readonly fonds: string;
  /** Its row of the catalogue whole, by the names of its columns. */
  readonly row: Readonly<Record<string, unknown>>;
  readonly formerCodes: readonly FormerCode[];
  readonly hasFiles: boolean;
  /** In order; to be read before the next entry is asked for, once. */
  files(): AsyncIterable<ConsignedFile>;
  documents(): AsyncIterable<ConsignedDocument>;
}

/** A page as people are shown it. */
export interface AccessCopy {
  /** `0003-0001.jpg`: file and page. */
  readonly name: string;
  readonly picture: Uint8Array;
}

export interface ConsignedFonds {
  readonly number: string;
  readonly name: string;
  readonly dates: string | null;
  readonly history: string | null;
  readonly custody: string | null;
  readonly scope: string | null;
  readonly agency: { readonly code: string; readonly name: string } | null;
}

export interface ConsignedArchive {
  readonly code: string;
  readonly name: string;
}

/** Totals somebody declared of what is in a package, in the package itself. */
export interface ConsignedTotals {
  /** The paper and field, or the document, for people. */
  readonly source: string;
  readonly items?: number | null | undefined;
  readonly files?: number | null | undefined;
  readonly bytes?: number | null | undefined;
  /** Bytes the figure may be off by because of how it is written. */
  readonly precision?: number | undefined;
  /** The validator of its kind compares it with what lies there. */
  readonly isJudged: boolean;
}

/** Entries in the order of their tree, with what they stand for. The model every kind of package is mapped to and from. */
export interface Consignment {
  /** Whose records they are; null where the package does not say. */
  readonly archive: ConsignedArchive | null;
  /** What of it: the code of an archive, the number of a fonds, the code or id of an entry. */
  readonly title: string;
  /** What the package declares of itself; absent where it declares nothing, or is none. */
  readonly declared?: readonly ConsignedTotals[] | undefined;
  fonds(): AsyncIterable<ConsignedFonds>;
  /** An entry before what is below it; to be gone through one after another. */
  units(): AsyncIterable<ConsignedUnit>;
  /** Pictures (JPEG) of those pages of an entry whose originals few programs show, by its key. */
  accessCopies?(key: string): AsyncIterable<AccessCopy>;
}
