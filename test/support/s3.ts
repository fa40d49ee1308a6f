import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { S3Location } from '#formats/ocfl';
import { S3_SERVER } from '../../scripts/test/s3Server.ts';

/** The S3 server of the tests (see scripts/test/s3Server.ts); undefined where it is not installed. */
export const s3Program: string | undefined = existsSync(S3_SERVER) ? S3_SERVER : undefined;

/** What the title of a suite says where the server is missing. */
export const s3Missing = s3Program ? '' : ' (not performed: no S3 server, see scripts/test/s3Server.ts)';

export interface TestS3 {
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The folder whose folders are the buckets: content lies there under its own key. */
  readonly folder: string;
  readonly port: number;
  /** A bucket that is there, and a prefix in it. */
  location(prefix?: string): S3Location;
  /** Ends the server at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again, on the same port and folder. */
  restart(): Promise<void>;
  /** Ends it and removes what it kept. */
  stop(): Promise<void>;
}

const BUCKET = 'lantai-test';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(endpoint).then(
    () => true,
    () => false,
  );
}

/** Starts a real S3 server on a free port, with a folder and keys of its own. */
export async function startS3(): Promise<TestS3> {
  const program = s3Program;
  if (!program) throw new Error('there is no S3 server on this machine');
  const folder = join(tmpdir(), `lantai-s3-${randomBytes(6).toString('hex')}`);
  mkdirSync(join(folder, 'buckets', BUCKET), { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const [accessKey, secretKey] = [randomBytes(8).toString('hex'), randomBytes(16).toString('hex')];
  let child: ChildProcess;

  async function start(): Promise<void> {
    child = spawn(
      program!,
      ['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive', 'posix', join(folder, 'buckets')],
      {
        env: { PATH: process.env.PATH, ROOT_ACCESS_KEY: accessKey, ROOT_SECRET_KEY: secretKey },
        stdio: 'ignore',
        detached: false,
      },
    );
    for (let tries = 0; tries < 200; tries++) {
      if (await answers(endpoint)) return;
      if (child.exitCode !== null) throw new Error(`the S3 server ended with ${child.exitCode}`);
      await setTimeout(50);
    }
    throw new Error('the S3 server does not answer');
  }
  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    child.kill('SIGKILL');
    await ended;
  }
  // A test run that is cut off leaves no server behind.
  process.once('exit', () => child?.kill('SIGKILL'));
  await start();
  return {
    endpoint,
    accessKey,
    secretKey,
    folder: join(folder, 'buckets', BUCKET),
    port,
    location: (prefix = `root-${randomBytes(4).toString('hex')}`) => ({
      kind: 's3',
      bucket: BUCKET,
      prefix,
      endpoint,
      region: 'us-east-1',
      accessKey,
      secretKey,
      pathStyle: true,
    }),
    kill,
    restart: start,
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
