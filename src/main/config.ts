import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Value } from 'typebox/value';
import type { Config } from '#kernel/config';
import { messageOf, Refusal } from '#kernel/errors';
import { readScanner } from '#kernel/scanner';
import { backupConfig } from './backupSettings.ts';
import { conversionConfig } from './conversionSettings.ts';
import { checkCalendar, copiesConfig } from './keepingSettings.ts';
import { checkConfig, depositConfig, packageLimits, printConfig } from './packageSettings.ts';
import { pronomConfig, pronomMistakes } from './pronomSettings.ts';
import { ALSO_KNOWN, peersOf, proxiesOf, rolesOf, SETTINGS, type Settings, testYearsOf } from './settings.ts';
import { signInConfig, signInMistakes } from './signInSettings.ts';
import { storageConfig, storageMistakes } from './storageSettings.ts';

type Words = Record<string, string>;

/**
 * Reads the settings: environment variables prefixed `LANTAI_`, over those of the file named by `LANTAI_CONFIG` (JSON, or
 * lines KEY=VALUE). An empty value counts as not set.
 *
 * @param environment normally `process.env`; nothing else in Lantai reads it
 * @param cwd relative paths count from here
 * @throws Refusal `config.invalid` that names every mistake at once; `config.unreadable` for the file
 */
export function readConfig(
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Config {
  const given = givenSettings(environment, cwd);
  const names = Object.keys(SETTINGS.properties);
  const unknown = Object.keys(given).filter((name) => !names.includes(name) && !ALSO_KNOWN.has(name));
  const value = Value.Default(SETTINGS, Value.Convert(SETTINGS, Value.Clean(SETTINGS, { ...given })));
  const mistakes = [
    ...mistakesOf(value, given),
    ...signInMistakes(given),
    ...tlsMistakes(given),
    ...storageMistakes(given, (path) => resolve(cwd, path)),
    ...loginMistakes(given),
    ...pronomMistakes(given),
  ];
  if (mistakes.length > 0 || !Value.Check(SETTINGS, value)) {
    throw new Refusal('config.invalid', mistakes.join(' '), { mistakes });
  }
  return configOf(value, cwd, unknown);
}

/** The settings as they are given, the environment's over the file's. */
export function givenSettings(
  environment: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): Words {
  return { ...fileWords(environment.LANTAI_CONFIG, cwd), ...ownWords(environment) };
}

function configOf(settings: Settings, cwd: string, unknown: readonly string[]): Config {
  const at = (path: string) => resolve(cwd, path);
  const maybeAt = (path: string | undefined) => (path ? at(path) : undefined);
  const dataDir = at(settings.LANTAI_DATA);
  return {
    dataDir,
    host: settings.LANTAI_HOST,
    port: settings.LANTAI_PORT,
    timezone: settings.LANTAI_TIMEZONE,
    publicUrl: settings.LANTAI_PUBLIC_URL?.replace(/\/+$/, ''),
    databaseUrl: settings.LANTAI_DATABASE_URL,
    databaseAppUrl: settings.LANTAI_DATABASE_APP_URL,
    databaseConnections: settings.LANTAI_DATABASE_CONNECTIONS,
    storage: storageConfig(settings, at, join(dataDir, 'storage')),
    contentFixity: settings.LANTAI_CONTENT_FIXITY === 'sha256' ? ['sha256'] : ['sha256', 'sm3'],
    contentCacheBytes: settings.LANTAI_CONTENT_CACHE_MB * 1_000_000,
    logLevel: settings.LANTAI_LOG_LEVEL,
    roles: rolesOf(settings.LANTAI_ROLES),
    segmentDelaySeconds: settings.LANTAI_SEGMENT_DELAY_SECONDS,
    ocrWorkers: settings.LANTAI_OCR_WORKERS,
    trustedProxy: proxiesOf(settings.LANTAI_TRUSTED_PROXY),
    rate: rateOf(settings.LANTAI_REQUESTS_PER_SECOND),
    personalCipher: settings.LANTAI_PERSONAL_CIPHER,
    tlsCert: maybeAt(settings.LANTAI_TLS_CERT),
    tlsKey: maybeAt(settings.LANTAI_TLS_KEY),
    auditDigest: settings.LANTAI_AUDIT_DIGEST,
    auditCheckpointSeconds: settings.LANTAI_AUDIT_CHECKPOINT_SECONDS,
    auditCopy: maybeAt(settings.LANTAI_AUDIT_COPY),
    auditKeepMonths: settings.LANTAI_AUDIT_KEEP_MONTHS,
    scanner: readScanner(settings.LANTAI_SCANNER),
    applicantKeepMonths: settings.LANTAI_APPLICANT_KEEP_MONTHS,
    peers: peersOf(settings.LANTAI_PEERS),
    media: {
      folders: settings.LANTAI_MEDIA_FOLDERS
        ? settings.LANTAI_MEDIA_FOLDERS.split(',').map((f) => at(f.trim()))
        : [join(dataDir, 'media')],
      rules: {
        sets: settings.LANTAI_MEDIA_SETS.split(',').map((s) => s.trim()),
        testYears: testYearsOf(settings.LANTAI_MEDIA_TEST_YEARS) ?? {
          optical: 4,
          magnetic: 2,
          ssd: 2,
          other: 2,
        },
        testShare: settings.LANTAI_MEDIA_TEST_SHARE,
        keepYears: settings.LANTAI_MEDIA_KEEP_YEARS,
      },
    },
    disposal: {
      legacyYears: { CQ: settings.LANTAI_DISPOSAL_LONG_YEARS, DQ: settings.LANTAI_DISPOSAL_SHORT_YEARS },
      beforeExpiry: settings.LANTAI_DISPOSAL_BEFORE_EXPIRY,
      approvalBefore: settings.LANTAI_DISPOSAL_APPROVAL_BEFORE,
    },
    auditCountersign: settings.LANTAI_AUDIT_COUNTERSIGN,
    statementAlgorithm: settings.LANTAI_STATEMENT_ALGORITHM,
    pdfAlgorithm: settings.LANTAI_PDF_ALGORITHM,
    signIn: signInConfig(settings, at),
    backup: backupConfig(settings, at),
    copies: copiesConfig(settings),
    checkCalendar: checkCalendar(settings),
    pronom: pronomConfig(settings, at),
    packageLimits: packageLimits(settings),
    oai: { repository: settings.LANTAI_OAI_REPOSITORY, email: settings.LANTAI_OAI_EMAIL },
    drop: {
      root: maybeAt(settings.LANTAI_DROP) ?? join(dataDir, 'drop'),
      quietSeconds: settings.LANTAI_DROP_SECONDS,
      leaseSeconds: 120,
    },
    intakeKeepDays: settings.LANTAI_INTAKE_KEEP_DAYS,
    check: checkConfig(settings),
    printing: printConfig(settings),
    deposits: depositConfig(settings),
    conversion: conversionConfig(settings),
    warnings: unknown.map((name) => `The setting ${name} is not known and has no effect.`),
  };
}

/** A rest lets twenty seconds' worth through at once: a page with many pictures, a clerk with many windows. */
function rateOf(perSecond: number): Config['rate'] {
  return perSecond === 0 ? undefined : { perSecond, burst: perSecond * 20 };
}

function tlsMistakes({ LANTAI_TLS_CERT, LANTAI_TLS_KEY }: Words): string[] {
  if (Boolean(LANTAI_TLS_CERT) === Boolean(LANTAI_TLS_KEY)) return [];
  return ['LANTAI_TLS_CERT and LANTAI_TLS_KEY have to be set together.'];
}

function loginMistakes({ LANTAI_DATABASE_URL, LANTAI_DATABASE_APP_URL }: Words): string[] {
  if (!LANTAI_DATABASE_APP_URL || LANTAI_DATABASE_URL) return [];
  return [
    'LANTAI_DATABASE_APP_URL goes with LANTAI_DATABASE_URL; the embedded PostgreSQL makes its login itself.',
  ];
}

function ownWords(environment: NodeJS.ProcessEnv): Words {
  const words: Words = {};
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('LANTAI_') && value) words[name] = value;
  }
  return words;
}

function fileWords(file: string | undefined, cwd: string): Words {
  if (!file) return {};
  const path = resolve(cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Refusal(
      'config.unreadable',
      `The settings file ${path} can not be read: ${messageOf(cause)}.`,
      {},
      { cause },
    );
  }
  return parseSettingsFile(text, path);
}

/** The settings in a file's text: one JSON object, or lines KEY=VALUE with `#` before remarks and quotes at will. */
export function parseSettingsFile(text: string, path: string): Words {
  const words: Words = {};
  if (text.trimStart().startsWith('{')) {
    for (const [name, value] of Object.entries(parseJson(text, path)))
      if (value !== null) words[name] = String(value);
    return words;
  }
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const found = /^\s*(?:export\s+)?(\w+)\s*=\s*(.*?)\s*$/.exec(line);
    if (!found) throw new Refusal('config.unreadable', `Line ${index + 1} of ${path} is not KEY=VALUE.`);
    const value = found[2]!.replace(/^(["'])(.*)\1$/, '$2');
    if (value) words[found[1]!] = value;
  }
  return words;
}

function parseJson(text: string, path: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object') return value;
    throw new Error('no object');
  } catch (cause) {
    throw new Refusal(
      'config.unreadable',
      `${path} is not a JSON object: ${messageOf(cause)}.`,
      {},
      { cause },
    );
  }
}

/** One sentence for each setting that is wrong. An address may hold a password, so it is not repeated. */
function mistakesOf(value: unknown, given: Words): string[] {
  const wrong = new Set(Value.Errors(SETTINGS, value).map((e) => e.instancePath.split('/')[1] ?? ''));
  return Object.entries(SETTINGS.properties)
    .filter(([name]) => wrong.has(name))
    .map(([name, schema]) => {
      const shown = name.endsWith('_URL') ? '' : ` ("${given[name] ?? ''}")`;
      const description = 'description' in schema ? schema.description : 'something else';
      return `${name}${shown} has to be ${description}.`;
    });
}
