import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';
import type { Deposits } from '#modules/deposit';
import type { Filing } from '#modules/filing';
import type { Agency, Archive, Holdings } from '#modules/holdings';
import type { Identity } from '#modules/identity';
import type { Transfers } from '#modules/transfer';

/** Where folders are, and how long an entry has to lie still where nothing says that it is whole. */
export interface DropSettings {
  root: string;
  quietSeconds: number;
  leaseSeconds: number;
}

export interface IntakeDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  log: Log;
  staging: Staging;
  digests: Pick<DigestPool, 'digestFile'>;
  /** The site's malware scanner, where it has one. @returns what was found */
  scan?: ((path: string) => Promise<string | undefined>) | undefined;
  /** For what is on its way in; on the file system of what agencies file. */
  folder: string;
  timeZone: string;
  drop: DropSettings;
  /** For so many days lines of what came in are kept. */
  keepDays: number;
  /** Accounts and tokens of systems. */
  identity: Pick<
    Identity,
    | 'addSender'
    | 'admitSender'
    | 'endSender'
    | 'limitSender'
    | 'readNetworks'
    | 'senderTokens'
    | 'createSenderToken'
    | 'revokeSenderToken'
  >;
  filing: Filing;
  transfers: Transfers;
  deposits: Pick<Deposits, 'make' | 'sentAs' | 'receipt'>;
  archives(): Promise<readonly Archive[]>;
  fondsOfAgencies: Holdings['fondsOfAgencies'];
  agencies(archiveId: string): Promise<readonly Agency[]>;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
}
