import type { Counts, ImportRecord, ProblemCount } from '../store/imports.ts';
import type { NotedRow } from '../types.ts';
import type { ChangedFonds, Matched } from './matched.ts';
import { addFondsToPreview, addToPreview, type Preview } from './preview.ts';

const EXAMPLES = 3;

/** What an import adds up to so far. Copied before a chunk and put in place when its transaction is through. */
export interface Tally {
  counts: Counts;
  problems: Map<string, ProblemCount>;
  /** Rows of data by sheet. */
  rows: Record<number, number>;
  /** What becomes of entries that are held. */
  preview: Preview;
}

export function tallyOf(r: ImportRecord): Tally {
  return {
    counts: { ...r.counts },
    problems: new Map(r.problems.map((p) => [p.code, { ...p, examples: [...p.examples] }])),
    rows: { ...r.counts.bySheet },
    preview: structuredClone(r.preview),
  };
}

export function copyOf(t: Tally): Tally {
  return {
    counts: { ...t.counts },
    problems: new Map([...t.problems].map(([c, p]) => [c, { ...p, examples: [...p.examples] }])),
    rows: { ...t.rows },
    preview: structuredClone(t.preview),
  };
}

export function addNoted(t: Tally, rows: readonly NotedRow[]): void {
  for (const r of rows) {
    if (r.rejected) t.counts.rejected++;
    for (const f of r.findings) {
      let p = t.problems.get(f.code);
      if (!p) {
        p = { code: f.code, rejecting: false, count: 0, examples: [] };
        t.problems.set(f.code, p);
      }
      p.count++;
      p.rejecting ||= f.severity === 'error';
      if (p.examples.length < EXAMPLES) {
        const { column, value, params } = f;
        p.examples.push({ sheet: r.sheet, row: r.row, column, value, ...(params ? { params } : {}) });
      }
    }
  }
}

/** Problems, those that turn rows away first, the frequent before the rare. */
export function problemList(t: Tally): ProblemCount[] {
  return [...t.problems.values()].sort(
    (a, b) => Number(b.rejecting) - Number(a.rejecting) || b.count - a.count,
  );
}

/** Counts what becomes of entries that are held, and keeps some of them to be shown. */
export function addMatched(t: Tally, matched: Matched): void {
  t.counts.updated += matched.changed.filter((c) => c.rule === 'update').length;
  t.counts.merged += matched.changed.filter((c) => c.rule === 'merge').length;
  t.counts.skipped += matched.skipped.length;
  addToPreview(t.preview, matched);
}

/** The same of fonds that are held. */
export function addChangedFonds(t: Tally, changed: readonly ChangedFonds[]): void {
  t.counts.updated += changed.filter((c) => c.rule === 'update').length;
  t.counts.merged += changed.filter((c) => c.rule === 'merge').length;
  addFondsToPreview(t.preview, changed);
}
