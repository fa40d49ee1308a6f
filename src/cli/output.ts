/** Where a command's words go. Answers to stdout, everything else to stderr. */
export interface Output {
  /** A line of the answer for people; nothing under `--json`. */
  line(text?: string): void;
  /** Rows in aligned columns for people; nothing under `--json`. */
  table(rows: readonly (readonly string[])[]): void;
  /** The one document of `--json`; nothing otherwise. */
  document(value: unknown): void;
  /** As `document`, of `{key: [items]}`, written as the items come: for lists too long to be held. */
  list(key: string): { item(value: unknown): void; end(): void };
  /** Progress and remarks, to stderr. */
  note(text: string): void;
}

export interface Streams {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

export function createOutput(json: boolean, { stdout, stderr }: Streams = process): Output {
  const line = (text = '') => {
    if (!json) stdout.write(`${text}\n`);
  };
  return {
    line,
    table: (rows) => {
      for (const text of alignColumns(rows)) line(text);
    },
    document: (value) => {
      if (json) stdout.write(`${JSON.stringify(value)}\n`);
    },
    list(key) {
      let parting = `{${JSON.stringify(key)}:[`;
      const write = (text: string) => {
        if (json) stdout.write(text);
      };
      return {
        item(value) {
          write(`${parting}${JSON.stringify(value)}`);
          parting = ',\n';
        },
        end: () => write(parting.startsWith('{') ? `${parting}]}\n` : ']}\n'),
      };
    },
    note: (text) => {
      stderr.write(`${text}\n`);
    },
  };
}

/** Columns of one screen each for Latin, two for Chinese and other wide characters. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, screenWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, i) =>
        i === row.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - screenWidth(cell) + 2),
      )
      .join(''),
  );
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

function screenWidth(text: string): number {
  let width = 0;
  for (const character of text) width += WIDE.test(character) ? 2 : 1;
  return width;
}
