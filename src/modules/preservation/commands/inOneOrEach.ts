/** PostgreSQL's words for "somebody else was in the way": the transaction may be tried again. */
const IN_THE_WAY = new Set(['40001', '40P01']);

const isInTheWay = (e: unknown) =>
  e instanceof Error && 'code' in e && typeof e.code === 'string' && IN_THE_WAY.has(e.code);

/**
 * Enters many things in one transaction, since each costs as much as a hundred rows. Where it and another one wait for each
 * other's rows, each is entered by itself, which waits for nobody while it holds something.
 *
 * @param work one transaction
 */
export async function inOneOrEach<T>(
  list: readonly T[],
  work: (some: readonly T[]) => Promise<void>,
): Promise<void> {
  if (list.length === 0) return;
  try {
    await work(list);
  } catch (e) {
    if (list.length === 1 || !isInTheWay(e)) throw e;
    for (const one of list) await work([one]);
  }
}
