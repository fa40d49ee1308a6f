import { spawn } from 'node:child_process';
import fs, { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { buildDir, mayWrite } from './place.mjs';
import { explain, Trouble } from './trouble.mjs';

const running = new Set();

/** Ends every command that was started, with all its children. */
export function endCommands() {
  for (const child of running) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Runs a command with the given Node first in PATH.
 *
 * @returns {Promise<{ code: number, text: string }>} the exit code and all it printed
 */
export function run(node, command, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    let text = '';
    const collect = (chunk) => {
      text = (text + chunk).slice(-200_000);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, text });
    });
  });
}

/** No advertising; and a registry that cannot be reached is given up within a minute or two, not ten. */
const QUIET = {
  npm_config_fund: 'false',
  npm_config_audit: 'false',
  npm_config_update_notifier: 'false',
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '8000',
};

/**
 * The machine's own npm settings. npm looks for its global file (mirror, proxy, certificates of the house) beside the
 * Node that runs it; run by the fetched Node it would miss them, so the machine's npm is asked where they are.
 */
async function globalSettings(node, cwd) {
  if (node === process.execPath || process.env.npm_config_globalconfig) return {};
  const { code, text } = await run(
    process.execPath,
    'npm',
    ['config', 'get', 'globalconfig', '--loglevel=silent'],
    { cwd },
  );
  const file = text.trim();
  return code === 0 && existsSync(file) ? { npm_config_globalconfig: file } : {};
}

/** npm can wait for minutes on a full disk without a word, so the room is watched while it works. */
async function whileRoomLasts(folder, what, work) {
  let full = false;
  const watch = setInterval(() => {
    if (freeBytes(folder) > 4096 * 1024) return;
    full = true;
    endCommands();
  }, 1000);
  try {
    const result = await work();
    if (full) throw new Trouble(`${what}: ${explain('ENOSPC', folder)}`);
    return result;
  } finally {
    clearInterval(watch);
  }
}

/** @throws {Trouble} when the disk has less room than is needed */
export function demandRoom(folder, bytes, what) {
  if (freeBytes(folder) < bytes) throw new Trouble(`${what}: ${explain('ENOSPC', folder)}`);
}

/** Room for an ordinary user; Node before 18.15 can not tell, and then nothing is in the way. */
function freeBytes(folder) {
  const stat = fs.statfsSync?.(folder);
  return stat ? stat.bavail * stat.bsize : Number.POSITIVE_INFINITY;
}

/**
 * Runs npm, or throws a Trouble that says why it failed.
 *
 * @param {{ home: string, node: string, cwd: string, what: string }} where `what` begins the sentence of a failure
 */
export async function npm({ home, node, cwd, what }, args) {
  const env = { ...QUIET };
  // A user without a home folder, or whose npm cache belongs to root, gets a cache inside the clone.
  const cache = process.env.npm_config_cache ?? join(homedir(), '.npm');
  if (!mayWrite(cache) || !mayWrite(join(cache, '_cacache'))) {
    env.npm_config_cache = join(buildDir(home), 'npm-cache');
  }
  let result;
  try {
    Object.assign(env, await globalSettings(node, cwd));
    result = await whileRoomLasts(cwd, what, () => run(node, 'npm', args, { cwd, env }));
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new Trouble(
        `${what}: npm was not found. Install it beside Node.js (Debian: apt-get install npm) and start again.`,
      );
    }
    throw error;
  }
  if (result.code === 0) return;
  const log = join(buildDir(home), 'install.log');
  try {
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, result.text);
  } catch {
    // A full disk takes no log either; the sentence below says so.
  }
  const known = explain(result.text, home);
  if (known) throw new Trouble(`${what}: ${known}`);
  const first =
    /npm (?:error|ERR!) (?!code|errno|A complete log)(.+)/.exec(result.text)?.[1] ??
    `npm ended with code ${result.code}`;
  throw new Trouble(`${what}: ${first.trim()} (all that npm said: ${log})`);
}
