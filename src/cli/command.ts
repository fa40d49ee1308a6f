import type { Command } from 'commander';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { AppLogin } from '#kernel/db/login';
import type { Log } from '#kernel/log';
import type { Restored, RestoreProgress } from '#modules/backup';
import type { CliHouse, Service } from './house.ts';
import type { Output } from './output.ts';

/** Exit codes: done; done, but something was rejected or is invalid; the call or its input could not be used. */
export const EXIT = { done: 0, rejected: 1, unusable: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A database in use by a command. */
export interface OpenDatabase {
  db: Database;
  /** Connection string of its owner. */
  url: string;
  /** As whom the application's transactions run. */
  login: AppLogin;
  /** Whether it is the PostgreSQL of the data folder. */
  embedded: boolean;
  /** Names of the migrations run now. */
  migrated: readonly string[];
}

/** Which backup is to be restored. */
export interface RestoreWish {
  place: string;
  passphrase?: string | undefined;
  /** A backup's id or a moment; undefined: the newest. */
  at?: string | undefined;
}

/** What a restore brought back. */
export interface RestoreOutcome {
  backup: string;
  takenAt: string;
  tables: number;
  rows: number;
  files: number;
  /** Jobs that wait again. */
  jobs: number;
  /** Migrations run to bring the backup's schema to the present one. */
  migrated: readonly string[];
  seconds: Restored['seconds'] & { whole: number };
  /** What was there under the same name, and is kept beside. */
  movedAside: readonly string[];
  /** Where the master key has to be put; undefined where it is there. */
  keyWanted: string | undefined;
}

/** What every command is given. */
export interface CliContext {
  config: Config;
  /** The clone: where package.json lies. */
  home: string;
  /** `--json`: one document on stdout, nothing else there. */
  json: boolean;
  /** Who acts: `--as USER`, else the user of the operating system. The audit trail says which. */
  actingAs: string;
  /** Whether `--as` named the user. */
  actingAsGiven: boolean;
  out: Output;
  log: Log;
  clock: Clock;
  /** Aborted when the person or the system asks the command to end. */
  signal: AbortSignal;
  /**
   * Runs `work` with the database of this installation, its schema up to date: attaches to the running PostgreSQL of
   * the data folder, or starts it for the time of the work.
   */
  withDatabase<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T>;
  /** A PostgreSQL of its own in another folder, with the schema and no rows: for measuring. */
  withScratchDatabase<T>(dataDir: string, work: (open: OpenDatabase) => Promise<T>): Promise<T>;
  /** Brings a backup back into this installation, which has to be empty. */
  restore(wish: RestoreWish, told: (p: RestoreProgress) => void): Promise<RestoreOutcome>;
  /** As `withDatabase`, with all modules put together over it. */
  withHouse<T>(work: (house: CliHouse) => Promise<T>): Promise<T>;
  /** Starts the server, the workers or both, and leaves them running. */
  startService(parts: { web: boolean; workers: boolean }): Promise<Service>;
  /** Something to end in a hurry when an orderly end takes too long. @returns to take it off the list again */
  onHurriedExit(end: () => Promise<void>): () => void;
}

/** One command, in a file of its own named after it. */
export interface CliCommand<Options extends object = object> {
  /** Adds arguments and options; the summary comes from the table of commands. */
  describe(command: Command): void;
  /** @param args arguments in the order they were declared; absent optional ones are undefined */
  run(ctx: CliContext, args: readonly (string | undefined)[], options: Options): Promise<ExitCode>;
}

/** Lets a command's options be typed where it is written. Variadic arguments (`<path...>`) arrive one by one. */
export function defineCommand<Options extends object>(command: CliCommand<Options>): CliCommand<Options> {
  return command;
}
