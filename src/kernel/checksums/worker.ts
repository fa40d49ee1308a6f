import { parentPort } from 'node:worker_threads';
import { type DigestWork, doDigestWork } from './work.ts';

const chunk = Buffer.allocUnsafe(1024 * 1024);

parentPort?.on('message', (work: DigestWork) => {
  try {
    const flushing = () => parentPort?.postMessage('flushing');
    parentPort?.postMessage({ done: doDigestWork(work, chunk, flushing) });
  } catch (error) {
    // An Error sent between threads loses its code, which callers decide by.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    parentPort?.postMessage({ error, code });
  }
});
