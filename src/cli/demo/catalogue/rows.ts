import type { CellInput } from '#formats/sheets';
import { HEADINGS, type SampleEntry, type SampleSheet } from './entry.ts';

/** The heading of a sheet, as its archive writes it. */
export function headingOf(sheet: SampleSheet): string[] {
  const which = { chinese: 0, traditional: 1, codes: 2 }[sheet.headings];
  return sheet.columns.map((c) => HEADINGS[c][which]!);
}

/** The rows of a sheet, as typed into a workbook. */
export function rowsOf(sheet: SampleSheet): CellInput[][] {
  return sheet.entries.map((e) => sheet.columns.map((c) => cellOf(sheet, e, c)));
}

function cellOf(sheet: SampleSheet, e: SampleEntry, column: keyof typeof HEADINGS): CellInput {
  switch (column) {
    case 'level':
      return e.level === 'file' ? '案卷' : '文件';
    case 'date':
      return dateAs(sheet.dates, e.date);
    case 'classification':
      return e.flaw === 'secret' ? '机密★长期' : e.internal ? '内部' : '公开';
    case 'pages':
      return e.flaw === 'badPages' ? '若干' : e.pages;
    case 'retention':
      return e.flaw === 'badRetention' ? '待定' : e.retention;
    default:
      return e[column];
  }
}

function dateAs(how: SampleSheet['dates'], date: string): string {
  if (!/^\d{8}$/.test(date)) return date;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  if (month === '00') return how === 'chinese' ? `${year}年` : how === 'plain' ? `${year}0000` : year;
  const known = day === '00' ? [month] : [month, day];
  switch (how) {
    case 'plain':
      return date;
    case 'dashed':
      return [year, ...known].join('-');
    case 'dotted':
      return [year, ...known.map((n) => String(Number(n)))].join('.');
    case 'chinese':
      return `${year}年${Number(month)}月${day === '00' ? '' : `${Number(day)}日`}`;
  }
}
