import type { CliCommand } from '../cli/command.ts';

/** A row of the table of commands. Its file is read only when the command is called. */
export interface CommandEntry {
  summary: string;
  load(): Promise<{ command: CliCommand }>;
  /** Runs until it is told to stop; its log speaks from `info` up. Others speak up only when something is wrong. */
  service?: boolean;
}

/**
 * Every command there is, by name; `import catalogue` is the command `catalogue` of the group `import`. A command is
 * added here when it works, so that `--help` never lists one that does not exist.
 */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  demo: {
    summary: 'serve an invented archive network to try Lantai with',
    load: () => import('../cli/demo.ts'),
    service: true,
  },
  serve: {
    summary: 'run the server and its workers until told to stop',
    load: () => import('../cli/serve.ts'),
    service: true,
  },
  worker: {
    summary: 'work on jobs alone, beside a server',
    load: () => import('../cli/worker.ts'),
    service: true,
  },
  migrate: {
    summary: 'bring the database schema up to date',
    load: () => import('../cli/migrate.ts'),
  },
  'user add': {
    summary: 'add an account',
    load: () => import('../cli/user-add.ts'),
  },
  'user reset': {
    summary: 'give an account a new password',
    load: () => import('../cli/user-reset.ts'),
  },
  'import scans': {
    summary: 'match page images and documents to entries and take them in',
    load: () => import('../cli/import-scans.ts'),
  },
  export: {
    summary: 'write an archive, a fonds or an entry as a package that can be taken in again',
    load: () => import('../cli/export.ts'),
  },
  ingest: {
    summary: 'take packages in whole, or refuse them whole',
    load: () => import('../cli/ingest.ts'),
  },
  verify: {
    summary: 'verify a certified copy or another signed file, off-line',
    load: () => import('../cli/verify.ts'),
  },
  check: {
    summary: 'judge packages (bags, OCFL objects and storage roots) without taking them in',
    load: () => import('../cli/check.ts'),
  },
  identify: {
    summary: 'tell the format of files, by content; needs no database',
    load: () => import('../cli/identify.ts'),
  },
  bench: {
    summary: 'measure, each figure beside its peer or limit',
    load: () => import('../cli/bench.ts'),
  },
  'audit verify': {
    summary: 'verify the whole audit trail',
    load: () => import('../cli/audit-verify.ts'),
  },
  'audit prune': {
    summary: 'take out entries of use whose time is over; a dry run unless told otherwise',
    load: () => import('../cli/audit-prune.ts'),
  },
  'keys rotate': {
    summary: 'put new data keys in the place of those personal data lie under',
    load: () => import('../cli/keys-rotate.ts'),
  },
  test: {
    summary: 'run everything that must pass, and install what that needs',
    load: () => import('../cli/test.ts'),
  },
  fixity: {
    summary: 'verify what is held, to the last byte; mend it from good copies',
    load: () => import('../cli/fixity.ts'),
  },
  rebuild: {
    summary: 'make the catalogue and its index again from the storage root alone',
    load: () => import('../cli/rebuild.ts'),
  },
  segments: {
    summary: 'what of the catalogue is in the storage root, and what is not yet',
    load: () => import('../cli/segments.ts'),
  },
  recount: {
    summary: 'count the holdings and compare with the numbers kept of them; put these right',
    load: () => import('../cli/recount.ts'),
  },
  locks: {
    summary: 'objects that other machines are writing, or were when they ended',
    load: () => import('../cli/locks.ts'),
  },
  'import catalogue': {
    summary: 'take in a catalogue: .xlsx, .xls, .csv or EAD .xml',
    load: () => import('../cli/import.ts'),
  },
  backup: {
    summary: 'keep the database and its settings in another place; list and verify what is kept there',
    load: () => import('../cli/backup.ts'),
  },
  restore: {
    summary: 'bring a backup back into an empty installation, and prove that it is equal',
    load: () => import('../cli/restore.ts'),
  },
  doctor: {
    summary: 'look whether this installation is in good health',
    load: () => import('../cli/doctor.ts'),
  },
};

/** What a group of commands is about. */
export const GROUPS: Readonly<Record<string, string>> = {
  import: 'take in catalogues and scans',
  user: 'accounts',
  audit: 'the audit trail',
  keys: 'the keys of personal data',
};
