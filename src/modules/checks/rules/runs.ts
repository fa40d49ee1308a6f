/** Numbers that are not there between those that are. */
export interface Gap {
  readonly scope: string;
  readonly pad: number;
  readonly from: number;
  readonly to: number;
}

/** Running numbers by what they count within: a bit for each number, whatever the order they come in. */
export interface Runs {
  add(scope: string, number: number, pad: number): void;
  /** @param from what they begin with; null: with whatever is the least */
  gaps(from: number | null): Generator<Gap>;
}

interface Run {
  pad: number;
  least: number;
  most: number;
  bits: Uint8Array;
}

/** Scopes that are kept; a fonds has some, and what says more is told from what is kept. */
const MOST_SCOPES = 100_000;

export function createRuns(): Runs {
  const runs = new Map<string, Run>();
  return {
    add(scope, number, pad) {
      let run = runs.get(scope);
      if (!run) {
        if (runs.size >= MOST_SCOPES) return;
        run = { pad, least: number, most: number, bits: new Uint8Array(16) };
        runs.set(scope, run);
      }
      run.least = Math.min(run.least, number);
      run.most = Math.max(run.most, number);
      const at = number >> 3;
      if (at >= run.bits.length) {
        const larger = new Uint8Array(Math.max(at + 1, run.bits.length * 2));
        larger.set(run.bits);
        run.bits = larger;
      }
      run.bits[at] = (run.bits[at] ?? 0) | (1 << (number & 7));
    },
    *gaps(from) {
      for (const [scope, { pad, least, most, bits }] of runs) {
        let missing: number | null = null;
        for (let n = from ?? least; n <= most; n++) {
          const there = ((bits[n >> 3] ?? 0) & (1 << (n & 7))) !== 0;
          if (!there) missing ??= n;
          else if (missing !== null) {
            yield { scope, pad, from: missing, to: n - 1 };
            missing = null;
          }
        }
      }
    },
  };
}
