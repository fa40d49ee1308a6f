import { RecordParser } from './record-parser.ts';

const CANDIDATES = [',', '\t', ';'];

/** How well `delimiter` divides the sample into records of equal width; 0 if it divides nothing. */
function fitness(sample: string, whole: boolean, delimiter: string): number {
  const parser = new RecordParser(delimiter, sample.length, () => new Error('unreachable'));
  parser.write(sample);
  if (whole) parser.end();
  // What was cut off at the end of the sample says nothing.
  const widths = parser.records
    .filter((record) => record.some((field) => field !== ''))
    .map((record) => record.length);
  if (widths.length === 0) return parser.width > 0 ? Math.log2(parser.width + 1) : 0;
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of counts) {
    if (width > 1) best = Math.max(best, (count / widths.length) * Math.log2(width));
  }
  return best;
}

export interface Delimiter {
  delimiter: string;
  /** Characters at the start of the text that only name the delimiter (Excel's `sep=;` line). */
  skip: number;
}

/** @param sample the beginning of the text @param whole whether that is all of it */
export function detectDelimiter(sample: string, whole: boolean): Delimiter {
  const named = /^sep=(.)\r?\n/.exec(sample);
  if (named) return { delimiter: named[1]!, skip: named[0].length };
  let delimiter = ',';
  let best = 0;
  for (const candidate of CANDIDATES) {
    const fit = fitness(sample, whole, candidate);
    if (fit > best) {
      best = fit;
      delimiter = candidate;
    }
  }
  return { delimiter, skip: 0 };
}
