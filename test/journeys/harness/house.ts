import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const CLI = join(HOME, 'src/main/cli.ts');
const STARTS_WITHIN = 300_000;
const STOPS_WITHIN = 25_000;

/** What a command of the launcher's answered. */
export interface Answer {
  code: number;
  /** The one JSON document of `--json`. */
  document: Record<string, unknown>;
  stderr: string;
}

/** A whole Lantai of the test's own: a server process on an empty data folder and a free port. */
export interface House {
  url: string;
  /** The one-time link of the empty install. */
  setupUrl: string;
  /** A folder for what the test makes and downloads; goes with the house. */
  folder: string;
  /** The data folder. */
  data: string;
  /** Runs `lantai WORDS --json` against the same data folder, as a person at the machine would. */
  lantai(...words: string[]): Promise<Answer>;
  /** What the server wrote down last: warnings and errors. */
  said(): string;
  /** Ends the server and leaves what it kept. */
  halt(): Promise<void>;
  /** Serves again what was kept, at the same address. */
  serve(): Promise<void>;
  /** While it is halted: burns the database, of which nothing is left. */
  burnDatabase(): Promise<void>;
  stop(): Promise<void>;
}

/** Builds the console where it has not been built: the launcher does that for people. */
async function consoleBuilt(): Promise<void> {
  const built = await access(join(HOME, '.build/web/index.html')).then(
    () => true,
    () => false,
  );
  if (built) return;
  const { build } = await import('vite');
  await build({ configFile: join(HOME, 'web/vite.config.ts'), logLevel: 'warn' });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** @param settings beside those that give it a folder and a port of its own */
export async function startHouse(settings: Readonly<Record<string, string>> = {}): Promise<House> {
  await consoleBuilt();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-journey-'));
  const env = {
    ...process.env,
    LANTAI_DATA: join(folder, 'data'),
    LANTAI_PORT: String(await freePort()),
    LANTAI_HOST: '127.0.0.1',
    LANTAI_LOG_LEVEL: 'warn',
    ...settings,
  };
  const said: string[] = [];
  const launch = (): ChildProcess => {
    const server = spawn(process.execPath, [CLI, 'serve', '--json'], {
      cwd: HOME,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    server.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text));
    return server;
  };
  let server = launch();
  const stop = async () => {
    await end(server);
    await removeDatabase(env.LANTAI_DATA);
    await rm(folder, { recursive: true, force: true });
  };
  const serving = (cause: unknown) =>
    new Error(`the server did not start: ${said.join('').slice(-2_000)}`, { cause });
  try {
    const { url, setupUrl } = await ready(server);
    return {
      url,
      setupUrl,
      folder,
      data: env.LANTAI_DATA,
      stop,
      lantai: (...words) => run([...words, '--json'], env),
      said: () => said.join('').slice(-4_000),
      halt: () => end(server),
      async serve() {
        server = launch();
        await ready(server).catch((cause: unknown) => {
          throw serving(cause);
        });
      },
      burnDatabase: () => removeDatabase(env.LANTAI_DATA),
    };
  } catch (cause) {
    await stop();
    throw serving(cause);
  }
}

async function ready(server: ChildProcess): Promise<{ url: string; setupUrl: string }> {
  const lines = createInterface({ input: server.stdout! });
  const timer = setTimeout(() => lines.close(), STARTS_WITHIN);
  try {
    for await (const line of lines) {
      const document = JSON.parse(line) as { ready?: boolean; url: string; setupUrl: string };
      if (document.ready) return document;
    }
    throw new Error('it ended, or took too long');
  } finally {
    clearTimeout(timer);
  }
}

/** As root the database lies outside the data folder, where its own account may enter; the folder says where. */
async function removeDatabase(dataFolder: string): Promise<void> {
  const elsewhere = await readFile(join(dataFolder, 'postgresql.location'), 'utf8').catch(() => '');
  if (elsewhere.trim() !== '') await rm(elsewhere.trim(), { recursive: true, force: true });
  for (const name of ['postgresql', 'postgresql.location'])
    await rm(join(dataFolder, name), { recursive: true, force: true });
}

/** Asks the process to end, and ends it after the time the contract gives it. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const over = once(server, 'exit');
  server.kill('SIGTERM');
  const timer = setTimeout(() => server.kill('SIGKILL'), STOPS_WITHIN);
  await over;
  clearTimeout(timer);
}

function run(words: readonly string[], env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [CLI, ...words],
      { cwd: HOME, env, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error ? error.code : 0;
        if (typeof code !== 'number') return reject(error);
        resolve({ code, stderr, document: stdout.trim() === '' ? {} : JSON.parse(stdout) });
      },
    );
  });
}
