import type { OcflRepository } from '#formats/ocfl';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { Holdings } from '#modules/holdings';
import type { ObjectWriting } from '../writing.ts';
import type { DisposalRules } from './domain/rule.ts';

/** A store content is taken out of. The storage root itself is one. */
export interface ContentStore {
  id: string;
  name: string;
  /** The storage root itself. */
  isMain: boolean;
  /** Takes an object out, for ever. Done again it changes nothing. Throws where the store is out of reach. */
  remove(objectId: string): Promise<void>;
  /** Whether anything of the object is there still. */
  holds(objectId: string): Promise<boolean>;
}

/** What disposal needs of the others. */
export interface DisposalDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  log: Log;
  keyring: Keyring;
  repository: OcflRepository;
  writing: ObjectWriting;
  rules: DisposalRules;
  holdings: Pick<
    Holdings,
    | 'archives'
    | 'unitsIn'
    | 'within'
    | 'onLeave'
    | 'contentDestroyed'
    | 'unitIn'
    | 'fonds'
    | 'names'
    | 'fondsNames'
  >;
  /** Those of some units of which a certified copy is asked for and not made yet. */
  beingCertified(tx: Tx, unitIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Numbers of certified copies that were made of a unit; they stay. */
  certifiedOf(tx: Tx, unitIds: readonly string[]): Promise<readonly string[]>;
  /** Takes the text of a unit's pages out of everything, in the transaction. */
  forgetText(tx: Tx, unitId: string): Promise<void>;
  /** Clears caches of a file's bytes and of the pictures made of it. */
  forgetCaches(file: { sha256: string; sha512: string }): Promise<void>;
  /** Every store that may hold copies, the storage root first. */
  stores(): Promise<readonly ContentStore[]>;
  /** Media kept off-line that hold some of these objects. */
  mediaOf(
    tx: Tx,
    objectIds: readonly string[],
  ): Promise<readonly { id: string; name: string; objectId: string }[]>;
  /** A medium was destroyed by hand because of what it held. */
  mediumDestroyed(tx: Tx, mediumId: string, reason: string): Promise<void>;
  /** Folder for lists while they are written. */
  folder: string;
  /** In which the archive counts its days: IANA name. */
  timeZone: string;
}
