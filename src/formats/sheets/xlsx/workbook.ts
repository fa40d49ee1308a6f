import type { SheetLimits } from '../limits.ts';
import { damaged, refuse } from '../refusals.ts';
import type { Container } from '../zip/container.ts';
import { type Relation, readRelations, readSmallPart } from './relations.ts';

export interface WorkbookSheet {
  name: string;
  hidden: boolean;
  part: string;
}

export interface WorkbookParts {
  date1904: boolean;
  sheets: WorkbookSheet[];
  styles?: string;
  sharedTexts?: string;
}

/** The name of the workbook part, by the container's relations or else by custom. */
async function workbookPart(container: Container, limits: SheetLimits): Promise<string> {
  for (const relation of (await readRelations(container, '', limits)).values()) {
    if (relation.type === 'officeDocument' && container.has(relation.target)) return relation.target;
  }
  if (container.has('xl/workbook.xml')) return 'xl/workbook.xml';
  if (container.has('[Content_Types].xml')) throw damaged('it has no workbook part');
  if (container.has('content.xml') && container.has('mimetype')) throw other('an OpenDocument file');
  if (container.has('Index/Document.iwa')) throw other('an Apple Numbers file');
  throw refuse('notASpreadsheet', 'the file is a zip archive, not a spreadsheet.');
}

function other(what: string) {
  return refuse('unsupportedFormat', `the file is ${what}: save it as .xlsx or .csv and try again.`);
}

interface Listed {
  name: string;
  state: string;
  relation: string | undefined;
}

/** Reads which sheets a workbook has and where its parts are. Chart and macro sheets have no rows and are left out. */
export async function readWorkbook(container: Container, limits: SheetLimits): Promise<WorkbookParts> {
  const part = await workbookPart(container, limits);
  if (/\.bin$/i.test(part)) throw other('a binary workbook (.xlsb)');
  const listed: Listed[] = [];
  let root = '';
  let date1904 = false;
  await readSmallPart(container, part, limits, {
    open(name, xml) {
      if (xml.depth === 1) root = name;
      else if (name === 'workbookPr') date1904 = /^(1|true|on)$/i.test(xml.attribute('date1904') ?? '');
      else if (name === 'sheet' && xml.parent === 'sheets') {
        listed.push({
          name: xml.attribute('name') ?? '',
          state: xml.attribute('state') ?? 'visible',
          relation: xml.prefixedAttribute('id'),
        });
      }
    },
    close() {},
    text() {},
  });
  if (root !== 'workbook') {
    throw root === 'document'
      ? refuse('notASpreadsheet', 'the file is a text document, not a spreadsheet.')
      : refuse('notASpreadsheet', 'the file is an office document, but not a spreadsheet.');
  }
  const relations = await readRelations(container, part, limits);
  const byType = (type: string, usual: string): string | undefined => {
    for (const relation of relations.values()) {
      if (relation.type === type && container.has(relation.target)) return relation.target;
    }
    const beside = part.slice(0, part.lastIndexOf('/') + 1) + usual;
    return container.has(beside) ? beside : undefined;
  };
  const sheets: WorkbookSheet[] = [];
  listed.forEach((sheet, index) => {
    const relation = sheet.relation === undefined ? undefined : relations.get(sheet.relation);
    if (relation && relation.type !== 'worksheet') return;
    sheets.push({
      name: sheet.name,
      hidden: sheet.state !== 'visible',
      part: sheetPart(part, relation, index),
    });
  });
  if (sheets.length === 0) throw refuse('noSheets', 'the workbook holds no sheet with rows.');
  const missing = sheets.find((sheet) => !container.has(sheet.part));
  if (missing) throw damaged('the contents of this sheet are missing', { sheet: missing.name });
  return {
    date1904,
    sheets,
    styles: byType('styles', 'styles.xml'),
    sharedTexts: byType('sharedStrings', 'sharedStrings.xml'),
  };
}

function sheetPart(workbook: string, relation: Relation | undefined, index: number): string {
  if (relation) return relation.target;
  return `${workbook.slice(0, workbook.lastIndexOf('/') + 1)}worksheets/sheet${index + 1}.xml`;
}
