import { type ChildProcess, fork } from 'node:child_process';

export interface Guarded {
  /** What it answered; `fault` where it crashed or hung. */
  ask<A extends object>(question: object): Promise<A & { fault?: string; rss: number }>;
  end(): void;
}

/**
 * A process that may read everything, write in one folder alone and answers questions; started anew where it hung or died. The
 * runtime's own permissions keep it from writing elsewhere, so that doing so is a fault that is told.
 *
 * @param script answers each message with one, which has the memory it takes up as `rss`
 * @param patience ms after which it counts as hanging
 */
export function createGuardedProcess(script: URL, scratch: string, cwd: string, patience: number): Guarded {
  let child: ChildProcess | null = null;
  const start = () =>
    fork(script, [scratch], {
      execArgv: [
        '--permission',
        '--allow-fs-read=*',
        `--allow-fs-write=${scratch}/*`,
        '--allow-worker',
        '--allow-addons',
        '--max-old-space-size=512',
        '--no-warnings',
      ],
      env: { PATH: process.env.PATH ?? '', TMPDIR: scratch, HOME: scratch },
      cwd,
    });
  return {
    ask: (question) =>
      new Promise((resolve) => {
        child ??= start();
        const one = child;
        const done = (answer: never) => {
          clearTimeout(timer);
          one.removeAllListeners();
          resolve(answer);
        };
        const lose = (fault: string) => {
          child = null;
          one.kill('SIGKILL');
          done({ fault, rss: 0 } as never);
        };
        const timer = setTimeout(() => lose(`no answer within ${patience} ms`), patience);
        one.once('message', (answer) => done(answer as never));
        one.once('exit', (code, signal) => lose(`the process ended: ${code ?? signal}`));
        one.send(question);
      }),
    end: () => child?.disconnect(),
  };
}
