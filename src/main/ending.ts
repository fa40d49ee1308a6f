/** Someone asked the command to end. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super('Stopped before it was done.');
    this.exitCode = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal];
  }
}

/** An orderly end may take this long; then it is hurried, so that all is over within 20 seconds. */
const PATIENCE_MS = 10_000;

export interface Ending {
  signal: AbortSignal;
  onHurriedExit(end: () => Promise<void>): () => void;
}

/** Listens for the system's and the person's wish to end: the first asks, the second (or ten seconds) hurries. */
export function listenForTheEnd(): Ending {
  const controller = new AbortController();
  const ends = new Set<() => Promise<void>>();
  const hurry = async (code: number) => {
    const limit = setTimeout(() => process.exit(code), 8000);
    await Promise.allSettled([...ends].map((end) => end()));
    clearTimeout(limit);
    process.exit(code);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      const interrupted = new Interrupted(name);
      if (controller.signal.aborted) {
        void hurry(interrupted.exitCode);
        return;
      }
      controller.abort(interrupted);
      setTimeout(() => void hurry(interrupted.exitCode), PATIENCE_MS).unref();
    });
  }
  return {
    signal: controller.signal,
    onHurriedExit: (end) => {
      ends.add(end);
      return () => ends.delete(end);
    },
  };
}
