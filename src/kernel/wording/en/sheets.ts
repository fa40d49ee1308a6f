import type { sheets as source } from '../zh-CN/sheets.ts';

export const sheets: Readonly<Record<keyof typeof source, string>> = {
  'refusal.placed': '{place}: {said}',
  'refusal.between': ', ',
  'refusal.sheet': 'Sheet “{sheet}”',
  'refusal.row': 'row {row}',
  'refusal.column': 'column {column}',
  'error.sheet.empty': 'The file is empty: there is nothing to import.',
  'error.sheet.notASpreadsheet':
    'This is no spreadsheet and no text table. Give the catalogue as .xlsx, .xls or .csv, or as an EAD finding aid.',
  'error.sheet.unsupportedFormat':
    'Spreadsheets of this format can not be read (web pages saved as one, .xlsb, XML spreadsheets of 2003, files older than Excel 5.0). Open it in a spreadsheet program, save it as .xlsx and try again.',
  'error.sheet.encrypted': 'The file is protected by a password. Save it without one and try again.',
  'error.sheet.damaged':
    'The file is damaged or incomplete. Open it in a spreadsheet program, save it anew and try again.',
  'error.sheet.noSheets': 'The workbook holds no sheet with rows.',
  'error.sheet.notFound': 'There is no such file.',
  'error.sheet.unreadable': 'The server can not open this file. Tell your administrator.',
  'error.sheet.unknownEncoding': '“{name}” is no text encoding known here.',
  'error.sheet.unclosedQuote':
    'A quotation mark opened here is never closed, so the rest of the file can not be told apart. Close it and try again.',
  'error.sheet.cellTooLong':
    'A cell may hold {most} characters, and this one holds more. Shorten it; in a text table a quotation mark may be missing.',
  'error.sheet.tooManyColumns': 'There are more than {most} columns.',
  'error.sheet.tooManyRows': 'There are more than {most} rows in one table. Divide the file.',
  'error.sheet.tooManyCells': 'There are more than {most} cells. Divide the file.',
  'error.sheet.tooLarge': 'The file is too large to be read. Divide it; save an .xls file as .xlsx.',
  'error.sheet.tooManyParts': 'The workbook holds more parts than any spreadsheet has, and is not read.',
  'error.sheet.suspiciousCompression':
    'The file unpacks to far more than its size. Such files are made to do harm, and it is not read.',
  'error.sheet.forbiddenXml':
    'The file holds what no spreadsheet program writes (references to other files, entities within entities) and is not read, to be safe.',
  'error.ead.notFound': 'There is no such file.',
  'error.ead.unreadable': 'The server can not open this file. Tell your administrator.',
  'error.import.notFound': 'There is no such import.',
  'error.import.mapping':
    'The file has no such sheet or column. Reload the page and look at the columns again.',
  'error.import.tooManySheets':
    'The file has {sheets} sheets; at most {most} are taken in at once. Divide it.',
  'error.upload.wrongState': 'The upload has not arrived whole yet. Wait until it has, and try again.',
};
