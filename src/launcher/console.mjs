import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './npm.mjs';
import { swap } from './packages.mjs';
import { buildDir } from './place.mjs';
import { digestOf, digestOfFiles, readStamp, writeStamp } from './stamp.mjs';
import { explain, Trouble } from './trouble.mjs';

/** What the built console depends on: its own sources, and what it shares with the server. */
const INPUTS = ['web', 'src/kernel'];
const LEFT_OUT = /^(?:node_modules|dist|.*\.test\.tsx?|tsconfig.*\.tsbuildinfo)$/;

const builtDir = (home) => join(buildDir(home), 'web');
const stampFile = (home) => join(builtDir(home), '.stamp');

/** @returns {boolean} whether there is a console to build at all */
export const hasConsole = (home) => existsSync(join(home, 'web/index.html'));

export function consoleStamp(home, packages) {
  return digestOf([packages, digestOfFiles(home, INPUTS, (name) => LEFT_OUT.test(name))]);
}

export function consoleFits(home, packages) {
  return readStamp(stampFile(home)) === consoleStamp(home, packages);
}

/** Builds the console aside and swaps it in. */
export async function buildConsole(home, node, packages) {
  const stamp = consoleStamp(home, packages);
  const aside = join(buildDir(home), `web-${process.pid}`);
  const previous = `${aside}-previous`;
  try {
    const vite = join(home, 'node_modules/vite/bin/vite.js');
    const args = [vite, 'build', '--outDir', aside, '--emptyOutDir', '--logLevel', 'warn'];
    const result = await run(node, node, args, { cwd: join(home, 'web'), env: { NODE_ENV: 'production' } });
    if (result.code !== 0 || !existsSync(join(aside, 'index.html'))) {
      const said = result.text.trim();
      const first = said.split('\n').find((line) => /error/i.test(line)) ?? said.split('\n')[0];
      throw new Trouble(
        `The web console could not be built: ${explain(said, home) ?? first ?? `code ${result.code}`}`,
      );
    }
    writeStamp(join(aside, '.stamp'), stamp);
    swap(aside, builtDir(home), previous);
  } finally {
    rmSync(aside, { recursive: true, force: true });
    rmSync(previous, { recursive: true, force: true });
  }
}
