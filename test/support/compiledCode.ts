import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Lets every process of the run share what Node has compiled (`NODE_COMPILE_CACHE`, which `./lantai` sets too). Node writes
 * that down when a process ends by itself, which those never do that tests kill; so the whole house is loaded once beforehand.
 * Each start then takes half the time.
 */
export default function setup(): void {
  process.env.NODE_COMPILE_CACHE ??= join(HOME, '.build/test/compiled');
  const folder = process.env.NODE_COMPILE_CACHE;
  const mark = join(folder, 'whole-house');
  if (existsSync(mark)) return;
  mkdirSync(folder, { recursive: true });
  const house = new URL('../../src/main/wire.ts', import.meta.url).href;
  const loaded = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', `import ${JSON.stringify(house)};`],
    {
      cwd: HOME,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  if (loaded.status === 0) writeFileSync(mark, '');
}
