/**
 * The S3 server of the tests: versitygw (Apache-2.0), a real one over a folder, built by Go where Go is.
 *
 *     node scripts/test/s3Server.ts
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.8.0';
const HOME = fileURLToPath(new URL('../..', import.meta.url));

/** Where the program lies once it is installed. */
export const S3_SERVER = join(HOME, '.runtime/s3', `versitygw-${VERSION}`);

const go = (args: readonly string[], environment: NodeJS.ProcessEnv = {}) =>
  spawnSync('go', args, {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/**
 * Installs the server where it is missing: two minutes and 340 MB of downloads, of which the program alone stays.
 *
 * @returns why it is not there; undefined when it is
 */
export function installS3Server(say: (line: string) => void): string | undefined {
  if (existsSync(S3_SERVER)) return undefined;
  if (process.platform === 'win32') return 'the S3 server of the tests does not run on Windows';
  if (go(['version']).status !== 0)
    return 'Go is missing, which builds the S3 server (Debian: apt-get install golang-go)';
  say(`Building the S3 server of the tests, versitygw ${VERSION}: about two minutes …`);
  mkdirSync(dirname(S3_SERVER), { recursive: true });
  const work = mkdtempSync(join(dirname(S3_SERVER), 'build-'));
  try {
    const { status, stderr } = go(
      ['install', '-modcacherw', '-ldflags=-s -w', `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`],
      { GOPATH: join(work, 'path'), GOCACHE: join(work, 'cache'), GOBIN: join(work, 'bin'), GOFLAGS: '' },
    );
    if (status !== 0)
      return `the S3 server could not be built: ${stderr.trim().split('\n').at(-1) ?? 'no reason given'}`;
    renameSync(join(work, 'bin/versitygw'), S3_SERVER);
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const missing = installS3Server((line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${missing ?? S3_SERVER}\n`);
  process.exitCode = missing ? 1 : 0;
}
