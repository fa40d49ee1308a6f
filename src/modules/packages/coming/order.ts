import type { Archive } from '#modules/holdings';

/** Where a judged package is entered. */
export interface EnterOrder {
  archive: Archive;
  /** What the package is called. */
  name: string;
  kind: string;
  signal?: AbortSignal | undefined;
}
