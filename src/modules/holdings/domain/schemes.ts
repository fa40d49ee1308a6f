import {
  EMPTY_BODY,
  type MetadataRecord,
  type MetadataScheme,
  type SchemeBody,
  type SchemeLevel,
  schemeFor,
  withBody,
} from '#formats/metadata-schemes';
import type { UnitFields } from './unitFields.ts';

/** What an archive says over the standards: of one category, or of all (null). */
export interface OwnScheme {
  category: string | null;
  body: SchemeBody;
}

/** What stands above an entry. */
export interface Above {
  /** Values of the entry above, or of the fonds where there is none. */
  record: MetadataRecord;
  /** An entry, not the fonds. */
  isEntry: boolean;
}

/** By which schemes an archive's entries are described today. */
export interface Schemes {
  /** The scheme of a category at a level, the archive's own words in it. */
  of(category: string | null, level: SchemeLevel): MetadataScheme;
  /** Whether an entry of a category that lacks what is required is refused, not kept as incomplete. */
  refuses(category: string | null): boolean;
  /** Keys in the order an archive has given the form of a category. */
  order(category: string | null): readonly string[];
  readonly above: Above | null;
  /** The same for entries below another, from which values may be derived. */
  below(above: Above): Schemes;
  /** What the archive says, for a thread of its own. */
  readonly own: readonly OwnScheme[];
}

/** @param own what the archive has in force: at most one of each category, and one of all */
export function schemesOf(own: readonly OwnScheme[], above: Above | null = null): Schemes {
  const made = new Map<string, MetadataScheme>();
  const bodyOf = (category: string | null) => own.find((o) => o.category === category)?.body;
  const everywhere = bodyOf(null) ?? EMPTY_BODY;
  const build = (category: string | null, level: SchemeLevel): MetadataScheme => {
    const general = withBody(schemeFor(category, level), everywhere);
    const body = category === null ? undefined : bodyOf(category);
    return body ? withBody(general, body, [...body.vocabularies, ...everywhere.vocabularies]) : general;
  };
  const schemes: Omit<Schemes, 'above' | 'below'> = {
    own,
    of(category, level) {
      const key = `${category ?? ''}.${level}`;
      let found = made.get(key);
      if (!found) {
        found = build(category, level);
        made.set(key, found);
      }
      return found;
    },
    order(category) {
      const ordered = category === null ? [] : (bodyOf(category)?.order ?? []);
      return ordered.length > 0 ? ordered : everywhere.order;
    },
    refuses: (category) => ((category && bodyOf(category)) || everywhere).missing === 'refuse',
  };
  const at = (above: Above | null): Schemes => ({ ...schemes, above, below: at });
  return at(above);
}

/** As the standards have it, for archives that say nothing else. */
export const STANDARD_SCHEMES: Schemes = schemesOf([]);

/** An entry's values by the keys of a scheme. */
export function recordOf(u: Omit<UnitFields, 'gapsOwn' | 'gapsTop'>): MetadataRecord {
  const { extra: _, ...described } = u.description;
  return {
    ...described,
    referenceCode: u.referenceCode,
    title: u.title,
    creator: u.creator,
    docNo: u.docNo,
    date: u.date,
    category: u.category,
    year: u.year,
    retention: u.retention,
    classification: u.classification,
    pages: u.pages,
  };
}
