import type { Range } from '../api/shapes.ts';

export interface Part {
  text: string;
  hit: boolean;
  start: number;
}

/**
 * Cuts a text into found and other parts. Ranges are half-open, in UTF-16 units; those that overlap, are out of order
 * or reach beyond the text do no harm.
 */
export function highlightParts(text: string, ranges: readonly Range[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const [from = 0, to = 0] of [...ranges].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
    const start = Math.max(at, Math.min(from, text.length));
    const end = Math.min(to, text.length);
    if (end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start), hit: false, start: at });
    parts.push({ text: text.slice(start, end), hit: true, start });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), hit: false, start: at });
  return parts;
}
