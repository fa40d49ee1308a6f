import type { Archive } from '#modules/holdings';

/** Where a judged package is entered. */
export interface EnterOrder {
  archive: Archive;
  /** What the package is called. */
  name: string;
  kind: string;
  /** Reference codes of entries that are left out, with all below them. */
  leftOut?: ReadonlySet<string> | undefined;
  signal?: AbortSignal | undefined;
}
