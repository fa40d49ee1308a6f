import { spawn } from 'node:child_process';
import { Refusal } from '#kernel/errors';

/** What a tool may ask of this machine. */
export interface Bounds {
  timeoutMs: number;
  /** The largest file it may write, in bytes. */
  mostBytes: number;
  /** Memory each of its processes may ask for, in bytes. */
  mostMemory: number;
}

export interface RunOptions extends Bounds {
  /** A folder of its own: the tool's home, its temporary files, and where it works. */
  folder: string;
  signal?: AbortSignal | undefined;
  /** Codes it may end with beside 0. */
  codes?: readonly number[];
  /** Characters of what it says that are kept, from the end. Default 16,384. */
  words?: number;
  /** What else its environment has. */
  environment?: Readonly<Record<string, string>>;
}

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

const WORDS = 16 * 1024;
const BLOCK = 512;
/** What a person is told of a failed tool's last words: lines, characters. */
const LAST_LINES = 3;
const MOST_SAID = 400;

/**
 * The shell sets the limits and becomes the tool: processor time, file size and memory are then kept by the system (memory
 * not on macOS). Beside it a watch waits at a pipe of ours, and ends them all when we are killed and nobody looks at the
 * clock any more. Arguments never pass through the shell's grammar.
 */
const LIMITED = `ulimit -t "$1" && ulimit -f "$2" && ulimit -c 0 && { ulimit -v "$3" 2>/dev/null || :; } && shift 3 || exit 126
{ read -r end <&3; kill -9 0; } >/dev/null 2>&1 &
exec "$@" 3<&-`;

/** Nothing of our own settings: they hold passwords. */
const environment = (folder: string): NodeJS.ProcessEnv => ({
  PATH: process.platform === 'darwin' ? MAC_PATH : '/usr/local/bin:/usr/bin:/bin',
  HOME: folder,
  TMPDIR: folder,
  XDG_CACHE_HOME: folder,
  XDG_CONFIG_HOME: folder,
  LANG: 'C.UTF-8',
  LC_ALL: 'C.UTF-8',
  SAL_USE_VCLPLUGIN: 'svp',
});
const MAC_PATH = '/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin';

/**
 * Runs a tool over what may be made to do harm: bounded in time, memory, in what it writes, and in what it is told. It and all it
 * started are ended when its time is over.
 *
 * @throws Refusal `conversion.tooSlow`, `conversion.noTool`, `conversion.toolFailed`; the signal's reason
 */
export async function runTool(command: string, args: readonly string[], o: RunOptions): Promise<Ran> {
  o.signal?.throwIfAborted();
  const seconds = Math.ceil(o.timeoutMs / 1000) + 5;
  const limits = [seconds * 4, Math.ceil(o.mostBytes / BLOCK), Math.ceil(o.mostMemory / 1024)].map(String);
  const child = spawn('/bin/sh', ['-c', LIMITED, 'sh', ...limits, command, ...args], {
    cwd: o.folder,
    env: { ...environment(o.folder), ...o.environment },
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] = (said[name] + text).slice(-(o.words ?? WORDS));
    });
  const end = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It was over already.
    }
  };
  let slow = false;
  const timer = setTimeout(() => {
    slow = true;
    end();
  }, o.timeoutMs);
  o.signal?.addEventListener('abort', end, { once: true });
  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>(
      (resolve, reject) => {
        child.once('error', reject);
        // What it left running goes with it, and so does the watch.
        child.once('exit', end);
        child.once('close', (c, s) => resolve({ code: c, signal: s }));
      },
    );
    o.signal?.throwIfAborted();
    if (slow) throw new Refusal('conversion.tooSlow', 'The conversion took too long and was given up.');
    if (code !== null && (code === 0 || o.codes?.includes(code))) return { ...said, code };
    if (code === 126 || code === 127)
      throw new Refusal('conversion.noTool', `${command} can not be run on this machine.`, { command });
    const words = said.stderr.trim().split('\n').slice(-LAST_LINES).join(' ').slice(-MOST_SAID);
    throw new Refusal(
      'conversion.toolFailed',
      `The tool ended with ${signal ?? `code ${code}`}${words ? `: ${words}` : '.'}`,
      { code, signal },
    );
  } finally {
    clearTimeout(timer);
    o.signal?.removeEventListener('abort', end);
  }
}
