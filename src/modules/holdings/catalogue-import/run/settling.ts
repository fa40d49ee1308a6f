/**
 * Chunks that may wait to be worked into the index while a round is under way. Every search walks all that waits: five thousand
 * entries cost it as much again as two thirds of a usual search in two million.
 */
const WAITING = 2;

/** Works what an import wrote into the search index beside the storing, on a connection of its own, one round at a time. */
export interface Settling {
  /** A chunk has been stored. Waits where storing has got too far ahead. */
  stored(): Promise<void>;
  /** Waits for the round under way. @throws what it failed of */
  done(): Promise<void>;
}

export function settleBeside(settle: () => Promise<void>): Settling {
  let waiting = 0;
  let round: Promise<void> | null = null;
  let failure: unknown;
  return {
    async stored() {
      waiting++;
      if (round && waiting > WAITING) await round;
      if (round) return;
      waiting = 0;
      round = settle()
        .catch((e: unknown) => {
          failure ??= e;
        })
        .finally(() => {
          round = null;
        });
    },
    async done() {
      await round;
      if (failure !== undefined) throw failure;
    },
  };
}
