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
