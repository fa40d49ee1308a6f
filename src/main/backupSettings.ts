import { readFileSync } from 'node:fs';
import Type from 'typebox';
import type { BackupConfig, S3Access } from '#kernel/config';
import { messageOf, Refusal } from '#kernel/errors';
import { readKeepRule } from '#kernel/keepRule';
import { parseS3Address } from '#kernel/s3Address';
import { firstLine } from '../cli/backup-words.ts';
import { type S3Words, s3Access } from './storageSettings.ts';

const maybe = (description: string) => Type.Optional(Type.String({ description }));

/** The settings about backups; see {@link SETTINGS} for what the descriptions complete. */
export const BACKUP_SETTINGS = {
  LANTAI_BACKUP: Type.Optional(
    Type.Refine(
      Type.String({ description: 'a folder, best on another disk or machine, or s3://bucket/prefix' }),
      (v) => !/^\w+:\/\//.test(v) || parseS3Address(v) !== null,
    ),
  ),
  LANTAI_BACKUP_S3_ENDPOINT: maybe('the address of the S3 server backups go to, where it is another'),
  LANTAI_BACKUP_S3_REGION: maybe('the region of that bucket'),
  LANTAI_BACKUP_S3_ACCESS_KEY: maybe('the name of a key there'),
  LANTAI_BACKUP_S3_SECRET_KEY: maybe('the secret of that key'),
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

interface Given extends S3Words {
  LANTAI_BACKUP?: string;
  LANTAI_BACKUP_S3_ENDPOINT?: string;
  LANTAI_BACKUP_S3_REGION?: string;
  LANTAI_BACKUP_S3_ACCESS_KEY?: string;
  LANTAI_BACKUP_S3_SECRET_KEY?: string;
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
    s3: s3Of(s, at),
    times: s.LANTAI_BACKUP_AT === 'never' ? [] : timesOf(s.LANTAI_BACKUP_AT),
    keep: s.LANTAI_BACKUP_KEEP === 'all' ? undefined : readKeepRule(s.LANTAI_BACKUP_KEEP),
    passphrase: () => (file ? readPassphrase(at(file)) : s.LANTAI_BACKUP_PASSPHRASE),
    bytesPerSecond: s.LANTAI_BACKUP_MB_PER_SECOND * 1_000_000 || undefined,
    drillDays: s.LANTAI_BACKUP_DRILL_DAYS || undefined,
  };
}

/** As the storage root's S3 is reached, but for what is said of backups. */
function s3Of(s: Given, at: (path: string) => string): S3Access {
  if (!s.LANTAI_BACKUP_S3_ACCESS_KEY) return s3Access(s, at);
  return {
    endpoint: s.LANTAI_BACKUP_S3_ENDPOINT ?? s.LANTAI_S3_ENDPOINT,
    region: s.LANTAI_BACKUP_S3_REGION ?? s.LANTAI_S3_REGION,
    accessKey: s.LANTAI_BACKUP_S3_ACCESS_KEY,
    secretKey: s.LANTAI_BACKUP_S3_SECRET_KEY ?? '',
    pathStyle: s.LANTAI_S3_ADDRESSING === 'path',
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

const SECRET = /(_SECRET|_SECRET_KEY|_PASSWORD|_PASSPHRASE|_KEY_ID|_ACCESS_KEY|_TOKEN)$/;

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
