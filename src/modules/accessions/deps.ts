import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database, RawBuilder } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { PersonalVault } from '#kernel/personal-data';
import type { Staging } from '#kernel/staging';
import type { Authorities } from '#modules/authorities';
import type { Classified } from '#modules/classified';
import type { ContentStore } from '#modules/filing';
import type { Archive, Holdings } from '#modules/holdings';

export interface AccessionDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  vault: PersonalVault;
  archives(): Promise<readonly Archive[]>;
  holdings: Pick<Holdings, 'fonds' | 'fondsNames' | 'arrangedEntries'>;
  authorities: Pick<Authorities, 'read'>;
  classified: Pick<Classified, 'block'>;
  staging: Pick<Staging, 'file' | 'remove'>;
  digests: Pick<DigestPool, 'digestFile'>;
  /** Where files of agreements lie. */
  content: ContentStore;
  /** Countersigned handovers, as the module says them whose matter they are: see `Handover`. */
  handovers: RawBuilder<unknown>;
  /** The one form in which words are compared: both scripts, any width and case. */
  fold(text: string): string;
  timeZone: string;
}

/** Columns of a countersigned handover. */
export interface Handover {
  id: string;
  archiveId: string;
  number: string;
  title: string;
  content: string;
  agencyName: string;
  fondsNumber: string | null;
  entries: number;
  bytes: number;
  acceptedAt: Date;
}
