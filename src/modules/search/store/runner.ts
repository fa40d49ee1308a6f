import { CompiledQuery } from 'kysely';
import type { Sql } from '#kernel/db';

/** Runs one statement given as text with its parameters. */
export async function run<Row>(on: Sql, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await on.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows;
}
