import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '#kernel/errors';
import { parseSettingsFile, readConfig } from './config.ts';

const mistakesOf = (environment: NodeJS.ProcessEnv) => {
  try {
    readConfig(environment, '/srv');
    return [];
  } catch (e) {
    if (e instanceof Refusal && Array.isArray(e.detail.mistakes)) return e.detail.mistakes;
    throw e;
  }
};

describe('the configuration', () => {
  it('has a default for everything, and absolute paths', () => {
    expect(readConfig({}, '/srv')).toMatchObject({
      dataDir: '/srv/data',
      storage: { kind: 'folder', root: '/srv/data/storage' },
      host: '127.0.0.1',
      port: 8080,
      timezone: 'Asia/Shanghai',
      databaseUrl: undefined,
      publicUrl: undefined,
      roles: new Set(['web', 'workers']),
      trustedProxy: false,
      auditDigest: 'sha256',
      warnings: [],
    });
  });

  it('takes the environment as it is meant', () => {
    const config = readConfig(
      {
        LANTAI_DATA: 'elsewhere',
        LANTAI_PORT: '0',
        LANTAI_PUBLIC_URL: 'https://archive.example/',
        LANTAI_ROLES: 'workers',
        LANTAI_TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8',
        LANTAI_STORAGE: '/mnt/store',
        PATH: '/bin',
      },
      '/srv',
    );
    expect(config).toMatchObject({
      dataDir: '/srv/elsewhere',
      port: 0,
      publicUrl: 'https://archive.example',
      roles: new Set(['workers']),
      trustedProxy: ['127.0.0.1', '10.0.0.0/8'],
      storage: { kind: 'folder', root: '/mnt/store' },
    });
  });

  it('takes a login of the application only beside a PostgreSQL it is in', () => {
    const url = 'postgresql://owner:secret@db.example/lantai';
    const appUrl = 'postgresql://web:secret@db.example/lantai';
    expect(readConfig({ LANTAI_DATABASE_URL: url, LANTAI_DATABASE_APP_URL: appUrl })).toMatchObject({
      databaseUrl: url,
      databaseAppUrl: appUrl,
      databaseConnections: 10,
    });
    expect(mistakesOf({ LANTAI_DATABASE_APP_URL: appUrl })).toEqual([
      expect.stringMatching(/^LANTAI_DATABASE_APP_URL goes with LANTAI_DATABASE_URL/),
    ]);
  });

  it('names every mistake at once, and never shows an address that may hold a password', () => {
    const mistakes = mistakesOf({
      LANTAI_PORT: '80800',
      LANTAI_TIMEZONE: 'Mars/Base',
      LANTAI_DATABASE_URL: 'mysql://root:hunter2@db/x',
      LANTAI_ROLES: 'web,cook',
      LANTAI_OCR_WORKERS: 'many',
    });
    expect(mistakes).toHaveLength(5);
    expect(mistakes.join(' ')).toContain('LANTAI_PORT ("80800") has to be a number from 0 to 65535.');
    expect(mistakes.join(' ')).not.toContain('hunter2');
  });

  it('takes a time zone by its name, and no offset, which the database would read the other way round', () => {
    expect(mistakesOf({ LANTAI_TIMEZONE: 'Asia/Urumqi' })).toEqual([]);
    expect(mistakesOf({ LANTAI_TIMEZONE: '+08:00' })).toHaveLength(1);
  });

  it('says what is not offered yet instead of ignoring it', () => {
    expect(mistakesOf({ LANTAI_SEARCH_URL: 'http://search:9200' })).toHaveLength(1);
  });

  it('takes SM3 beside sha256 for content, when asked', () => {
    expect(readConfig({}, '/srv').contentFixity).toEqual(['sha256']);
    expect(readConfig({ LANTAI_CONTENT_FIXITY: 'sha256,sm3' }, '/srv').contentFixity).toEqual([
      'sha256',
      'sm3',
    ]);
    expect(() => readConfig({ LANTAI_CONTENT_FIXITY: 'md5' }, '/srv')).toThrow(/LANTAI_CONTENT_FIXITY/);
  });

  it('takes storage on S3 with the keys to it, given or in a file, and says what is missing', () => {
    const given = {
      LANTAI_STORAGE: 's3://archive-held/county/root',
      LANTAI_S3_ENDPOINT: 'https://s3.example:9000',
      LANTAI_S3_ACCESS_KEY: 'AK',
      LANTAI_S3_SECRET_KEY: 'SK',
    };
    const storage = {
      kind: 's3',
      bucket: 'archive-held',
      prefix: 'county/root',
      endpoint: 'https://s3.example:9000',
      region: 'us-east-1',
      accessKey: 'AK',
      secretKey: 'SK',
      pathStyle: true,
    };
    expect(readConfig(given, '/srv')).toMatchObject({ storage });
    const folder = mkdtempSync(join(tmpdir(), 'lantai-config-'));
    writeFileSync(join(folder, 'keys'), '[default]\naws_access_key_id = AK\naws_secret_access_key=SK\n');
    const inFile = { LANTAI_S3_ACCESS_KEY: '', LANTAI_S3_SECRET_KEY: '', LANTAI_S3_CREDENTIALS: 'keys' };
    expect(readConfig({ ...given, ...inFile }, folder)).toMatchObject({ storage });
    expect(mistakesOf({ ...given, ...inFile, LANTAI_S3_CREDENTIALS: '/nowhere' })[0]).toContain('/nowhere');
    expect(mistakesOf({ ...given, LANTAI_S3_SECRET_KEY: '' })[0]).toContain('have to be set together');
    expect(mistakesOf({ ...given, ...inFile, LANTAI_S3_CREDENTIALS: '' })[0]).toContain('needs');
    // Drafts and locks lie beside the prefix, so that there has to be one.
    for (const address of ['s3://archive-held', 's3://Bad_Bucket/x', 's3://archive-held/a/../b', 'ftp://x/y'])
      expect(mistakesOf({ ...given, LANTAI_STORAGE: address })).toHaveLength(1);
  });

  it('warns of settings it does not know, without stopping', () => {
    const { warnings } = readConfig({ LANTAI_PROT: '9000', LANTAI_CORPORA: '/x' }, '/srv');
    expect(warnings).toEqual(['The setting LANTAI_PROT is not known and has no effect.']);
  });

  it('reads a file, and lets the environment win', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'lantai-config-')), 'lantai.conf');
    writeFileSync(file, '# ours\nLANTAI_PORT=9000\nexport LANTAI_HOST="0.0.0.0"\n\n');
    expect(readConfig({ LANTAI_CONFIG: file }, '/')).toMatchObject({ port: 9000, host: '0.0.0.0' });
    expect(readConfig({ LANTAI_CONFIG: file, LANTAI_PORT: '9001' }, '/')).toMatchObject({ port: 9001 });
    writeFileSync(file, '{"LANTAI_PORT": 9100}');
    expect(readConfig({ LANTAI_CONFIG: file }, '/')).toMatchObject({ port: 9100 });
  });

  it('refuses a file it can not read, naming the line', () => {
    expect(() => parseSettingsFile('LANTAI_PORT=1\nnonsense', 'f')).toThrow('Line 2 of f is not KEY=VALUE.');
    expect(() => readConfig({ LANTAI_CONFIG: '/nowhere/at/all' }, '/')).toThrow(Refusal);
  });

  it('gives back any value a line holds', () => {
    const value = fc.stringMatching(/^[\w/.:,-]{1,30}$/);
    fc.assert(
      fc.property(value, (v) => {
        expect(parseSettingsFile(`LANTAI_DATA=${v}`, 'f')).toEqual({ LANTAI_DATA: v });
      }),
    );
  });
});
