/** Does something with each of a list, some at a time: what waits for the database then does not hold up the rest. */
export async function together<T>(
  list: readonly T[],
  work: (one: T) => Promise<void>,
  atOnce = 8,
): Promise<void> {
  const rest = list.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}
