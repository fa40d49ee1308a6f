/** Chunks after which what was written is worked into the index. */
const EVERY = 6;

/** Works what an import wrote into the search index beside the storing, on a connection of its own, one round at a time. */
export interface Settling {
  /** A chunk has been stored. */
  stored(): void;
  /** Waits for the round under way. @throws what it failed of */
  done(): Promise<void>;
}

export function settleBeside(settle: () => Promise<void>): Settling {
  let chunks = 0;
  let round: Promise<void> | null = null;
  let failure: unknown;
  return {
    stored() {
      if (++chunks % EVERY !== 0 || round) return;
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
