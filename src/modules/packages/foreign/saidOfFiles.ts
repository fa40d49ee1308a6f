import { createPathTable } from '#formats/tree';

/** What metadata in a package says of a file: its size, and its format as a media type or by name. */
export interface SaidOfFile {
  readonly bytes: number | undefined;
  readonly format: string | undefined;
}

/** Kinds of formats told apart; of a file with a further one nothing is kept. */
const MOST_FORMATS = 10_000;

/** What is said of files, by path: some dozen bytes a file. The first of a path is kept. */
export function createSaidOfFiles() {
  const table = createPathTable();
  const sizes: number[] = [];
  const kinds: number[] = [];
  const formats = new Map<string, number>();
  const names: string[] = [];
  const kindOf = (format: string): number => {
    const known = formats.get(format);
    if (known !== undefined) return known;
    if (names.length >= MOST_FORMATS) return -1;
    formats.set(format, names.length);
    return names.push(format) - 1;
  };
  return {
    /** @param size as it is written @param format '' or undefined: nothing is said */
    add(path: string, size: string | undefined, format: string | undefined): void {
      if (table.find(path) >= 0) return;
      const row = table.add(path);
      sizes[row] = size !== undefined && /^\d{1,15}$/.test(size) ? Number(size) : -1;
      kinds[row] = format ? kindOf(format.slice(0, 200)) : -1;
    },
    of(path: string): SaidOfFile | undefined {
      const row = table.find(path);
      if (row < 0) return undefined;
      const size = sizes[row] ?? -1;
      return { bytes: size < 0 ? undefined : size, format: names[kinds[row] ?? -1] };
    },
  };
}
