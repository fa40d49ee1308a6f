import type { OwnType } from '#kernel/ownTypes';
import { elementBy } from './elements.ts';
import type {
  Area,
  AuthorityKind,
  MetadataField,
  MetadataScheme,
  Names,
  Obligation,
  SchemeLevel,
  Term,
} from './types.ts';

/** An obligation; `unused`: the element is not used at that level. */
export type OwnObligation = Obligation | 'unused';
export type Obligations = Readonly<Record<SchemeLevel, OwnObligation>>;

/** A vocabulary an archive keeps; several elements may take their terms from it. */
export interface OwnVocabulary {
  readonly key: string;
  readonly names: Names;
  readonly terms: readonly { readonly code: string; readonly names: Names }[];
}

/** An element an archive adds to its descriptions. It stands in them under `own:` and its key. */
export interface OwnElement {
  readonly key: string;
  readonly names: Names;
  readonly type: OwnType;
  readonly obligations: Obligations;
  readonly area: Area;
  readonly maxLength?: number | undefined;
  /** See `checkPattern`. */
  readonly pattern?: string | undefined;
  /** Of `one` and `many`. */
  readonly vocabulary?: string | undefined;
  /** Of `authority`. */
  readonly authority?: AuthorityKind | undefined;
  readonly initial?: string | undefined;
  readonly derive?: string | undefined;
  readonly inherits?: boolean | undefined;
  readonly help?: Names | undefined;
}

/** What an archive says otherwise of an element of a standard. */
export interface ElementChange {
  readonly names?: Names | undefined;
  readonly obligations?: Partial<Obligations> | undefined;
  readonly initial?: string | undefined;
  readonly derive?: string | undefined;
  readonly help?: Names | undefined;
  /** Whether the entry above says it too. */
  readonly inherits?: boolean | undefined;
  /** Further values of its vocabulary. */
  readonly terms?: readonly string[] | undefined;
  /** Why less is asked than the standard asks. */
  readonly reason?: string | undefined;
}

/** How an archive describes, over what the standards say: of one category, or of all. */
export interface SchemeBody {
  /** What becomes of an entry that lacks what is required. */
  readonly missing: 'refuse' | 'incomplete';
  readonly elements: readonly OwnElement[];
  readonly vocabularies: readonly OwnVocabulary[];
  /** By the key of the standard's element. */
  readonly changes: Readonly<Record<string, ElementChange>>;
  /** Keys in the order of the form, own ones with their `own:`; others stand behind them as the standard has them. */
  readonly order: readonly string[];
}

export const EMPTY_BODY: SchemeBody = {
  missing: 'incomplete',
  elements: [],
  vocabularies: [],
  changes: {},
  order: [],
};

export const OWN = 'own:';
/** The key of an own element in a description. */
export const ownKey = (key: string): string => `${OWN}${key}`;
export const isOwnKey = (key: string): boolean => /^own:[a-z][a-zA-Z0-9]{0,39}$/.test(key);

const LENGTHS: Readonly<Record<OwnType, number>> = {
  text: 500,
  longText: 20_000,
  integer: 16,
  decimal: 30,
  date: 120,
  year: 4,
  yesNo: 3,
  one: 100,
  many: 2_000,
  authority: 500,
  url: 2_000,
};
/** The most characters a value of a type may have where nothing is said. */
export const lengthOf = (type: OwnType): number => LENGTHS[type];

const TYPES: Readonly<Record<OwnType, MetadataField['type']>> = {
  text: 'text',
  longText: 'text',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  year: 'year',
  yesNo: 'yesNo',
  one: 'text',
  many: 'text',
  authority: 'authority',
  url: 'url',
};

function fieldOf(
  e: OwnElement,
  vocabularies: readonly OwnVocabulary[],
  obligation: Obligation,
): MetadataField {
  const terms: Term[] = (vocabularies.find((v) => v.key === e.vocabulary)?.terms ?? []).map((t) => ({
    code: t.code,
    words: [t.names['zh-CN'], t.names['zh-TW'], t.names.en],
    names: t.names,
  }));
  const takesTerms = e.type === 'one' || e.type === 'many';
  const field: MetadataField = {
    key: ownKey(e.key),
    names: e.names,
    elements: [],
    obligation,
    type: TYPES[e.type],
    maxLength: Math.min(e.maxLength ?? LENGTHS[e.type], LENGTHS.longText),
    area: e.area,
    own: true,
    source: '',
  };
  return {
    ...field,
    ...(e.help && { help: e.help }),
    ...(e.pattern && { pattern: e.pattern }),
    ...(takesTerms && { vocabulary: { terms, closed: true, source: '' } }),
    ...(e.type === 'many' && { many: true as const }),
    ...(e.type === 'longText' && { long: true as const }),
    ...(e.authority && e.type === 'authority' && { authority: e.authority }),
    ...(e.initial && { initial: e.initial }),
    ...(e.derive && { derive: e.derive }),
    ...(e.inherits && { inherits: 'counts' as const }),
  };
}

function changed(field: MetadataField, change: ElementChange, level: SchemeLevel): MetadataField | undefined {
  const said = change.obligations?.[level];
  if (said === 'unused') return undefined;
  const { vocabulary } = field;
  const { inherits, ...rest } = field;
  return {
    ...rest,
    ...(change.inherits === undefined
      ? inherits && { inherits }
      : change.inherits && { inherits: inherits ?? 'shows' }),
    obligation: said ?? field.obligation,
    ...(change.names && { names: change.names }),
    ...(change.help && { help: change.help }),
    ...(change.initial && { initial: change.initial }),
    ...(change.derive && { derive: change.derive }),
    ...(vocabulary &&
      change.terms && {
        vocabulary: {
          ...vocabulary,
          terms: [...vocabulary.terms, ...change.terms.map((code) => ({ code, words: [] }))],
        },
      }),
  };
}

/**
 * A scheme as an archive has set it: its own elements, what it says otherwise, its order.
 *
 * @param vocabularies those its elements may name: its own, and those the archive keeps for all categories
 */
export function withBody(
  scheme: MetadataScheme,
  body: SchemeBody,
  vocabularies: readonly OwnVocabulary[] = body.vocabularies,
): MetadataScheme {
  const { level } = scheme;
  const kept = scheme.fields.flatMap((f) => {
    const change = body.changes[f.key];
    return change ? (changed(f, change, level) ?? []) : [f];
  });
  const taken = Object.entries(body.changes).flatMap(([key, change]) => {
    const said = change.obligations?.[level];
    if (said === undefined || said === 'unused' || scheme.fields.some((f) => f.key === key)) return [];
    const field = elementBy(key);
    return field ? (changed(field, change, level) ?? []) : [];
  });
  const own = body.elements.flatMap((e) => {
    const obligation = e.obligations[level];
    return obligation === 'unused' ? [] : [fieldOf(e, vocabularies, obligation)];
  });
  return { ...scheme, fields: [...kept, ...taken, ...own] };
}
