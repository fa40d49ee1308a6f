import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Option } from 'commander';
import { defineCommand, EXIT } from './command.ts';

interface Options {
  slow?: boolean;
  only?: string;
  external?: boolean;
}

/** Runs `scripts/test/run.ts` in a process of its own, in the person's sight; its exit code is ours. */
export const command = defineCommand<Options>({
  describe(c) {
    c.option('--slow', 'the slow suites too')
      .addOption(
        new Option('--only <part>', 'one part').choices(['static', 'unit', 'db', 'corpus', 'journeys']),
      )
      .option('--external', 'on the PostgreSQL of LANTAI_TEST_DATABASE_URL instead of the embedded one');
  },
  async run(ctx, _args, options) {
    const args = [join(ctx.home, 'scripts/test/run.ts')];
    if (options.slow) args.push('--slow');
    if (options.external) args.push('--external');
    if (options.only) args.push('--only', options.only);
    if (ctx.json) args.push('--json');
    const child = spawn(process.execPath, args, {
      cwd: ctx.home,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    ctx.signal.addEventListener('abort', () => child.kill('SIGTERM'));
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exit) => resolve(exit ?? 1));
    });
    ctx.signal.throwIfAborted();
    return code === 0 ? EXIT.done : code === 2 ? EXIT.unusable : EXIT.rejected;
  },
});
