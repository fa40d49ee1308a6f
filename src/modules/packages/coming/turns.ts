/** Lets so many works run at once. Whoever comes then waits until one has ended. */
export function createTurns(atOnce: number) {
  const running = new Set<Promise<void>>();
  return {
    /** Begins work when it is its turn. @returns what it comes to, once it has begun; a failure is told there alone */
    async begin<T>(work: () => Promise<T>): Promise<{ result: Promise<T> }> {
      while (running.size >= atOnce) await Promise.race(running);
      const result = work();
      const ended: Promise<void> = result.then(
        () => {},
        () => {},
      );
      running.add(ended);
      void ended.then(() => running.delete(ended));
      return { result };
    },
    /** Waits for all that was begun. */
    async ended(): Promise<void> {
      await Promise.all(running);
    },
  };
}
