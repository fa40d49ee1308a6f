import type { SheetBook, SheetHandle } from '#formats/sheets';

/** A sheet of a catalogue file, or what is shown as one. */
export interface CatalogueSheet extends SheetHandle {
  /** Where the heading stands, when the format says so. */
  readonly headerRow?: number;
  /** Rows of data, when the format says so. */
  readonly exactRows?: number;
}

export interface CatalogueFile extends Omit<SheetBook, 'kind' | 'sheets'> {
  readonly kind: SheetBook['kind'] | 'ead';
  readonly sheets: readonly CatalogueSheet[];
}
