import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { KeptHouse } from './keptHouse.ts';

/**
 * Runs a job in a process of its own and kills it, so many signs of progress and some moments after it began.
 *
 * @returns what it said: a step in each line, at last `done` where it was quicker
 */
export async function runAndKill(
  kept: Pick<KeptHouse, 'config' | 'db'>,
  job: { name: string; data: object },
  o: { steps: number; moments: number },
): Promise<string> {
  const script = fileURLToPath(new URL('../faults/jobRunner.ts', import.meta.url));
  const words = [script, kept.config.dataDir, kept.db.url, job.name, JSON.stringify(job.data)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const seen = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('done\n') || out.split('\n').length > o.steps) resolve();
    });
  });
  await Promise.race([seen, ended]);
  await pause(Math.random() * o.moments);
  if (child.exitCode !== null) throw new Error(`the job ended by itself with ${child.exitCode}`);
  child.kill('SIGKILL');
  await ended;
  return out;
}
