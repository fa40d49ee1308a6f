import type { PrintSettings } from './settings.ts';

/** As offices print it: A4, room at the left for binding. Forms differ from it where they have to. */
export const PLAIN_SETTINGS: PrintSettings = {
  paper: 'A4',
  landscape: false,
  margins: { top: 20, right: 15, bottom: 18, left: 25 },
  fontSize: 11,
  titleSize: 20,
  title: '',
  header: { left: '', center: '', right: '' },
  footer: { left: '', center: '', right: '' },
  columns: [],
  rowHeight: 9,
  fillRows: false,
  cover: false,
  perClass: false,
  thickness: 30,
  trueSize: false,
  labels: { columns: 2, rows: 7, width: 99.1, height: 38.1, gapX: 2.5, gapY: 0 },
  labelCode: 'both',
  bilingual: false,
};
