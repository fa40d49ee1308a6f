import { CopyBuffer, type Lines } from '#kernel/db/copy-buffer';
import type { UnitEntry } from '../entry.ts';
import { filterTerms, lengthTerms, vector } from '../writing/lexemes.ts';
import { UnitText } from '../writing/unit-text.ts';
import { entryCells, LONGEST_TITLE } from './entry-columns.ts';

/** Entries of units the index has nothing of, made ready for COPY: work for the processor alone, done ahead of the writing. */
export class EntryLines {
  readonly #rows: CopyBuffer;
  readonly #text = new UnitText();

  /** @param size bytes to begin with */
  constructor(size?: number) {
    this.#rows = new CopyBuffer(size);
  }

  add(unit: UnitEntry): void {
    const text = this.#text;
    text.read(unit);
    const rows = this.#rows;
    for (const cell of entryCells(unit)) rows.put(cell);
    rows.put(Math.min(text.titleLength, LONGEST_TITLE));
    rows.open();
    rows.add(text.folded);
    rows.open();
    rows.add(text.terms);
    const filters = vector([...filterTerms(unit), ...lengthTerms(text.titleLength)]);
    rows.append(filters, 0, filters.length);
    rows.end();
  }

  lines(): Lines {
    return this.#rows.lines();
  }
}

/** Begins lines of entries: what the thread that reads a catalogue asks for. */
export function newEntryLines(size?: number): EntryLines {
  return new EntryLines(size);
}
