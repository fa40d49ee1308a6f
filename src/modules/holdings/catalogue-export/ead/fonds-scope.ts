import { EAD_HEADINGS } from '../../catalogue-import/reading/ead/columns.ts';

const KNOWN: ReadonlySet<string> = new Set(EAD_HEADINGS);

/**
 * What the import of a finding aid wrote under the scope of its fonds, a line each, told apart again: a line that begins with the
 * heading of an element begins it, the lines that follow belong to it.
 */
export function partsOfScope(scope: string | null): {
  scope: string;
  parts: { heading: string; text: string }[];
} {
  const own: string[] = [];
  const parts: { heading: string; text: string }[] = [];
  for (const line of (scope ?? '').split('\n')) {
    const at = line.indexOf('): ');
    const heading = at < 0 ? '' : line.slice(0, at + 1);
    const other = line.startsWith('Other elements: ') ? 'Other elements' : '';
    const found = KNOWN.has(heading) ? heading : other;
    const last = parts.at(-1);
    if (found !== '') parts.push({ heading: found, text: line.slice(found.length + 2) });
    else if (last) last.text += `\n${line}`;
    else own.push(line);
  }
  return { scope: own.join('\n'), parts };
}
