import { type Identifiers, type IdRegister, METS } from '#formats/mets';
import type { FileTree } from '#formats/tree';
import type { XmlElement } from '#formats/xml';
import type { Report } from './report.ts';

/** The METS document of a package or of one of its representations, while it is judged. */
export interface Judged {
  readonly report: Report;
  /** The folder the document lies in, from which its references go. */
  readonly tree: FileTree;
  /** Of the document, below the root of the package. */
  readonly path: string;
  /** Path of the folder below the root of the package, with `/` at its end; '' for the root. */
  readonly folder: string;
  /** Of the folder, where it is known. */
  readonly name: string | null;
  readonly of: 'package' | 'representation';
  readonly ids: Identifiers;
  /** Files of the package that some document refers to. */
  readonly referenced: IdRegister;
  readonly facts: Facts;
}

export interface GroupFacts {
  id: string;
  use: string;
  line: number;
  pointedAt: boolean;
  /** Files, and groups within it. */
  holds: number;
}

/** What later rules need of what has gone by. */
export interface Facts {
  objid: string;
  profile: string;
  packageType: string;
  header: boolean;
  fileSections: number;
  groups: GroupFacts[];
  dmd: SectionFacts[];
  amd: SectionFacts[];
  amdSections: number;
  digiprov: number;
  files: number;
  /** Attributes of E-ARK SIP that a file has somewhere. */
  formats: Set<string>;
  maps: number;
  /** What divisions for metadata name; null where none has the attribute. */
  named: { amd: Set<string> | null; dmd: Set<string> | null };
  /** Labels of divisions of representations, and METS documents pointed at. */
  representations: { label: string; line: number; mets: string[] }[];
}

export interface SectionFacts {
  id: string | undefined;
  /** Of the `amdSec` around it. */
  around?: string | undefined;
  current: boolean;
}

/** Sections of metadata and groups of files that are remembered one by one. Beyond it, rules about all of them pass. */
export const MOST_SECTIONS = 100_000;

export function newFacts(): Facts {
  return {
    objid: '',
    profile: '',
    packageType: '',
    header: false,
    fileSections: 0,
    groups: [],
    dmd: [],
    amd: [],
    amdSections: 0,
    digiprov: 0,
    files: 0,
    formats: new Set(),
    maps: 0,
    named: { amd: null, dmd: null },
    representations: [],
  };
}

export const at = (doc: Judged, e: XmlElement): string => `${doc.path}:${e.line}`;
export const isMets = (e: XmlElement, name: string): boolean => e.name === name && e.space === METS;

const NCNAME = /^[\p{L}_][\p{L}\p{N}\p{M}._\-\u00b7]*$/u;

/** Whether a value can be an `xml:id`. */
export const isId = (value: string | undefined): boolean => value !== undefined && NCNAME.test(value);

const DATE_TIME = /^-?\d{4,}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** Whether a value is an `xs:dateTime`. */
export function isDateTime(value: string): boolean {
  const [, month, day, hour, minute, second] = (DATE_TIME.exec(value) ?? []).map(Number);
  if (month === undefined) return false;
  return (
    month >= 1 && month <= 12 && day! >= 1 && day! <= 31 && hour! <= 24 && minute! <= 59 && second! <= 60
  );
}
