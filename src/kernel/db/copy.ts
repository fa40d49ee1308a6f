import { Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Database, sql, type Tx } from '../db.ts';

/**
 * Bulk writing: transactions that may COPY. PostgreSQL refuses COPY under row-level security, so these run as the
 * owner; the caller has decided before that the actor may.
 */

/** More pieces are joined first: each is a message of its own. */
const FEW = 16;

const clients = new WeakMap<Tx, pg.PoolClient>();

/**
 * Runs a transaction as the owner in which `copyInto` works. Commits when `fn` returns, rolls back when it throws.
 *
 * @param o.part of longer work that notes in each transaction how far it got and ends with an ordinary one: it need not wait
 * for the disk. A machine that loses power loses the last of them whole, and the work goes on from there
 */
export async function bulkTransaction<T>(
  db: Database,
  fn: (tx: Tx) => Promise<T>,
  o: { part?: boolean } = {},
): Promise<T> {
  let client: pg.PoolClient | undefined;
  const one = new Kysely<unknown>({
    dialect: new PostgresDialect({
      pool: {
        connect: async () => {
          client = await db.connect();
          return client;
        },
        end: async () => {},
        options: {},
      },
    }),
  });
  return one.transaction().execute(async (tx) => {
    await sql`select set_config('lantai.scope', 'all', true), set_config('lantai.archives', '{}', true)`.execute(
      tx,
    );
    if (o.part) await sql`set local synchronous_commit = off`.execute(tx);
    if (client) clients.set(tx, client);
    return fn(tx);
  });
}

/** The connection of a transaction of `bulkTransaction`, for streams into and out of COPY. */
export function bulkConnection(tx: Tx): pg.PoolClient {
  const client = clients.get(tx);
  if (!client) throw new Error('streams of COPY need a transaction of bulkTransaction');
  return client;
}

/**
 * Copies rows in PostgreSQL's text format into a table.
 *
 * @param tx a transaction of `bulkTransaction`
 * @param target table and columns: `holdings.unit (id, title)`
 * @param pieces rows of a CopyBuffer
 */
export function copyInto(tx: Tx, target: string, pieces: readonly Uint8Array[]): Promise<void> {
  const client = bulkConnection(tx);
  return new Promise((resolve, reject) => {
    const stream = client.query(copyFrom(`copy ${target} from stdin`));
    stream.on('error', reject);
    stream.on('finish', () => resolve());
    for (const piece of pieces.length > FEW ? [Buffer.concat(pieces)] : pieces) stream.write(piece);
    stream.end();
  });
}
