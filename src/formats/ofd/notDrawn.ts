/** Kinds of things a page may hold that its picture does not show. */
export type NotDrawnKind =
  | 'image.missing'
  | 'image.unreadable'
  | 'object.missing'
  | 'object.deep'
  | 'clip.text'
  | 'fill.pattern'
  | 'fill.gouraud'
  | 'text.turned'
  | 'letter.noGlyph'
  | 'letter.noFont'
  | 'font.unreadable'
  | 'seal.unreadable';

/** What a page holds and its picture does not show. */
export interface NotDrawn {
  kind: NotDrawnKind;
  count: number;
}

/** Counts, while a page is drawn, what of it is not. */
export class NotDrawnTally {
  readonly #counts = new Map<NotDrawnKind, number>();

  add(kind: NotDrawnKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** In order of the kinds' names; empty when all was drawn. */
  list(): NotDrawn[] {
    return [...this.#counts]
      .map(([kind, count]) => ({ kind, count }))
      .sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }
}
