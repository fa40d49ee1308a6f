export interface XmlAttribute {
  /** As written, prefix included: `xlink:href`, `xmlns:mods`. */
  readonly name: string;
  /** The namespace; '' for attributes without prefix and for declarations. */
  readonly space: string;
  readonly local: string;
  readonly value: string;
}

/** Text; or words of the document kept as they stand, with the namespaces that were declared around them. */
export type XmlChild =
  | XmlElement
  | { readonly text: string }
  | { readonly raw: string; readonly scope: ReadonlyMap<string, string> };

/** An element with all it holds, as far as it was read whole. Comments and white space between elements are not kept. */
export interface XmlElement {
  /** Without prefix. */
  readonly name: string;
  readonly space: string;
  /** As written. */
  readonly tag: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlChild[];
  /** Where it begins in the document, counted from 1; 0 when it was made here. */
  readonly line: number;
}

/** An attribute by its local name, of no namespace unless one is named. */
export function attributeOf(of: XmlElement, local: string, space = ''): string | undefined {
  return of.attributes.find((a) => a.local === local && a.space === space)?.value;
}

/** The elements right below, of one name when one is named. */
export function childrenOf(of: XmlElement, name?: string): XmlElement[] {
  return of.children.filter((c): c is XmlElement => 'tag' in c && (name === undefined || c.name === name));
}

export function childOf(of: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(of, name)[0];
}

/** The text right below, white space at both ends left out. */
export function textOf(of: XmlElement | undefined): string {
  return (of?.children ?? [])
    .map((c) => ('text' in c ? c.text : ''))
    .join('')
    .trim();
}

/**
 * An element for writing.
 *
 * @param tag with the prefix that the root declares
 * @param attributes names with prefix and values; those without value are left out
 */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
  children: readonly (XmlChild | string | undefined)[] = [],
): XmlElement {
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  return {
    name: local(tag),
    space: '',
    tag,
    attributes: Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, space: '', local: local(name), value: String(value) }],
    ),
    children: children.flatMap((c) => (c === undefined ? [] : [typeof c === 'string' ? { text: c } : c])),
    line: 0,
  };
}
