import type { Database } from '#kernel/db';

type Client = Pick<Awaited<ReturnType<Database['connect']>>, 'query'>;

const keyOf = (batchId: string) => `transfer ${batchId}`;

/** Takes a batch for the one who has this connection, until it is given back or the connection ends. @returns false: another has it */
export async function takeBatch(client: Client, batchId: string): Promise<boolean> {
  const { rows } = await client.query<{ ok: boolean }>(
    'select pg_try_advisory_lock(hashtextextended($1, 0)) as ok',
    [keyOf(batchId)],
  );
  return rows[0]?.ok ?? false;
}

export async function giveBatchBack(client: Client, batchId: string): Promise<void> {
  await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [keyOf(batchId)]);
}
