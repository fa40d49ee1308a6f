import { type Sql, sql, type Tx } from '#kernel/db';
import type { ListedFile } from '../domain/media.ts';

export async function insertListed(tx: Tx, batchId: string, part: number, lines: string): Promise<void> {
  await sql`insert into transfer.listed (batch_id, part, lines) values (${batchId}, ${part}, ${lines})`.execute(
    tx,
  );
}

/** Some lines of a batch's list; undefined behind the last. @param part from 1 */
export async function listedPart(on: Sql, batchId: string, part: number): Promise<string | undefined> {
  const r = await sql<{ lines: string }>`select lines from transfer.listed
    where batch_id = ${batchId} and part = ${part}`.execute(on);
  return r.rows[0]?.lines;
}

export async function deleteListed(tx: Tx, batchId: string): Promise<void> {
  await sql`delete from transfer.listed where batch_id = ${batchId}`.execute(tx);
}

/** The list of a batch, line by line. */
export async function* listedLines(
  on: Sql,
  batchId: string,
): AsyncGenerator<{ text: string; file: ListedFile }> {
  for (let part = 1; ; part++) {
    const lines = await listedPart(on, batchId, part);
    if (lines === undefined) return;
    for (const line of lines.split('\n'))
      if (line !== '') yield { text: `${line}\n`, file: JSON.parse(line) as ListedFile };
  }
}
