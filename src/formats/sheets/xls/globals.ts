import type { FormatLocale } from '../numbers/builtin-formats.ts';
import { damaged, refuse } from '../refusals.ts';
import { type CellStyles, compiledStyles } from '../xlsx/styles.ts';
import { biffRecords, RECORD, RecordReader } from './records.ts';

const BIFF5 = 0x0500;
const BIFF8 = 0x0600;

/** Windows code pages of BIFF5 texts. */
const CODE_PAGES: Readonly<Record<number, string>> = {
  874: 'windows-874',
  932: 'shift_jis',
  936: 'gb18030',
  949: 'euc-kr',
  950: 'big5',
  1200: 'utf-16le',
  1250: 'windows-1250',
  1251: 'windows-1251',
  1252: 'windows-1252',
  10000: 'macintosh',
};

export interface OldSheet {
  name: string;
  hidden: boolean;
  /** Where its records begin in the stream. */
  position: number;
}

export interface OldWorkbook {
  sheets: OldSheet[];
  texts: string[];
  styles: CellStyles;
  /** A text with a length before it: BIFF8 has Unicode, BIFF5 the bytes of a code page. */
  text(reader: RecordReader, lengthBytes: 1 | 2): string;
}

/** Reads the workbook's own records: sheets, shared texts, number formats. */
export function readGlobals(stream: Buffer, locale: FormatLocale): OldWorkbook {
  const sheets: OldSheet[] = [];
  const texts: string[] = [];
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let date1904 = false;
  let version = 0;
  let decoder = new TextDecoder('windows-1252');
  const text = (reader: RecordReader, lengthBytes: 1 | 2): string => {
    const length = lengthBytes === 1 ? reader.u8() : reader.u16();
    return version === BIFF8 ? reader.unicode(length) : decoder.decode(reader.bytes(length));
  };
  for (const record of biffRecords(stream, 0)) {
    const reader = new RecordReader(record);
    if (version === 0) {
      if (record.id !== RECORD.begin) throw damaged('its workbook has no beginning');
      version = reader.u16();
      if (version !== BIFF5 && version !== BIFF8) {
        throw refuse(
          'unsupportedFormat',
          'the file comes from an Excel older than 5.0: save it as .xlsx and try again.',
        );
      }
    } else if (record.id === RECORD.end) break;
    else if (record.id === RECORD.filePass) {
      throw refuse('encrypted', 'the file is protected by a password: save it without one.');
    } else if (record.id === RECORD.codePage) {
      decoder = new TextDecoder(CODE_PAGES[reader.u16()] ?? 'windows-1252');
    } else if (record.id === RECORD.dateMode) date1904 = reader.u16() === 1;
    else if (record.id === RECORD.format) codes.set(reader.u16(), text(reader, version === BIFF8 ? 2 : 1));
    else if (record.id === RECORD.extendedFormat) {
      reader.skip(2);
      formats.push(reader.u16());
    } else if (record.id === RECORD.boundSheet) {
      const position = reader.u32();
      const hidden = (reader.u8() & 3) !== 0;
      const isWorksheet = reader.u8() === 0;
      if (isWorksheet) sheets.push({ position, hidden, name: text(reader, 1) });
    } else if (record.id === RECORD.sharedTexts) readTexts(reader, texts);
  }
  if (sheets.length === 0) throw refuse('noSheets', 'the workbook holds no sheet with rows.');
  return { sheets, texts, styles: compiledStyles(formats, codes, date1904, locale), text };
}

function readTexts(reader: RecordReader, texts: string[]): void {
  reader.skip(4);
  const count = reader.u32();
  for (let i = 0; i < count; i++) {
    // Some writers announce more texts than there are; cells that refer to a missing one are refused later.
    if (reader.atEnd) return;
    texts.push(reader.unicode(reader.u16()));
  }
}
