import { workerData } from 'node:worker_threads';
import { answerRequests } from '#kernel/threads';
import { createIdentifier, type IdentifierConfig } from './identifier.ts';
import { identifyFiles, type Place } from './many.ts';

// The script of a thread of the pool: signatures are read once, at the first request.
const identifier = createIdentifier(workerData as IdentifierConfig);
// A refusal is the answer to each request, not the end of the thread.
identifier.catch(() => {});

answerRequests<readonly Place[] | 'source'>(async (asked) => {
  const known = await identifier;
  return asked === 'source' ? known.source : identifyFiles(known, asked);
});
