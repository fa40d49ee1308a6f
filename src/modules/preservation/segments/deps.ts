import type { OcflRepository } from '#formats/ocfl';
import type { Clock } from '#kernel/clock';
import type { Database, Sql } from '#kernel/db';
import type { KeptTable } from '#kernel/db/kept';
import type { ObjectWriting } from '../writing.ts';

/** Whose a stream is, in words too. */
export interface StreamOwner {
  archiveId: string;
  of: Record<string, string | null>;
}

export interface SegmentDeps {
  db: Database;
  clock: Clock;
  repository: OcflRepository;
  writing: ObjectWriting;
  /** Every table that comes back from the root, in the order in which they can be put in. */
  tables: readonly KeptTable[];
  /** Whose the stream of an archive or a fonds is; undefined when that is known no more. */
  ownerOf(on: Sql, kind: 'archive' | 'fonds', id: string): Promise<StreamOwner | undefined>;
  /** For segments that are being made. */
  folder: string;
}
