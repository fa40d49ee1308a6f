import type { MetadataRecord, SchemeLevel } from '#formats/metadata-schemes';
import type { ReferenceTemplate } from '#formats/reference-codes';
import type { DigestName } from '#kernel/checksums';
import type { Finding } from '#kernel/errors';

/**
 * What somebody declared of the whole, and where: the register of filing (GB/T 18894 A.1) or of handover, or papers and lists in the
 * package.
 */
export interface Declared {
  readonly items?: number | null | undefined;
  readonly files?: number | null | undefined;
  readonly bytes?: number | null | undefined;
  /** Bytes the figure may be off by because of how it is written (`1.204 GB`). */
  readonly precision?: number | undefined;
  /** The form it stands in, for people. */
  readonly source: string;
  /** It is the register of the handover or filing itself: what else is declared is compared with it too. */
  readonly isRegister?: boolean | undefined;
  /** The validator of the package compared it with what lies there: its findings say what came of that. */
  readonly isJudged?: boolean | undefined;
}

/** The digest of something that was sent, before and after. */
export interface TransmissionDigest {
  readonly name: string;
  readonly algorithm: string;
  /** Lower-case hexadecimal. */
  readonly before: string;
  readonly after: string;
}

/** What the package itself is and what the validator of its kind found. */
export interface PackageFacts {
  /** `bag`, `eark`, `eep`, `handover`, `ocfl`, `unknown`. */
  readonly kind: string;
  readonly findings: readonly Finding[];
}

/** Somebody did something with a record: who, what, when. */
export interface ProcessEvent {
  readonly act: string;
  /** ISO 8601; '' where it is not said. */
  readonly at: string;
  readonly agent: string;
}

/** What metadata or a list says of a computer file. */
export interface SaidOfFile {
  readonly name?: string | undefined;
  readonly bytes?: number | undefined;
  readonly format?: string | undefined;
  readonly digests?:
    | readonly {
        readonly algorithm: string;
        readonly digest: string;
        /** Whoever gives the file has just compared it with its bytes: they are not read for it again. */
        readonly isProved?: boolean | undefined;
      }[]
    | undefined;
}

/** Where the bytes of a file are got from. */
export type FileSource =
  /** It lies there, until the subject is closed. */
  | { readonly path: string }
  /** It is read, once, before the next unit is asked for. */
  | { open(): Promise<AsyncIterable<Uint8Array>> };

/** A computer file of a unit. */
export interface CheckFile {
  /** What it is called where it lies. */
  readonly name: string;
  /** For findings: its place in the subject. */
  readonly path: string;
  /** Null: it is spoken of and not there. */
  readonly bytes: number | null;
  readonly said: SaidOfFile;
  /** Undefined where it is not there. */
  readonly source?: FileSource | undefined;
}

/** A record, volume or series with its metadata and files. */
export interface CheckUnit {
  readonly key: string;
  readonly level: SchemeLevel;
  /** Code of the category, where it is known. */
  readonly category: string | null;
  readonly metadata: MetadataRecord;
  /** Null: nothing is known of what was done with it. */
  readonly events: readonly ProcessEvent[] | null;
  /** Files its metadata declares; null where it declares none. */
  readonly declaredFiles: number | null;
  /** Papers that came along and are no record: their files are looked at, no metadata is asked for. */
  readonly isPapers?: boolean | undefined;
  /** Whether a record of this kind has files at all; a record on paper has not. */
  readonly expectsFiles: boolean;
  /** In order; gone through once, before the next unit is asked for. */
  files(): AsyncIterable<CheckFile>;
}

/** Whether the schedule in force has the record filed. */
export type InScope = 'within' | 'excluded' | 'unknown';

/**
 * What is judged: records of an agency's database, a package of any kind, or held objects, all looked at the same way.
 * Streamed: nothing of it is asked for twice.
 */
export interface CheckSubject {
  /** `records`: of a database. `package`: as it arrived. `held`: in the repository. */
  readonly kind: 'records' | 'package' | 'held';
  readonly title: string;
  /** Off-line, on discs or drives; then the carrier itself is looked at. */
  readonly carrier: 'online' | 'offline';
  readonly declared: readonly Declared[];
  readonly package: PackageFacts | null;
  /** Null: nobody took a digest before it was sent. `notSent`: it is still where it was made. */
  readonly transmission: readonly TransmissionDigest[] | 'notSent' | null;
  /** Units there are, where that is known without going through them. */
  readonly total: number | null;
  /** Bytes of the whole where that is more than its files: what the register means by volume. */
  readonly wholeBytes?: number | undefined;
  /** How reference codes are built here; the standard forms where it is left out. */
  readonly templates?: readonly ReferenceTemplate[] | undefined;
  /** Files that belong to no unit. */
  readonly strays?: AsyncIterable<string> | undefined;
  /** Whether the schedule in force has a unit filed; without it nobody can tell by machine. */
  inScope?(unit: CheckUnit): InScope | Promise<InScope>;
  /** Numbers withdrawn with a reason (空号), by reference code. */
  isVoid?(referenceCode: string): boolean | Promise<boolean>;
  units(): AsyncIterable<CheckUnit>;
}

/** Digests files are looked at for. */
export type WantedDigest = DigestName;
