import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '#kernel/clock';
import { createLog } from '#kernel/log';
import type { CliContext } from '../cli/command.ts';
import { createOutput } from '../cli/output.ts';
import { COMMANDS, GROUPS } from './commands.ts';
import { readConfig } from './config.ts';
import { listenForTheEnd } from './ending.ts';
import { describeFailure } from './failure.ts';
import { type Call, understand } from './program.ts';

const home = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The process of every command: `lantai` becomes this. */
async function main(words: readonly string[]): Promise<number> {
  let dataDir: string | undefined;
  try {
    const call = await understand(words, { commands: COMMANDS, groups: GROUPS, version: versionOf(home) });
    if (!call) return 0;
    const ctx = await contextOf(call);
    dataDir = ctx.config.dataDir;
    for (const warning of ctx.config.warnings) ctx.out.note(warning);
    return await call.run(ctx);
  } catch (e) {
    const { exitCode, line } = describeFailure(e, dataDir);
    process.stderr.write(`lantai: ${line}\n`);
    return exitCode;
  }
}

async function contextOf({ entry, options }: Call): Promise<CliContext> {
  const config = readConfig();
  const ending = listenForTheEnd();
  const quiet = !entry.service && config.logLevel === 'info';
  const base = {
    config,
    home,
    json: options.json ?? false,
    actingAs: options.as ?? userName(),
    actingAsGiven: options.as !== undefined,
    out: createOutput(options.json ?? false),
    log: createLog(quiet ? 'warn' : config.logLevel),
    clock: systemClock,
    ...ending,
  };
  return {
    ...base,
    withDatabase: async (work) => (await import('./database.ts')).withDatabase(base, work),
    withScratchDatabase: async (dataDir, work) =>
      (await import('./database.ts')).withDatabase(
        { ...base, config: { ...config, dataDir, databaseUrl: undefined } },
        work,
      ),
    restore: async (wish, told) => (await import('./restoring.ts')).restoreHere(base, wish, told),
    withHouse: async (work) => (await import('./service.ts')).withHouse(base, work),
    startService: async (parts) => (await import('./service.ts')).startService(base, parts),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers may run under a number without a name.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return version;
}

// A reader that went away (| head) is no fault of ours.
process.stdout.on('error', () => {});
process.exitCode = await main(process.argv.slice(2));
// Whatever a library still holds open must not keep a finished command alive; what was written is let out first.
process.stdout.write('', () => process.exit());
