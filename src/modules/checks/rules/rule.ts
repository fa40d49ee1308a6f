import type { Inside } from '#formats/inside';
import type { MetadataFault, MetadataScheme, Stage } from '#formats/metadata-schemes';
import type { Match } from '#formats/pronom';
import type { Digests } from '#kernel/checksums';
import type { MessageKey } from '#kernel/wording';
import type { Details } from '../domain/result.ts';
import type { ItemParameters, ItemSeverity } from '../domain/scheme.ts';
import type { CheckFile, CheckSubject, CheckUnit } from '../domain/subject.ts';
import type { Structure } from '../looking/structure.ts';
import type { Slug } from './slugs.ts';

/** 真实性, 完整性, 可用性, 安全性. */
export const NATURES = ['authenticity', 'completeness', 'usability', 'security'] as const;
export type Nature = (typeof NATURES)[number];

/** What a rule wants to know of the bytes of files. */
export type Reading = 'digests' | 'format' | 'structure' | 'scan' | 'text';

/** A unit as its metadata scheme judges it; judged once for all rules. */
export interface JudgedUnit {
  readonly unit: CheckUnit;
  /** Its reference code, or its key. */
  readonly name: string;
  readonly scheme: MetadataScheme;
  readonly faults: readonly MetadataFault[];
}

/** A file with what reading it showed. Null: not asked for, or it could not be told (`trouble`). */
export interface LookedFile {
  readonly file: CheckFile;
  /** Of the sample of this item, where it has one. */
  readonly size: number | null;
  readonly digests: Digests | null;
  readonly matches: readonly Match[] | null;
  readonly structure: Structure | null;
  readonly inside: Inside | null;
  /** The scanner's word for it; null: clean. Undefined: not scanned. */
  readonly malware: string | null | undefined;
  readonly text: string | null;
  /** Why it could not be read, or not scanned. */
  readonly trouble: string | null;
  readonly notScanned: string | null;
}

/** What the house can do for a rule; what it can not is undefined, and the rule says that it was not performed. */
export interface CheckServices {
  scanner?:
    | {
        scan(path: string): Promise<string | undefined>;
        about(): Promise<{ version: string; learntAt: Date | null }>;
      }
    | undefined;
  /** PEM texts of certificates somebody decided to trust. */
  trust?: readonly string[] | undefined;
  /** The last restore drill, of backups as a whole. */
  lastDrill?: (() => Promise<{ at: Date; passed: boolean; objects: number } | null>) | undefined;
}

export interface RuleContext {
  readonly subject: CheckSubject;
  readonly stage: Stage;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly parameters: ItemParameters;
  readonly services: CheckServices;
  /** A fault. */
  say(object: string, path: string, message: MessageKey, detail?: Details): void;
  /** Something to know that is no fault. */
  note(object: string, path: string, message: MessageKey, detail?: Details): void;
  /** So many more objects were looked at. */
  judged(n?: number): void;
  /** It could not run; what was found stands. The first reason is kept. */
  notPerformed(message: MessageKey, detail?: Details): void;
  /** There is nothing here it could be about. */
  notApplicable(message: MessageKey, detail?: Details): void;
  memo(name: string, value: string | number): void;
}

/** A rule at work on one subject. */
export interface RuleRun {
  /** Each unit, before its files. */
  unit?(unit: JudgedUnit): void | Promise<void>;
  /** Each file of the sample, in order. */
  file?(unit: JudgedUnit, file: LookedFile): void;
  /** After the files of a unit. */
  unitEnd?(unit: JudgedUnit): void;
  end?(): void | Promise<void>;
}

/** One item of the four natures. */
export interface Rule {
  readonly slug: Slug;
  readonly nature: Nature;
  /** By machine, by a person, or by machine for a person to confirm. */
  readonly method: 'automatic' | 'manual' | 'confirmed';
  readonly reads?: readonly Reading[];
  /** Has files opened, for a share of the records that the scheme sets. */
  readonly opens?: true;
  /** It is about the whole: a sample would say nothing. */
  readonly needsAll?: true;
  begin(context: RuleContext): RuleRun | Promise<RuleRun>;
}

export type { ItemSeverity };
