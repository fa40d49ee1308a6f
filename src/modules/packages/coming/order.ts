import type { Archive } from '#modules/holdings';
import type { ConsignedUnit } from '../consignment.ts';

/** What whoever has a package taken in knows of its entries, to be kept in their objects with the report of the package. */
export interface Known {
  /** @param isFirst the first entry with content: what is of the whole package can stand there once */
  parts(unit: ConsignedUnit, isFirst: boolean): Promise<Record<string, unknown>[]>;
  /** For the event. */
  detail: Readonly<Record<string, string>>;
}

/** Where a judged package is entered. */
export interface EnterOrder {
  archive: Archive;
  /** What the package is called. */
  name: string;
  kind: string;
  /** Reference codes of entries that are left out, with all below them. */
  leftOut?: ReadonlySet<string> | undefined;
  known?: Known | undefined;
  /** Key of the first entry with content that is not left out; set while it is entered. */
  first?: string | undefined;
  signal?: AbortSignal | undefined;
}
