/** A stretch of time: as a reader is told it, and its ends as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export interface EacSpan {
  text: string | null;
  from: string | null;
  to: string | null;
}

/** What stood in a document, in its own words; written again as long as what was read of it still holds. */
export interface EacPiece {
  /** The field it was read into; '' where there is none. */
  as: string;
  xml: string;
}

export interface EacName extends EacSpan {
  form: 'authorised' | 'parallel' | 'rules' | 'other';
  name: string;
  lang: string | null;
  note: string | null;
  kept: {
    /** The element; of names that stood in one, on the first of them. */
    eac?: string;
    /** Names that stood in one `nameEntryParallel`, and the place in it. */
    group?: number;
    at?: number;
    /** The form it was read as. */
    form?: EacName['form'];
  };
}

export interface EacIdentifier {
  type: string;
  value: string;
}

/** How a record stands to another thing, told from its side. */
export interface EacRelation extends EacSpan {
  type:
    | 'superior'
    | 'subordinate'
    | 'hierarchical'
    | 'earlier'
    | 'later'
    | 'temporal'
    | 'family'
    | 'associative'
    | 'identity'
    | 'performs'
    | 'located';
  name: string;
  /** The other's record number, where the document names one. */
  recordId: string | null;
  note: string | null;
  kept: { eac?: string };
}

/** Fields of text, by the names ISAAR(CPF) has for them. */
export const EAC_TEXTS = [
  'history',
  'places',
  'legalStatus',
  'functions',
  'mandates',
  'structure',
  'context',
  'rules',
  'languages',
  'sources',
] as const;
export type EacText = (typeof EAC_TEXTS)[number];
export type EacTexts = Partial<Record<EacText, string>>;

/** What has no field of its own, under the part of the document it goes back to. */
export interface EacKept {
  /** Attributes of the root, namespaces among them. */
  root?: Record<string, string>;
  control?: EacPiece[];
  identity?: EacPiece[];
  description?: EacPiece[];
  relations?: EacPiece[];
  /** Further identities and sets of other systems' records, whole. */
  more?: string[];
}

export interface EacRecord {
  recordId: string | null;
  kind: 'body' | 'person' | 'family';
  final: boolean;
  names: EacName[];
  identifiers: EacIdentifier[];
  exist: EacSpan;
  texts: EacTexts;
  relations: EacRelation[];
  kept: EacKept;
}
