import type { Sql } from '#kernel/db';
import { run } from './runner.ts';

/** Takes everything out of the index. As the owner. */
export async function emptyIndex(on: Sql): Promise<void> {
  await run(on, 'truncate search.entry, search.page, search.archive, search.fonds', []);
}
