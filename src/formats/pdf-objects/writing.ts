/** The extremes met while reading: what the limits of PDF/A (ISO 19005) speak of. Each with the object it was met in. */
export interface Extreme {
  value: number;
  /** Number of the indirect object; 0 for the trailer, undefined within a content stream. */
  object: number | undefined;
}

export type WritingKind =
  | 'integer'
  | 'real'
  | 'smallReal'
  | 'string'
  | 'name'
  | 'array'
  | 'dictionary'
  | 'oddHex'
  | 'badHex';

/** Keeps, for each kind, the largest (of `smallReal` the smallest) measure met. */
export class Writing {
  /** The object being read. */
  object: number | undefined = 0;
  readonly #met = new Map<WritingKind, Extreme>();

  note(kind: WritingKind, value: number): void {
    const before = this.#met.get(kind);
    if (before && (kind === 'smallReal' ? value >= before.value : value <= before.value)) return;
    this.#met.set(kind, { value, object: this.object });
  }

  of(kind: WritingKind): Extreme | undefined {
    return this.#met.get(kind);
  }
}
