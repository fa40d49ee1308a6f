import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');

/**
 * Files that may open a line to elsewhere, and why. Everything else reaches nobody: a new one has to be thought about, and
 * goes through `kernel/outbound`.
 */
const MAY: Readonly<Record<string, string>> = {
  'kernel/outbound.ts': 'the guard itself: origins of the settings alone',
  'kernel/outbound/stream.ts': 'what the guard lets pass, as a stream',
  'modules/identity/outside/oidc.ts': 'asks the guard before each call of the library',
  'modules/identity/outside/ldap.ts': 'the directory of the settings',
  'formats/ocfl/s3Bucket.ts': 'stores on S3, of the settings and of those who manage stores',
  'kernel/scanner.ts': 'the malware scanner of the settings',
};
const CALLS =
  /(?<![.\w])fetch\(|\bhttps?\.(?:get|request)\(|\b(?:createConnection|net\.connect|tls\.connect|WebSocket|EventSource)\b|from '(?:ldapts|undici|openid-client)'|import\('@aws-sdk\/client-s3'\);/;

it('no file but those listed calls anybody outside', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'));
  const calling = files.filter((path) => {
    const code = readFileSync(join(SRC, path), 'utf8').replaceAll(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
    return CALLS.test(code);
  });
  expect(calling.sort()).toEqual(Object.keys(MAY).sort());
});
