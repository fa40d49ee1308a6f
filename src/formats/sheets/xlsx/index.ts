import type { SheetLimits } from '../limits.ts';
import { inSheet } from '../refusals.ts';
import type { OpenOptions, SheetBook, SheetHandle } from '../types.ts';
import { openContainer } from '../zip/container.ts';
import { openSharedTexts } from './shared-texts.ts';
import { readSheetRows } from './sheet-rows.ts';
import { readStyles } from './styles.ts';
import { readWorkbook, type WorkbookSheet } from './workbook.ts';
import { partText } from './xml.ts';

/** Opens an .xlsx workbook (ECMA-376, transitional or strict). @throws Refusal `sheet.*` */
export async function openXlsx(path: string, options: OpenOptions, limits: SheetLimits): Promise<SheetBook> {
  const container = await openContainer(path, limits);
  try {
    const parts = await readWorkbook(container, limits);
    const styles = await readStyles(
      container,
      parts.styles,
      parts.date1904,
      options.locale ?? 'zh-CN',
      limits,
    );
    const texts = openSharedTexts(container, parts.sharedTexts, limits, options.temporaryFolder);
    const handle = (sheet: WorkbookSheet, index: number): SheetHandle => {
      let progress = 0;
      return {
        index,
        name: sheet.name,
        hidden: sheet.hidden,
        progress: () => progress,
        rows() {
          progress = 0;
          const bytes = container.part(sheet.part, limits.partBytes, (done, total) => {
            progress = total > 0 ? done / total : 1;
          });
          const rows = readSheetRows(
            sheet.name,
            partText(bytes),
            styles,
            texts,
            limits,
            options.batchRows ?? 500,
          );
          return inSheet(sheet.name, rows);
        },
      };
    };
    return {
      kind: 'xlsx',
      sheets: parts.sheets.map(handle),
      async close() {
        await texts.close();
        container.close();
      },
    };
  } catch (cause) {
    container.close();
    throw cause;
  }
}
