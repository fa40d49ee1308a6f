import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { Log } from '#kernel/log';
import type { PublisherOptions } from './publishing/publisher.ts';

export interface FederationDeps {
  db: Database;
  clock: Clock;
  log: Log;
  /** Archives, those at the top first. */
  archives(): Promise<readonly { name: string }[]>;
  /** Address people reach this install under. */
  publicUrl: string;
  /** The repository's name among harvesters. Undefined: the first archive's. */
  repositoryName: string | undefined;
  /** Who answers harvesters' people. Undefined: the postmaster of the address. */
  email: string | undefined;
  /** Secret that resumption tokens are sealed with; the same in all processes. */
  tokenKey: Uint8Array;
  /** Records of a page, and sets. */
  pageSize?: number;
  publishing?: PublisherOptions;
}
