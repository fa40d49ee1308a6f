/** Rows of numbers that grow, a typed array for each column: a million rows cost what their numbers cost. */

type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** The column with room for `rows`; a new one, twice as large, where it was full. */
export function roomFor<C extends Column>(column: C, rows: number, make: (length: number) => C): C {
  if (rows <= column.length) return column;
  const larger = make(Math.max(rows, column.length * 2, 256));
  larger.set(column as never);
  return larger;
}

const CHUNK = 2 ** 20;

/** Short byte strings one after another, by where they begin. */
export interface ByteStore {
  /** @param bytes at most 65,535 */
  put(bytes: Uint8Array): number;
  get(at: number, length: number): Buffer;
}

export function createByteStore(): ByteStore {
  const chunks: Buffer[] = [];
  let used = CHUNK;
  return {
    put(bytes) {
      if (used + bytes.byteLength > CHUNK) {
        chunks.push(Buffer.allocUnsafeSlow(CHUNK));
        used = 0;
      }
      const last = chunks.length - 1;
      chunks[last]?.set(bytes, used);
      used += bytes.byteLength;
      return last * CHUNK + used - bytes.byteLength;
    },
    get(at, length) {
      const chunk = chunks[Math.floor(at / CHUNK)];
      if (!chunk) throw new Error('nothing was put there');
      return chunk.subarray(at % CHUNK, (at % CHUNK) + length);
    },
  };
}
