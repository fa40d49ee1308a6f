import type { Inside } from '#formats/inside';
import type { CheckResult } from '#formats/judging';
import type { IdentifierConfig, Match } from '#formats/pronom';
import type { PackageLimits } from '#kernel/config';

/** What is asked of the thread that reads what strangers sent. One thread, one examination. */
export type ExaminationRequest =
  | { do: 'judge' }
  /** Begins the tree anew; `recognised`: it is a package of a known kind, and so no document that happens to be packed. */
  | { do: 'open'; recognised: boolean }
  /** The next entries of the tree; `all` once there are no more. */
  | { do: 'next' }
  /** Of a file of the package; `''`: of the file that was sent. */
  | { do: 'inside'; path: string };

export interface ExaminationPlace {
  /** The file or folder. */
  path: string;
  /** A folder of its own for what has to be unpacked to be looked at. */
  scratch: string;
  limits: PackageLimits;
  /** PEM texts of certificates that are trusted. */
  trust: readonly string[];
  formats: IdentifierConfig;
  /** veraPDF's command, which is asked of PDF/A where it is installed. */
  veraPdf: string;
}

export type JudgedPlace = CheckResult & { what: string };

export interface OpenedPlace {
  /** Null: one file that holds no others, or none that are told. */
  wrapper: 'folder' | 'zip' | 'tar' | null;
  /** A document that is packed as ZIP, as OFD and office files are: one file to its readers. */
  document: boolean;
  /** The one folder on top that findings' paths count from; `''` where there is none. */
  top: string;
}

export interface FoundEntry {
  path: string;
  kind: 'file' | 'folder';
  bytes: number;
  matches: readonly Match[] | null;
  notIdentified: 'tooLarge' | 'tooMuch' | 'unreadable' | null;
}

export interface FoundEntries {
  entries: FoundEntry[];
  all: boolean;
}

export interface LookedInside {
  inside: Inside;
}
