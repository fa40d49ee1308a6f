import type { RawBuilder } from '#kernel/db';
import type { FondsHeading } from '#kernel/fondsHeadings';

/** Something the house itself knows of a fonds, for its file: modules say it, a page gathers it. */
export interface FondsLine {
  heading: FondsHeading;
  kind: 'import' | 'handover' | 'destruction';
  /** Of the import, the batch, the list. */
  id: string;
  /** Number it is known by; '' without. */
  number: string;
  title: string;
  day: string;
  /** Records it was of. */
  records: number;
}

export interface FondsLinesOf {
  id: string;
  archiveId: string;
  number: string;
  agencyId: string | null;
  /** An IANA name: by whose clock days are told. */
  timeZone: string;
}

/** Rows with the columns of `FondsLine`. */
export type FondsLines = (of: FondsLinesOf) => RawBuilder<unknown>;
