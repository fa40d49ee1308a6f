import { workerData } from 'node:worker_threads';
import { createIdentifier, type IdentifierConfig } from '#formats/pronom';
import { answerRequests } from '#kernel/threads';
import { lookAt } from './lookAt.ts';
import type { LookRequest } from './protocol.ts';

// The script of a thread that looks at files: signatures are read once, when a format is first wanted.
let identifier: ReturnType<typeof createIdentifier> | null = null;

answerRequests<LookRequest>(async ({ places, wish }) => {
  if (wish.format && !identifier) {
    identifier = createIdentifier(workerData as IdentifierConfig);
    // A refusal is the answer to each request, not the end of the thread.
    identifier.catch(() => {});
  }
  return lookAt(places, wish, wish.format ? await identifier : null);
});
