/** Archival dates: read, put in canonical form, shown. Rules: DA/T 18-2022 [S:WEN]; what people type beside it. */
export { type DateLocale, displayArchivalDate } from './dates/display.ts';
export { type ArchivalDate, type DateReading, dateOf, parseArchivalDate } from './dates/parse.ts';
export { type DatePoint, type DatePrecision, daysInMonth, firstDay, lastDay } from './dates/point.ts';
