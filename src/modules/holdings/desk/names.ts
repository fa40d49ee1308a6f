import type { MetadataScheme } from '#formats/metadata-schemes';

export type Class = 'agent' | 'place' | 'subject' | 'function';

/** A name in an element, and how the element reads with another in its place. */
export interface NameIn {
  field: string;
  class: Class;
  text: string;
  with(value: string): string;
}

/** Elements of the standards that take names. */
const NAMED: Readonly<Record<string, Class>> = {
  creator: 'agent',
  persons: 'agent',
  subjects: 'subject',
  place: 'place',
};
const MOST = 12;
const SHORTEST = 2;

/** All names written in an entry, as cataloguers set them apart; in a title the office it begins with, before 关于. */
export function namesIn(values: Readonly<Record<string, string>>, scheme: MetadataScheme): NameIn[] {
  const found: NameIn[] = [];
  const fields = new Map<string, Class>(Object.entries(NAMED));
  for (const f of scheme.fields) if (f.authority) fields.set(f.key, f.authority);
  for (const [field, of] of fields) {
    const value = values[field] ?? '';
    for (const m of value.matchAll(/[^;；、,，\n]+/gu)) {
      const text = m[0].trim();
      if ([...text].length < SHORTEST) continue;
      const at = m.index + m[0].indexOf(text);
      found.push({
        field,
        class: of,
        text,
        with: (other) => `${value.slice(0, at)}${other}${value.slice(at + text.length)}`,
      });
    }
  }
  const title = values.title ?? '';
  const office = /^([\p{Script=Han}（）()]{3,30}?)(?:关于|關於|转发|轉發|印发)/u.exec(title)?.[1];
  if (office && office !== values.creator)
    found.push({
      field: 'title',
      class: 'agent',
      text: office,
      with: (other) => other + title.slice(office.length),
    });
  return found.slice(0, MOST);
}
