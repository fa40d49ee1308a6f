import type { Finding } from '#kernel/errors';

/** Versions of the specifications that are judged by their own levels. */
export type EarkVersion = '2.0' | '2.1' | '2.2';

/** MUST is an error, SHOULD a warning, MAY a piece of information. */
export type Level = 'must' | 'should' | 'may';

export const SEVERITY: Readonly<Record<Level, Finding['severity']>> = {
  must: 'error',
  should: 'warning',
  may: 'info',
};

/** Identifier, level (or levels by version), place in the METS document or the folders, and what is asked, in our words. */
export type RequirementRow = readonly [
  id: string,
  level: Level | Readonly<Record<EarkVersion, Level>>,
  at: string,
  asks: string,
];
