import type { XmlHandler, XmlTokenizer } from '#formats/xml';
import { type CellPlace, readReference } from '../columns.ts';
import type { SheetLimits } from '../limits.ts';
import { generalText } from '../numbers/general.ts';
import { serialFromIso } from '../numbers/serial-dates.ts';
import { damaged } from '../refusals.ts';
import type { SheetRow } from '../types.ts';
import { RowBuilder } from './row-builder.ts';
import type { SharedTexts } from './shared-texts.ts';
import type { CellStyles } from './styles.ts';
import { decodeEscapes, partTokenizer } from './xml.ts';

const OUTSIDE = 0;
const DATA = 1;
const ROW = 2;
const CELL = 3;
const VALUE = 4;
const INLINE = 5;
const INLINE_TEXT = 6;

/** Turns the tags of a worksheet part into rows. */
class SheetHandler implements XmlHandler {
  readonly builder: RowBuilder;
  readonly #styles: CellStyles;
  readonly #limits: SheetLimits;
  readonly #place: CellPlace = { column: 0, row: 0 };
  #state = OUTSIDE;
  /** Depth within elements that hold nothing for us. */
  #skipping = 0;
  #lastRow = 0;
  #rowOpen = false;
  #rowNumberGiven = false;
  #column = 0;
  #type = 'n';
  #style = 0;
  #formula = false;
  #valued = false;
  #text = '';

  /** Cells that show a shared text: row among those waiting, column, text number, style; four numbers each. */
  #pending = new Int32Array(1 << 15);
  #pendingEnd = 0;
  /** The highest text number asked for so far. */
  highest = -1;

  constructor(sheet: string, styles: CellStyles, limits: SheetLimits) {
    this.builder = new RowBuilder(sheet, limits);
    this.#styles = styles;
    this.#limits = limits;
  }

  open(name: string, xml: XmlTokenizer): void {
    if (this.#skipping > 0) {
      this.#skipping++;
      return;
    }
    switch (this.#state) {
      case OUTSIDE:
        if (name === 'sheetData' && xml.depth === 2) this.#state = DATA;
        else if (xml.depth === 1 && name !== 'worksheet')
          throw damaged('it is no worksheet', { sheet: this.builder.sheet });
        return;
      case DATA:
        if (name === 'row') this.#openRow(xml);
        else this.#skipping = 1;
        return;
      case ROW:
        if (name === 'c') this.#openCell(xml);
        else this.#skipping = 1;
        return;
      case CELL:
        if (name === 'v') {
          this.#state = VALUE;
          this.#valued = true;
          xml.wantsText = true;
        } else if (name === 'is') this.#state = INLINE;
        else {
          if (name === 'f') this.#formula = true;
          this.#skipping = 1;
        }
        return;
      case INLINE:
        if (name === 't') {
          this.#state = INLINE_TEXT;
          this.#valued = true;
          xml.wantsText = true;
        } else if (name !== 'r') this.#skipping = 1;
        return;
      default:
        this.#skipping = 1;
    }
  }

  close(name: string, xml: XmlTokenizer): void {
    if (this.#skipping > 0) {
      this.#skipping--;
      return;
    }
    switch (this.#state) {
      case VALUE:
        xml.wantsText = false;
        this.#state = CELL;
        return;
      case INLINE_TEXT:
        xml.wantsText = false;
        this.#state = INLINE;
        return;
      case INLINE:
        if (name === 'is') this.#state = CELL;
        return;
      case CELL:
        this.#closeCell();
        this.#state = ROW;
        return;
      case ROW:
        if (this.#rowOpen) this.builder.end();
        else this.#lastRow++;
        this.#state = DATA;
        return;
      case DATA:
        this.#state = OUTSIDE;
    }
  }

  text(text: string): void {
    this.#text = this.#text === '' ? text : this.#text + text;
    // Escapes make the stored text up to seven times as long as the shown one.
    if (this.#text.length > this.#limits.cellLength * 8) throw this.builder.tooLong(this.#column);
  }

  #openRow(xml: XmlTokenizer): void {
    this.#state = ROW;
    const number = xml.integer('r', 0);
    this.#rowNumberGiven = number !== 0;
    this.#rowOpen = false;
    if (number === 0) return;
    if (number < 0)
      throw damaged('a row has an impossible number', { sheet: this.builder.sheet, row: this.#lastRow + 1 });
    this.#begin(number);
  }

  #begin(number: number): void {
    this.builder.begin(number);
    this.#lastRow = number;
    this.#rowOpen = true;
  }

  #openCell(xml: XmlTokenizer): void {
    this.#state = CELL;
    const named = xml.find('r');
    if (named) {
      readReference(xml.source, xml.valueFrom, xml.valueTo, this.#place);
      if (this.#place.column < 0) {
        throw damaged('a cell has an impossible reference', {
          sheet: this.builder.sheet,
          row: this.#lastRow,
        });
      }
    }
    if (!this.#rowOpen) {
      const rowNamed = named && !this.#rowNumberGiven && this.#place.row > 0;
      this.#begin(rowNamed ? this.#place.row : this.#lastRow + 1);
    }
    this.#column = named ? this.#place.column : this.builder.nextColumn;
    this.#type = xml.keyword('t') ?? 'n';
    this.#style = xml.integer('s', 0);
    this.#formula = false;
    this.#valued = false;
    this.#text = '';
  }

  #closeCell(): void {
    const { builder } = this;
    const column = this.#column;
    if (!this.#valued) {
      // A formula that was never calculated: the file holds nothing to show.
      if (this.#formula) builder.problem(column, 'uncalculated');
      builder.put(column, '');
      return;
    }
    const text = this.#text;
    switch (this.#type) {
      case 's':
        this.#shared(column, text);
        return;
      case 'inlineStr':
      case 'str':
        builder.put(column, this.#styled(decodeEscapes(text)));
        return;
      case 'b':
        builder.put(column, text === '1' || text === 'true' ? 'TRUE' : text === '' ? '' : 'FALSE');
        return;
      case 'e':
        builder.put(column, text);
        return;
      case 'd':
        this.#isoDate(column, text);
        return;
      default:
        this.#number(column, text);
    }
  }

  #number(column: number, stored: string): void {
    const format = this.#styles(this.#style);
    if (format.general) {
      this.builder.put(column, generalText(stored));
      return;
    }
    this.builder.put(column, format.number(stored));
    const iso = format.date?.(stored);
    if (iso !== undefined) this.builder.date(column, iso);
  }

  #isoDate(column: number, text: string): void {
    const serial = serialFromIso(text);
    const format = this.#styles(this.#style);
    if (serial === undefined || format.general) {
      this.builder.put(column, text);
      if (serial !== undefined) this.builder.date(column, text.trim().replace(/Z$/, ''));
      return;
    }
    this.#number(column, String(serial));
  }

  #shared(column: number, stored: string): void {
    const index = Number(stored);
    if (stored.trim() === '' || !Number.isInteger(index) || index < 0 || index > 0x7fffffff) {
      if (stored.trim() === '') this.builder.put(column, '');
      else throw damaged(`a cell refers to text "${stored.slice(0, 20)}"`, this.builder.place(column));
      return;
    }
    if (index > this.highest) this.highest = index;
    this.builder.put(column, '');
    if (this.#pendingEnd + 4 > this.#pending.length) {
      const larger = new Int32Array(this.#pending.length * 2);
      larger.set(this.#pending);
      this.#pending = larger;
    }
    const { waiting } = this.builder;
    this.#pending[this.#pendingEnd++] = waiting;
    this.#pending[this.#pendingEnd++] = column;
    this.#pending[this.#pendingEnd++] = index;
    this.#pending[this.#pendingEnd++] = this.#style;
  }

  #styled(text: string): string {
    const format = this.#styles(this.#style);
    return format.text ? format.text(text) : text;
  }

  /** Fills the shared texts into the complete rows; those of a row still being read wait. */
  resolve(texts: SharedTexts): void {
    const { builder } = this;
    const pending = this.#pending;
    const complete = builder.waiting;
    let i = 0;
    for (; i < this.#pendingEnd && pending[i]! < complete; i += 4) {
      const row = builder.row(pending[i]!);
      const column = pending[i + 1]!;
      const text = texts.get(pending[i + 2]!);
      if (text === undefined) {
        throw damaged(`a cell refers to text number ${pending[i + 2]! + 1}, which the file does not hold`, {
          sheet: builder.sheet,
          row: row.number,
          column,
        });
      }
      const format = this.#styles(pending[i + 3]!);
      row.cells[column] = format.text ? format.text(text) : text;
    }
    pending.copyWithin(0, i, this.#pendingEnd);
    this.#pendingEnd -= i;
    for (let k = 0; k < this.#pendingEnd; k += 4) pending[k] = 0;
  }
}

/** Reads the rows of one worksheet part in batches of at least `batchRows` (fewer only at the end). */
export async function* readSheetRows(
  sheet: string,
  pieces: AsyncIterable<Buffer>,
  styles: CellStyles,
  texts: SharedTexts,
  limits: SheetLimits,
  batchRows: number,
): AsyncGenerator<SheetRow[], void, undefined> {
  const handler = new SheetHandler(sheet, styles, limits);
  const xml = partTokenizer(handler);
  const batch = async (): Promise<SheetRow[]> => {
    if (handler.highest >= 0) {
      await texts.reach(handler.highest);
      handler.resolve(texts);
    }
    return handler.builder.take();
  };
  for await (const piece of pieces) {
    xml.write(piece);
    if (handler.builder.waiting >= batchRows) {
      const rows = await batch();
      if (rows.length > 0) yield rows;
    }
  }
  xml.end();
  const rows = await batch();
  if (rows.length > 0) yield rows;
}
