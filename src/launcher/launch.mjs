/**
 * Gets a clone ready to run. Called by `lantai` with the command's arguments.
 * Exit code 0: go on with this Node; 10: go on with `.runtime/node`; 2: it cannot go on, and one line said why.
 */
import { basename, join } from 'node:path';
import { buildConsole, consoleFits, hasConsole } from './console.mjs';
import { withLock } from './lock.mjs';
import { endCommands } from './npm.mjs';
import { installPackages, packagesFit, packagesStamp } from './packages.mjs';
import { buildDir, HOME, mayWrite, RUNTIME_VERSION } from './place.mjs';
import { fetchRuntime, installedRuntime, ownNodeWillDo } from './runtime.mjs';
import { asTrouble, Trouble } from './trouble.mjs';

/** Commands that show the web console, and so need it built. */
const SHOWS_CONSOLE = new Set(['demo', 'serve', 'test']);

const say = (line) => process.stderr.write(`lantai: ${line}\n`);

async function step(line, work) {
  const began = Date.now();
  say(`${line} …`);
  const result = await work();
  say(`… done in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  return result;
}

/** What is missing, found without writing anything. */
function survey(home, args) {
  const runtime = ownNodeWillDo() ? process.execPath : installedRuntime(home);
  const major = ownNodeWillDo() ? process.versions.node.split('.')[0] : RUNTIME_VERSION.split('.')[0];
  const packages = packagesFit(home, major);
  const wanted = args.some((arg) => SHOWS_CONSOLE.has(arg)) && hasConsole(home);
  const web = !wanted || (packages && consoleFits(home, packagesStamp(home, major)));
  return { runtime, major, packages, web, ready: Boolean(runtime) && packages && web };
}

async function prepare(home, args) {
  if (survey(home, args).ready) return;
  if (!mayWrite(home)) {
    throw new Trouble(
      `Something has to be installed first, but this user may not write in ${home}. Start once as the user who owns it.`,
    );
  }
  const onWait = () => say('another start is installing; waiting for it');
  await withLock(join(buildDir(home), 'install.lock'), { onWait }, async () => {
    const { runtime, major } = survey(home, args);
    const node = runtime ?? (await step(`Fetching Node ${RUNTIME_VERSION}`, () => fetchRuntime(home)));
    if (!survey(home, args).packages) {
      await step('Installing packages (about a minute)', () => installPackages(home, node, major));
    }
    if (!survey(home, args).web) {
      await step('Building the web console', () => buildConsole(home, node, packagesStamp(home, major)));
    }
  });
}

/** The installation ends with the shell that asked for it, however that ends. */
function endWithParent() {
  const parent = process.ppid;
  const stop = () => {
    endCommands();
    process.exit(143);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

endWithParent();
try {
  await prepare(HOME, process.argv.slice(2));
  process.exitCode = ownNodeWillDo() ? 0 : 10;
} catch (error) {
  const trouble = asTrouble(error, `The installation in ${basename(HOME)} failed`, HOME);
  say(trouble.message.replaceAll(/\s*\n\s*/g, ' '));
  process.exitCode = 2;
}
