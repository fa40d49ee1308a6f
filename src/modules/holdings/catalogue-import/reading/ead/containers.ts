import type { EadContainer } from '#formats/ead';

const word = (type: string) => type.charAt(0).toUpperCase() + type.slice(1);

/** `Box 1, Folder 2; Box 3`: a container of a kind that was there before begins another place. */
export function containerText(containers: readonly EadContainer[]): string {
  const places: string[][] = [];
  let kinds = new Set<string>();
  for (const c of containers) {
    const kind = c.type.toLowerCase();
    if (places.length === 0 || (c.within === '' && kinds.has(kind))) {
      places.push([]);
      kinds = new Set();
    }
    kinds.add(kind);
    places.at(-1)!.push(c.type === '' ? c.text : `${word(c.type)} ${c.text}`);
  }
  return places.map((p) => p.join(', ')).join('; ');
}

/** A container as `containerText` writes it, read again. */
export interface ReadContainer {
  type: string;
  text: string;
  /** Which of them it lies in, where another of its kind lies there too; else the kinds tell. */
  within?: number;
}

/** Containers of a text such as `Box 1, Folder 2; Box 3`: a single word is a container of no kind. */
export function readContainers(text: string): ReadContainer[] {
  const found: ReadContainer[] = [];
  for (const place of text.split('; ').filter((t) => t !== '')) {
    const first = found.length;
    const kinds = new Set<string>();
    for (const t of place.split(', ').filter((x) => x !== '')) {
      const c = readContainer(t);
      found.push(kinds.has(c.type) ? { ...c, within: first } : c);
      kinds.add(c.type);
    }
  }
  return found;
}

function readContainer(text: string): ReadContainer {
  const [, type, rest] = /^([^\s\d]+) (\S.*)$/s.exec(text) ?? [];
  return type === undefined || rest === undefined ? { type: '', text } : { type, text: rest };
}

/** The containers a line each, kind and text, where the text above does not say all of it; '' else. */
export function containerLines(containers: readonly EadContainer[]): string {
  const told = readContainers(containerText(containers));
  const same =
    told.length === containers.length &&
    told.every((t, i) => t.text === containers[i]!.text && t.type === word(containers[i]!.type));
  return same ? '' : containers.map((c) => `${c.type}: ${c.text}`).join('\n');
}

/** Reads a line of `containerLines`. */
export function readContainerLine(line: string): ReadContainer {
  const at = line.indexOf(': ');
  return at < 0 ? { type: '', text: line } : { type: line.slice(0, at), text: line.slice(at + 2) };
}
