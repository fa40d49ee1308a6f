import { answerRequests } from '#kernel/threads';
import { hashSource } from './hashing.ts';
import type { ByteSource } from './source.ts';

answerRequests(({ source, engine }: { source: ByteSource; engine: readonly string[] }) =>
  hashSource(source, engine),
);
