import type { MessageKey } from '#kernel/wording';
import type { Slug } from '../rules/slugs.ts';

export type Details = Readonly<Record<string, string | number>>;

/** What a rule found about one object. */
export interface RuleFinding {
  /** The record: its reference code, or what else names it; '' for the whole. */
  readonly object: string;
  /** The file or place within it. */
  readonly path: string;
  readonly message: MessageKey;
  readonly detail: Details;
  /** Told, but no fault. */
  readonly note: boolean;
}

/** Why something is as it is, as a message. */
export interface Reason {
  readonly message: MessageKey;
  readonly detail: Details;
}

/**
 * What became of an item by machine. `open`: it is a person's to answer. `notApplicable`: there is nothing here it could be
 * about.
 */
export type ItemState = 'passed' | 'failed' | 'notPerformed' | 'notApplicable' | 'open';

export interface ItemResult {
  readonly slug: Slug;
  readonly state: ItemState;
  /** Why it was not performed, or is about nothing here. */
  readonly reason: Reason | null;
  /** Objects looked at. */
  readonly judged: number;
  /** Faults, kept or not. */
  readonly faults: number;
  readonly notes: number;
  /** What was measured, for people. */
  readonly memo: Details;
  /** The first of them. */
  readonly findings: readonly RuleFinding[];
}

/** What a person said of an item. */
export interface Answer {
  readonly verdict: 'yes' | 'no';
  readonly reason: string;
}

/** 合格; not; or not yet, since people have to answer. */
export type Verdict = 'qualified' | 'unqualified' | 'open';
