import { readFileSync } from 'node:fs';
import Type from 'typebox';
import type { BackupConfig } from '#kernel/config';
import { messageOf, Refusal } from '#kernel/errors';
import { readKeepRule } from '#kernel/keepRule';
import { firstLine } from '../cli/backup-words.ts';

const maybe = (description: string) => Type.Optional(Type.String({ description }));

/** The settings about backups; see {@link SETTINGS} for what the descriptions complete. */
export const BACKUP_SETTINGS = {
  LANTAI_BACKUP: maybe('a folder, best on another disk or machine'),
  LANTAI_BACKUP_AT: Type.Refine(
    Type.String({ default: '02:00', description: 'never, or a list of times of day such as 02:00' }),
    (v) => v === 'never' || timesOf(v).every((t) => /^([01]\d|2[0-3]):[0-5]\d$/.test(t)),
  ),
  LANTAI_BACKUP_KEEP: Type.Refine(
    Type.String({
      default: '14d 8w 12m',
      description: 'all, or how many days, weeks and months such as 14d 8w 12m',
    }),
    (v) => v === 'all' || readKeepRule(v) !== undefined,
  ),
  LANTAI_BACKUP_PASSPHRASE: maybe('a passphrase'),
  LANTAI_BACKUP_PASSPHRASE_FILE: maybe('a file with a passphrase in its first line'),
  LANTAI_BACKUP_MB_PER_SECOND: Type.Integer({
    minimum: 0,
    maximum: 100_000,
    default: 0,
    description: 'a number of megabytes from 0 (as fast as it goes)',
  }),
  LANTAI_BACKUP_DRILL_DAYS: Type.Integer({
    minimum: 0,
    maximum: 3_650,
    default: 30,
    description: 'a number of days from 0 (no drills)',
  }),
};

const timesOf = (text: string) => text.split(/[\s,]+/).filter((word) => word !== '');

interface Given {
  LANTAI_BACKUP?: string;
  LANTAI_BACKUP_AT: string;
  LANTAI_BACKUP_KEEP: string;
  LANTAI_BACKUP_PASSPHRASE?: string;
  LANTAI_BACKUP_PASSPHRASE_FILE?: string;
  LANTAI_BACKUP_MB_PER_SECOND: number;
  LANTAI_BACKUP_DRILL_DAYS: number;
}

/** @param at makes a path absolute */
export function backupConfig(s: Given, at: (path: string) => string): BackupConfig {
  const file = s.LANTAI_BACKUP_PASSPHRASE_FILE;
  return {
    place: s.LANTAI_BACKUP && (/^\w+:\/\//.test(s.LANTAI_BACKUP) ? s.LANTAI_BACKUP : at(s.LANTAI_BACKUP)),
    times: s.LANTAI_BACKUP_AT === 'never' ? [] : timesOf(s.LANTAI_BACKUP_AT),
    keep: s.LANTAI_BACKUP_KEEP === 'all' ? undefined : readKeepRule(s.LANTAI_BACKUP_KEEP),
    passphrase: () => (file ? readPassphrase(at(file)) : s.LANTAI_BACKUP_PASSPHRASE),
    bytesPerSecond: s.LANTAI_BACKUP_MB_PER_SECOND * 1_000_000 || undefined,
    drillDays: s.LANTAI_BACKUP_DRILL_DAYS || undefined,
  };
}

/**
 * The first line of a file.
 *
 * @throws Refusal backup.passphraseFile
 */
export function readPassphrase(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Refusal(
      'backup.passphraseFile',
      `The file with the passphrase can not be read: ${messageOf(cause)}.`,
      { path },
      { cause },
    );
  }
  return firstLine(text, path);
}

const SECRET = /(_SECRET|_PASSWORD|_PASSPHRASE|_KEY_ID|_ACCESS_KEY|_TOKEN)$/;

/**
 * Settings as a file of KEY=VALUE lines, for a backup. The passphrase of the backup itself is in none.
 *
 * @param secrets whether values that are secret are written too
 */
export function settingsText(given: Readonly<Record<string, string>>, secrets: boolean): string {
  return Object.entries(given)
    .filter(([name]) => name !== 'LANTAI_BACKUP_PASSPHRASE')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) =>
      secrets || !isSecret(name, value)
        ? `${name}=${value}\n`
        : `# ${name} is set; its value is secret and not kept in a backup that is not encrypted\n`,
    )
    .join('');
}

const isSecret = (name: string, value: string) =>
  SECRET.test(name) || (URL.canParse(value) && new URL(value).password !== '');
