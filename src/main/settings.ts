import Type, { type Static } from 'typebox';
import type { Role } from '#kernel/config';
import { readScanner } from '#kernel/scanner';
import { BACKUP_SETTINGS } from './backupSettings.ts';
import { CONVERSION_SETTINGS } from './conversionSettings.ts';
import { KEEPING_SETTINGS } from './keepingSettings.ts';
import { PACKAGE_SETTINGS } from './packageSettings.ts';
import { PRONOM_SETTINGS } from './pronomSettings.ts';
import { SIGN_IN_SETTINGS } from './signInSettings.ts';
import { STORAGE_SETTINGS } from './storageSettings.ts';

const parses = (text: string, protocols: RegExp) =>
  URL.canParse(text) && protocols.test(new URL(text).protocol);
const list = (text: string) => text.split(',').map((word) => word.trim());

function isTimeZone(name: string): boolean {
  // An offset is no place: PostgreSQL reads +08:00 as west of Greenwich.
  if (/^[+-]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const ROLES: readonly Role[] = ['web', 'workers'];
const isRole = (word: string): word is Role => ROLES.some((role) => role === word);

/** Parts of a process, out of `web,workers`. */
export const rolesOf = (text: string): ReadonlySet<Role> => new Set(list(text).filter(isRole));

/** Proxies whose word is taken for who asks: none, all, or the addresses listed. */
export function proxiesOf(text: string): boolean | string[] {
  if (text === '' || text === 'none') return false;
  return text === 'all' ? true : list(text);
}

/** Addresses of other installations, without a slash at their ends. */
export const peersOf = (words: string): string[] =>
  words === 'none' ? [] : list(words).map((word) => word.replace(/\/+$/, ''));

/** Years by kind of medium; undefined where one is missing or is no number. */
export function testYearsOf(
  words: string,
): { optical: number; magnetic: number; ssd: number; other: number } | undefined {
  const years = new Map(list(words).map((w) => [w.split(':')[0], w.split(':')[1]] as const));
  const of = (kind: string) => Number(years.get(kind) ?? Number.NaN);
  const found = { optical: of('optical'), magnetic: of('magnetic'), ssd: of('ssd'), other: of('other') };
  return Object.values(found).every((n) => Number.isInteger(n) && n > 0 && n <= 100) ? found : undefined;
}

const text = (description: string, fallback: string) => Type.String({ default: fallback, description });
const checked = (description: string, fallback: string | undefined, check: (value: string) => boolean) =>
  Type.Refine(Type.String({ ...(fallback === undefined ? {} : { default: fallback }), description }), check);
const oneOf = <W extends string>(words: readonly [W, ...W[]]) =>
  Type.Union(
    words.map((word) => Type.Literal(word)),
    { default: words[0], description: `one of: ${words.join(', ')}` },
  );

/**
 * Every setting: what it may be (the description completes "has to be …"), and what it is when nobody says otherwise.
 * The defaults run on a laptop.
 */
export const SETTINGS = Type.Object({
  LANTAI_DATA: text('a folder', './data'),
  LANTAI_HOST: checked('an address or host name to listen on', '127.0.0.1', (v) => /^[\w.:-]+$/.test(v)),
  LANTAI_PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'a number from 0 to 65535',
  }),
  LANTAI_TIMEZONE: checked('the name of a time zone, such as Asia/Shanghai', 'Asia/Shanghai', isTimeZone),
  LANTAI_PUBLIC_URL: Type.Optional(
    checked('the http:// or https:// address people see', undefined, (v) => parses(v, /^https?:$/)),
  ),
  LANTAI_DATABASE_URL: Type.Optional(
    checked('an address such as postgresql://user:password@host:5432/database', undefined, (v) =>
      parses(v, /^postgres(ql)?:$/),
    ),
  ),
  LANTAI_DATABASE_APP_URL: Type.Optional(
    checked('an address such as postgresql://login:password@host:5432/database', undefined, (v) =>
      parses(v, /^postgres(ql)?:$/),
    ),
  ),
  LANTAI_DATABASE_CONNECTIONS: Type.Integer({
    minimum: 2,
    maximum: 1000,
    default: 10,
    description: 'a number from 2 to 1000',
  }),
  ...STORAGE_SETTINGS,
  ...KEEPING_SETTINGS,
  ...PACKAGE_SETTINGS,
  ...CONVERSION_SETTINGS,
  LANTAI_SEARCH_URL: Type.Optional(
    checked(
      'left out (OpenSearch comes with a later version; PostgreSQL searches)',
      undefined,
      (v) => v === '',
    ),
  ),
  LANTAI_OAI_REPOSITORY: Type.Optional(
    checked(
      'the name of this repository among harvesters, of at most 200 characters',
      undefined,
      (v) => v.length <= 200,
    ),
  ),
  LANTAI_OAI_EMAIL: Type.Optional(
    checked('the mail address of who answers for harvesting', undefined, (v) =>
      /^[^\s@<>]+@[^\s@<>]+$/.test(v),
    ),
  ),
  LANTAI_LOG_LEVEL: oneOf(['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent']),
  LANTAI_ROLES: checked('a list of: web, workers', 'web,workers', (v) => v !== '' && list(v).every(isRole)),
  LANTAI_SEGMENT_DELAY_SECONDS: Type.Integer({
    minimum: 1,
    maximum: 86_400,
    default: 300,
    description:
      'a number of seconds from 1 to 86400 that changed descriptions wait before they are written to the storage',
  }),
  LANTAI_OCR_WORKERS: Type.Integer({
    minimum: 0,
    maximum: 64,
    default: 1,
    description: 'a number from 0 (no OCR in this process) to 64',
  }),
  LANTAI_TRUSTED_PROXY: checked(
    'none, all, or a list of addresses and networks such as 10.0.0.0/8',
    'none',
    (v) => list(v).every((word) => /^(none|all|loopback|[\da-fA-F.:]+(\/\d{1,3})?)$/.test(word)),
  ),
  LANTAI_REQUESTS_PER_SECOND: Type.Integer({
    minimum: 0,
    maximum: 100_000,
    default: 50,
    description: 'a number from 0 (no limit) to 100000, for each account and each address',
  }),
  LANTAI_AUDIT_DIGEST: oneOf(['sha256', 'sm3']),
  LANTAI_AUDIT_CHECKPOINT_SECONDS: Type.Integer({
    minimum: 1,
    maximum: 60,
    default: 60,
    description: 'a number of seconds from 1 to 60 that new entries of the trail wait at most to be signed',
  }),
  LANTAI_AUDIT_COPY: Type.Optional(Type.String({ description: 'a folder, best on another disk or machine' })),
  LANTAI_AUDIT_KEEP_MONTHS: Type.Optional(
    Type.Integer({ minimum: 6, maximum: 1_200, description: 'a number of months from 6 up, or left out' }),
  ),
  LANTAI_SCANNER: checked(
    'none, clamd:/path/of/its/socket, clamd:host:port, or the absolute path of a program',
    'none',
    (v) => v === 'none' || readScanner(v) !== undefined,
  ),
  LANTAI_APPLICANT_KEEP_MONTHS: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_200, description: 'a number of months from 1 up, or left out' }),
  ),
  LANTAI_DISPOSAL_LONG_YEARS: Type.Integer({
    minimum: 16,
    maximum: 500,
    default: 50,
    description: 'the years that the retention term 长期 counts, 16 or more',
  }),
  LANTAI_DISPOSAL_SHORT_YEARS: Type.Integer({
    minimum: 1,
    maximum: 500,
    default: 15,
    description: 'the years that the retention term 短期 counts',
  }),
  LANTAI_DISPOSAL_BEFORE_EXPIRY: oneOf(['refuse', 'allow']),
  LANTAI_DISPOSAL_APPROVAL_BEFORE: checked(
    'a day, YYYY-MM-DD: what is older is destroyed only with the approval of the authority above',
    '1949-10-01',
    (v) => /^\d{4}-\d{2}-\d{2}$/.test(v) && !Number.isNaN(Date.parse(v)),
  ),
  LANTAI_MEDIA_FOLDERS: Type.Optional(
    Type.String({
      description: 'folders media kept off-line are mounted in or written to, parted by commas',
    }),
  ),
  LANTAI_MEDIA_SETS: checked(
    'a list of 1 to 9 sets of media, such as sealed,offsite,use',
    'sealed,offsite,use',
    (v) =>
      list(v).length <= 9 &&
      new Set(list(v)).size === list(v).length &&
      list(v).every((word) => /^[\w-]{1,30}$/.test(word)),
  ),
  LANTAI_MEDIA_TEST_YEARS: checked(
    'years by kind of medium, such as optical:4,magnetic:2,ssd:2,other:2',
    'optical:4,magnetic:2,ssd:2,other:2',
    (v) => testYearsOf(v) !== undefined,
  ),
  LANTAI_MEDIA_TEST_SHARE: Type.Integer({
    minimum: 1,
    maximum: 100,
    default: 10,
    description: 'a percentage from 1 to 100',
  }),
  LANTAI_MEDIA_KEEP_YEARS: Type.Integer({
    minimum: 0,
    maximum: 100,
    default: 3,
    description: 'years a replaced medium is kept',
  }),
  LANTAI_PEERS: checked(
    'none, or a list of the http:// or https:// addresses of other installations that may be asked to countersign',
    'none',
    (v) => peersOf(v).every((word) => parses(word, /^https?:$/) && new URL(word).pathname === '/'),
  ),
  LANTAI_AUDIT_COUNTERSIGN: oneOf(['turn', 'off']),
  LANTAI_PERSONAL_CIPHER: oneOf(['aes-256-gcm', 'sm4-cbc-hmac-sm3']),
  LANTAI_TLS_CERT: Type.Optional(Type.String({ description: 'a file with a certificate chain (PEM)' })),
  LANTAI_TLS_KEY: Type.Optional(
    Type.String({ description: "a file with the certificate's private key (PEM)" }),
  ),
  LANTAI_STATEMENT_ALGORITHM: oneOf(['ed25519', 'sm2']),
  LANTAI_PDF_ALGORITHM: oneOf(['p256', 'rsa']),
  ...SIGN_IN_SETTINGS,
  ...BACKUP_SETTINGS,
  ...PRONOM_SETTINGS,
});

export type Settings = Static<typeof SETTINGS>;

/** Read elsewhere, and no mistake: the file of settings, and what tests are told. */
export const ALSO_KNOWN: ReadonlySet<string> = new Set([
  'LANTAI_CONFIG',
  'LANTAI_CORPORA',
  'LANTAI_TEST_DATABASE_URL',
  'LANTAI_TEST_TEMPLATE',
]);
