import type { Language, MessageKey } from '#kernel/wording';

/** Levels a scheme is for (DA/T 18: 全宗, 类别, 案卷, 文件). */
export const SCHEME_LEVELS = ['fonds', 'series', 'file', 'item'] as const;
export type SchemeLevel = (typeof SCHEME_LEVELS)[number];

/** The seven areas of description of DA/T 18-2022, which are those of ISAD(G) [S:WEN]. */
export const AREAS = ['identity', 'context', 'content', 'access', 'allied', 'notes', 'control'] as const;
export type Area = (typeof AREAS)[number];

/** Where in a record's life it is judged: filing 归档, transfer 移交与接收, preservation 长期保存. */
export type Stage = 'GD' | 'YJ' | 'BC';

/** 必著, 有则必著, 选著. */
export type Obligation = 'required' | 'conditional' | 'optional';

/** What a value is written as; each is read by the codebase's own reader of it. */
export type FieldType =
  | 'text'
  | 'integer'
  | 'year'
  | 'date'
  | 'category'
  | 'retention'
  | 'referenceCode'
  | 'seconds'
  | 'size'
  | 'decimal'
  | 'yesNo'
  | 'url'
  | 'authority';

/** A value of a vocabulary: its code, as stored, and what people and packages write for it. */
export interface Term {
  readonly code: string;
  /** All its writings beside the code, the usual first. */
  readonly words: readonly string[];
  /** What it is called, where an archive has said so. */
  readonly names?: Names;
}

export interface Vocabulary {
  readonly terms: readonly Term[];
  /** Whether another value is wrong; else it is only unusual. */
  readonly closed: boolean;
  readonly source: string;
}

/** When an element that is only required where it exists (有则必著) does exist. */
export interface Condition {
  readonly field: string;
  /** The other field has one of these values, by code. */
  readonly is: readonly string[];
}

/** One element of a description, or of a computer file. */
export interface MetadataField {
  /** The field's name in the API: of an entry's column or of its `description`, where there is one. */
  readonly key: string;
  /** Its message in the catalogue, where that is not `field.<key>`: what this category calls it. */
  readonly label?: MessageKey;
  /** What an archive calls it, instead of the catalogue's name. */
  readonly names?: Names;
  /** How it is to be filled in, as an archive tells its cataloguers. */
  readonly help?: Names;
  /** The  element's name in the standard and in packages; first that which is written. */
  readonly elements: readonly string[];
  readonly obligation: Obligation;
  /** Stages at which the obligation holds; all where absent. */
  readonly stages?: readonly Stage[];
  readonly when?: Condition;
  readonly type: FieldType;
  /** Most characters. */
  readonly maxLength: number;
  /** The whole value has to fit it. */
  readonly pattern?: string;
  /** Least and largest of a number. */
  readonly range?: readonly [number, number];
  readonly vocabulary?: Vocabulary;
  /** Several terms may stand in it, semicolons between. */
  readonly many?: true;
  /** Whose names it takes. */
  readonly authority?: AuthorityKind;
  /** Running text of several lines. */
  readonly long?: true;
  /** Where it stands in a description. */
  readonly area: Area;
  /** What a new entry has where nothing is said. */
  readonly initial?: string;
  /** Template that gives the value where nothing is said; see `derived`. */
  readonly derive?: string;
  /**
   * What the entry above, or the fonds, says holds below as well. `counts`: it need not be said again (ISAD(G) 2.4, no
   * repetition). `shows`: it is shown, and still asked for.
   */
  readonly inherits?: 'counts' | 'shows';
  /** An archive's own element: it stands in a description under `own:` and its key. */
  readonly own?: true;
  /** Slot of the reference code that says the same. */
  readonly slot?: string;
  /** Other fields any of which fulfils the obligation. */
  readonly or?: readonly string[];
  /** Read out of the file by machine; nobody is asked for it. */
  readonly measured?: true;
  /** The rule it comes from, for people. */
  readonly source: string;
}

/** Whose names an element takes; the registers of them are kept elsewhere. */
export const AUTHORITY_KINDS = ['agent', 'place', 'subject', 'function'] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

/** What is said of records of one category at one level, and of their files. */
export interface MetadataScheme {
  /** `WS.item`. */
  readonly key: string;
  /** Code of the category; null where a category has no scheme of its own. */
  readonly category: string | null;
  readonly level: SchemeLevel;
  readonly source: string;
  readonly fields: readonly MetadataField[];
  /** Elements of each computer file (电子属性). */
  readonly files: readonly MetadataField[];
}

/** Values by field key; by element name where a record keeps an element it has no field for. */
export type MetadataRecord = Readonly<Record<string, string | number | null | undefined>>;

/** Which rule of the four natures a fault is of. */
export type FaultRule =
  | 'missing'
  | 'required'
  | 'length'
  | 'type'
  | 'vocabulary'
  | 'unusual'
  | 'range'
  | 'characters'
  | 'sanity'
  | 'code';

export interface MetadataFault {
  readonly rule: FaultRule;
  /** Key of the field. */
  readonly field: string;
  /** Its message in the catalogue: its params are `detail`, and `field` is put in by the field's name. */
  readonly message: MessageKey;
  readonly detail: Readonly<Record<string, string | number>>;
}

export type Names = Readonly<Record<Language, string>>;
