import { readFileSync } from 'node:fs';
import Type from 'typebox';
import type { StorageConfig } from '#kernel/config';
import { messageOf } from '#kernel/errors';
import { parseS3Address } from '#kernel/s3Address';

const checked = (description: string, check: (value: string) => boolean) =>
  Type.Optional(Type.Refine(Type.String({ description }), check));
const isWeb = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** The settings about where content is held; see {@link SETTINGS} for what the descriptions complete. */
export const STORAGE_SETTINGS = {
  LANTAI_STORAGE: checked(
    'a folder, or s3://bucket/prefix',
    (v) => !/^\w+:\/\//.test(v) || parseS3Address(v) !== null,
  ),
  LANTAI_S3_ENDPOINT: checked("the http:// or https:// address of an S3 server (left out: Amazon's)", isWeb),
  LANTAI_S3_REGION: Type.String({ default: 'us-east-1', description: 'the region of the bucket' }),
  LANTAI_S3_ACCESS_KEY: Type.Optional(Type.String({ description: 'the name of a key' })),
  LANTAI_S3_SECRET_KEY: Type.Optional(Type.String({ description: 'the secret of that key' })),
  LANTAI_S3_CREDENTIALS: Type.Optional(
    Type.String({ description: 'a file with aws_access_key_id and aws_secret_access_key' }),
  ),
  LANTAI_S3_ADDRESSING: Type.Union([Type.Literal('path'), Type.Literal('host')], {
    default: 'path',
    description: 'one of: path, host',
  }),
  LANTAI_CONTENT_FIXITY: Type.Union([Type.Literal('sha256'), Type.Literal('sha256,sm3')], {
    default: 'sha256',
    description: 'one of: sha256, sha256,sm3',
  }),
  LANTAI_CONTENT_CACHE_MB: Type.Integer({
    minimum: 64,
    maximum: 100_000_000,
    default: 4_096,
    description: 'a number of megabytes from 64 up',
  }),
};

/** How S3 is reached, as the settings say it. */
export interface S3Words {
  LANTAI_S3_ENDPOINT?: string;
  LANTAI_S3_REGION: string;
  LANTAI_S3_ACCESS_KEY?: string;
  LANTAI_S3_SECRET_KEY?: string;
  LANTAI_S3_CREDENTIALS?: string;
  LANTAI_S3_ADDRESSING: 'path' | 'host';
}

interface StorageWords extends S3Words {
  LANTAI_STORAGE?: string;
}

export function s3Access(
  words: S3Words,
  at: (path: string) => string,
): {
  endpoint: string | undefined;
  region: string;
  accessKey: string;
  secretKey: string;
  pathStyle: boolean;
} {
  const { LANTAI_S3_CREDENTIALS: file } = words;
  const kept = words.LANTAI_S3_ACCESS_KEY || !file ? {} : keysIn(readFileSync(at(file), 'utf8'));
  return {
    endpoint: words.LANTAI_S3_ENDPOINT,
    region: words.LANTAI_S3_REGION,
    accessKey: words.LANTAI_S3_ACCESS_KEY ?? kept.accessKey ?? '',
    secretKey: words.LANTAI_S3_SECRET_KEY ?? kept.secretKey ?? '',
    pathStyle: words.LANTAI_S3_ADDRESSING === 'path',
  };
}

/** Key and secret out of a file as Amazon's own tools keep it; the first of each counts. */
function keysIn(text: string): { accessKey?: string; secretKey?: string } {
  const word = (name: string) => new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(text)?.[1];
  return { accessKey: word('aws_access_key_id'), secretKey: word('aws_secret_access_key') };
}

/** What is wrong with the words about S3 taken together, in sentences. */
export function storageMistakes(given: Record<string, string>, at: (path: string) => string): string[] {
  const { LANTAI_S3_ACCESS_KEY, LANTAI_S3_SECRET_KEY, LANTAI_S3_CREDENTIALS } = given;
  const pair = [LANTAI_S3_ACCESS_KEY, LANTAI_S3_SECRET_KEY].filter(Boolean).length;
  if (pair === 1) return ['LANTAI_S3_ACCESS_KEY and LANTAI_S3_SECRET_KEY have to be set together.'];
  if (LANTAI_S3_CREDENTIALS) {
    try {
      const { accessKey, secretKey } = keysIn(readFileSync(at(LANTAI_S3_CREDENTIALS), 'utf8'));
      if (!accessKey || !secretKey)
        return ['The file of LANTAI_S3_CREDENTIALS lacks aws_access_key_id or aws_secret_access_key.'];
    } catch (e) {
      return [`The file of LANTAI_S3_CREDENTIALS can not be read: ${messageOf(e)}.`];
    }
  }
  if (given.LANTAI_STORAGE?.startsWith('s3:') && pair === 0 && !LANTAI_S3_CREDENTIALS)
    return [
      'LANTAI_STORAGE on S3 needs LANTAI_S3_ACCESS_KEY and LANTAI_S3_SECRET_KEY, or LANTAI_S3_CREDENTIALS.',
    ];
  return [];
}

/** Where the storage root lies. */
export function storageConfig(
  words: StorageWords,
  at: (path: string) => string,
  otherwise: string,
): StorageConfig {
  const { LANTAI_STORAGE: storage } = words;
  const address = parseS3Address(storage ?? '');
  if (!address) return { kind: 'folder', root: storage ? at(storage) : otherwise };
  return { kind: 's3', ...address, ...s3Access(words, at) };
}

/** A place without what opens it. */
export function withoutSecrets(storage: StorageConfig) {
  if (storage.kind === 'folder') return { kind: storage.kind, root: storage.root };
  const { accessKey: _key, secretKey: _secret, ...location } = storage;
  return location;
}
