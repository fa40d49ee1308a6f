import type { AuditActor } from '#kernel/audit';
import type { Progress } from '#kernel/jobs';
import { answerRequests, Thread } from '#kernel/threads';
import type { CatalogueImportDeps } from '../deps.ts';
import { importSteps, type RunOptions, type RunResult } from './run-import.ts';

/** How the caller of long work follows and stops it. */
export interface Following {
  signal?: AbortSignal;
  progress?(p: Progress): void;
}

type WorkRequest =
  | { begin: { importId: string; mode: RunOptions['mode']; actor: AuditActor } }
  | { next: true };
type WorkAnswer = { progress: Progress } | { result: RunResult };

/** A chunk takes seconds; a database that answers nothing for so long is gone. */
const SILENCE_MS = 15 * 60_000;
const HEAP_MB = 256;
const YOUNG_MB = 32;

/** Runs an import to its end, in a thread where one is set up. Errors as `importSteps`. */
export async function runImport(
  deps: CatalogueImportDeps,
  importId: string,
  o: Omit<RunOptions, 'signal'> & Following,
): Promise<RunResult> {
  return deps.thread ? inThread(deps.thread, importId, o) : here(deps, importId, o);
}

async function here(
  deps: CatalogueImportDeps,
  importId: string,
  { progress, ...o }: Omit<RunOptions, 'signal'> & Following,
): Promise<RunResult> {
  const steps = importSteps(deps, importId, o);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
    progress?.(step.value);
  }
}

async function inThread(
  { script, data }: { script: URL; data: unknown },
  importId: string,
  { mode, actor, signal, progress }: Omit<RunOptions, 'signal'> & Following,
): Promise<RunResult> {
  const thread = new Thread({ script, data, maxHeapMb: HEAP_MB, maxYoungMb: YOUNG_MB });
  const ask = <T>(request: WorkRequest) => thread.ask<T>(request, { timeoutMs: SILENCE_MS, signal });
  try {
    await ask<null>({ begin: { importId, mode, actor } });
    for (;;) {
      const answer = await ask<WorkAnswer>({ next: true });
      if ('result' in answer) return answer.result;
      progress?.(answer.progress);
    }
  } finally {
    await thread.stop();
  }
}

/** Called once by the script of an import's thread, with what the work needs. */
export function serveImportWork(deps: CatalogueImportDeps): void {
  let steps: AsyncGenerator<Progress, RunResult, undefined> | undefined;
  answerRequests<WorkRequest>(async (request): Promise<WorkAnswer | null> => {
    if ('begin' in request) {
      const { importId, ...o } = request.begin;
      steps = importSteps(deps, importId, o);
      return null;
    }
    if (!steps) throw new Error('the work has not begun');
    const step = await steps.next();
    return step.done ? { result: step.value } : { progress: step.value };
  });
}
