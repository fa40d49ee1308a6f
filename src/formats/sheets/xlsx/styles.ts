import type { SheetLimits } from '../limits.ts';
import { builtinFormat, type FormatLocale } from '../numbers/builtin-formats.ts';
import { type CellFormat, cellFormat, GENERAL } from '../numbers/cell-format.ts';
import type { Container } from '../zip/container.ts';
import { readSmallPart } from './relations.ts';

/** The formats of the workbook's cell styles, by style number. */
export type CellStyles = (style: number) => CellFormat;

/** Reads the number formats of the style part; a workbook without one shows everything as General. */
export async function readStyles(
  container: Container,
  part: string | undefined,
  date1904: boolean,
  locale: FormatLocale,
  limits: SheetLimits,
): Promise<CellStyles> {
  if (part === undefined) return () => GENERAL;
  const codes = new Map<number, string>();
  const formats: number[] = [];
  await readSmallPart(container, part, limits, {
    open(name, xml) {
      if (name === 'numFmt' && xml.parent === 'numFmts') {
        codes.set(Number(xml.attribute('numFmtId')), xml.attribute('formatCode') ?? 'General');
      } else if (name === 'xf' && xml.parent === 'cellXfs') {
        formats.push(Number(xml.attribute('numFmtId') ?? 0));
      }
    },
    close() {},
    text() {},
  });
  return compiledStyles(formats, codes, date1904, locale);
}

/** @param formats the number format id of each style @param codes the file's own format codes by id */
export function compiledStyles(
  formats: readonly number[],
  codes: ReadonlyMap<number, string>,
  date1904: boolean,
  locale: FormatLocale,
): CellStyles {
  const byCode = new Map<string, CellFormat>();
  const compiled: (CellFormat | undefined)[] = [];
  return (style) => {
    const known = compiled[style];
    if (known) return known;
    const id = formats[style];
    if (id === undefined) return GENERAL;
    const code = codes.get(id) ?? builtinFormat(id, locale);
    let made = byCode.get(code);
    if (!made) {
      made = cellFormat(code, date1904);
      byCode.set(code, made);
    }
    compiled[style] = made;
    return made;
  };
}
