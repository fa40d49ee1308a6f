import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const home = fileURLToPath(new URL('../..', import.meta.url));

/** What stands in for npm: installs a marker, takes its time, or fails the way npm does. It notes each call. */
const NPM = `#!/usr/bin/env node
const fs = require('fs');
const how = process.env.NPM_DOES ?? 'install';
if (process.argv[2] === 'config') process.exit(1);
fs.appendFileSync(process.env.NPM_CALLS, process.pid + '\\n');
if (how === 'install') setTimeout(() => {
  fs.mkdirSync('node_modules/thing', { recursive: true });
  fs.writeFileSync('node_modules/thing/index.js', '');
}, 400);
else if (how === 'hang') setTimeout(() => {}, 60000);
else { console.error('npm error code ' + how + '\\nnpm error ' + how + ': it did not work'); process.exit(1); }
`;

const PROGRAM = `
const [how, code] = process.argv.slice(2);
if (how === 'stay') { process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); }
else process.exitCode = Number(code ?? 0);
console.log(JSON.stringify({ args: process.argv.slice(2), pid: process.pid }));
`;

export interface TinyClone {
  folder: string;
  /** How often npm was called. */
  npmCalls(): number;
  /** The process of the last call of npm. */
  lastNpm(): number;
  start(args: string[], npmDoes?: string, more?: SpawnOptions): Started;
}

export interface Started {
  child: ChildProcess;
  done: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** A clone with the real launcher, one small program in the place of Lantai, and a stand-in for npm. */
export function tinyClone(): TinyClone {
  const base = mkdtempSync(join(tmpdir(), 'lantai-launcher-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  chmodSync(base, 0o755);
  const folder = join(base, 'clone');
  const calls = join(base, 'npm-calls');
  mkdirSync(join(folder, 'src/main'), { recursive: true });
  mkdirSync(join(base, 'bin'));
  cpSync(join(home, 'lantai'), join(folder, 'lantai'));
  cpSync(join(home, 'src/launcher'), join(folder, 'src/launcher'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name":"tiny","type":"module"}');
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  writeFileSync(join(folder, 'src/main/cli.ts'), PROGRAM);
  writeFileSync(join(base, 'bin/npm'), NPM, { mode: 0o755 });
  const callLines = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []);
  return {
    folder,
    npmCalls: () => callLines().length,
    lastNpm: () => Number(callLines().at(-1)),
    start(args, npmDoes = 'install', more = {}) {
      const path = [join(base, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
      const child = spawn(join(folder, 'lantai'), args, {
        env: { PATH: path, NPM_DOES: npmDoes, NPM_CALLS: calls, HOME: base },
        stdio: ['ignore', 'pipe', 'pipe'],
        ...more,
      });
      return { child, done: collect(child) };
    },
  };
}

export function collect(child: ChildProcess): Started['done'] {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
