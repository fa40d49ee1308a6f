import { sortKey } from '#formats/reference-codes';
import type { SheetRow } from '#formats/sheets';
import { bearsSecretMark } from '#kernel/classification';
import type { OwnScheme } from '../../domain/schemes.ts';
import {
  type AccessStatus,
  type Classification,
  DESCRIPTION_FIELDS,
  type Description,
  type Level,
  TITLE_LIMIT,
} from '../../domain/unit.ts';
import type {
  EntryRow,
  FindingCode,
  FondsRow,
  ImportOptions,
  NotedRow,
  RowFinding,
  Sheet,
} from '../types.ts';
import { buildCode, codeReader } from './codes.ts';
import { columnsOf } from './columns.ts';
import { dateReader, type RowDate } from './dates.ts';
import { digest, digestOfEntry, sorted, storable } from './digest.ts';
import { elementReader } from './elements.ts';
import { fondsRow } from './fonds-row.ts';
import { type Above, Hierarchy } from './hierarchy.ts';
import { placing } from './placing.ts';
import { planSheet, wholeCells } from './plan.ts';
import { Seen } from './seen.ts';
import { isZeroPages, type LevelWord } from './values.ts';
import { createVocabulary } from './vocabulary.ts';

/** Titles longer than the item record's 500 characters (standards 2.4 [D]) are kept whole and noted. */
const TITLE_USUAL = 500;
const CODE_LIMIT = 200;
const FONDS_LIMIT = 50;
const CATEGORY_LIMIT = 50;
const SHEET_STEP = 2 ** 33;

export interface RowResult {
  entry: EntryRow | FondsRow | null;
  noted: NotedRow | null;
}

/** What the rule has to know beside the sheet. */
export interface FileAround {
  /** All sheets of the file. */
  sheets?: readonly Sheet[];
  /** What the archive says over the standards' schemes. */
  own?: readonly OwnScheme[];
  /** Whether an entry above that no row makes is looked for in the holdings afterwards. */
  mayBeHeld?: boolean;
}

/** Reads rows of one sheet, one after another. */
export type RowReader = (row: SheetRow) => RowResult;

/**
 * Makes the rule by which rows of a file become entries. Pure but for its memory: the same rows in the same order give
 * the same answers.
 *
 * - A row without a title, with a code another row has, or with a secret mark (standards 7.5 [S:SEC]) is refused.
 * - A value that has no place in the vocabulary of its field is kept under its heading, and the row is noted.
 * - Nothing is cut.
 */
export function createRowRule(
  options: ImportOptions,
  { sheets = [], own = [], mayBeHeld = false }: FileAround = {},
): (sheet: Sheet) => RowReader {
  const hierarchy = new Hierarchy();
  const names = sheets.some((s) => s.use && s.columns.some((c) => c.field === 'parentSourceId'));
  const codesSeen = new Seen();
  const rowsSeen = new Seen();
  const readCode = codeReader();
  const dates = dateReader();
  const words = createVocabulary();
  const elements = elementReader(own);
  return (sheet) => {
    const plan = planSheet(sheet);
    const col = columnsOf(plan);
    const places = placing(col, hierarchy, names || col.parent >= 0);

    return (row) => {
      const findings: RowFinding[] = [];
      const extra: Record<string, string> = {};
      const cells = wholeCells(plan, row.cells);
      const cell = (column: number): string => (column < 0 ? '' : (cells[column]?.trim() ?? ''));
      const say =
        (severity: RowFinding['severity']) =>
        (code: FindingCode, column: number, value = cell(column), params?: RowFinding['params']) => {
          const where = column < 0 ? null : column;
          findings.push({
            code,
            severity,
            column: where,
            value: storable(value.slice(0, 200)),
            ...(params ? { params } : {}),
          });
        };
      const note = say('warning');
      const fail = say('error');
      /** Keeps a value its field can not take. */
      const keep = (column: number) => {
        const v = cell(column);
        if (v !== '') extra[plan.name(column)] = v;
      };

      const given = cell(col.classification);
      const secrecy = given === '' ? 'public' : words.classification(given);
      const marked = bearsSecretMark(cell(col.title));
      if (secrecy === 'secret' || marked) {
        keepAbove(null, true);
        const finding: RowFinding = {
          code: 'classification.secret',
          severity: 'error',
          column: secrecy === 'secret' ? col.classification : col.title,
          value: '',
        };
        return {
          entry: null,
          noted: { sheet: sheet.index, row: row.number, rejected: true, findings: [finding], cells: null },
        };
      }
      let classification: Classification = secrecy ?? 'internal';
      if (secrecy === undefined) {
        classification = 'internal';
        note('classification.unknown', col.classification);
        keep(col.classification);
      }
      checkText();

      const { above: place, named } = places.find(cell, fail);
      if (named !== '' && !mayBeHeld) fail('parent.notFound', col.parent);
      let code = cell(col.code);
      const level = levelOf();
      const facts = code === '' ? null : readCode(code);
      const fonds =
        cell(col.fonds) ||
        (facts?.fonds && (facts.category || /^[A-Z]\d{2,5}$/.test(facts.fonds)) ? facts.fonds : '') ||
        place?.fonds ||
        options.defaultFonds ||
        'IMPORT';
      if (fonds.length > FONDS_LIMIT) fail('fonds.tooLong', col.fonds);
      if (level === 'fonds')
        return finish(
          fondsRow(plan, { ...row, cells: [...cells] }, sheet, {
            number: cell(col.fonds) || code || fonds,
            digestOf: digest,
          }),
        );

      const title = titleOf();
      const category = categoryOf() ?? facts?.category ?? options.defaultCategory ?? null;
      const retention = retentionOf() ?? facts?.retention ?? options.defaultRetention ?? null;
      const date = dateOf();
      const year =
        yearOf() ??
        facts?.year ??
        (date.from ? Number(date.from.slice(0, 4)) : null) ??
        options.defaultYear ??
        null;
      code = wholeCode();
      const parent = place && place.kind === 'unit' ? place.key : null;
      const ownParts = description(category, level);
      const described = JSON.stringify(ownParts);
      const entry: EntryRow = {
        kind: 'unit', sheet: sheet.index, row: row.number, code: code === '' ? null : code, digest: '', fonds,
        fondsName: cell(col.fondsName) || null, level, sortKey: code === '' ? '' : sortKey(code), title,
        creator: short(col.creator, 1_000), docNo: short(col.docNo, 200), date: date.text, dateFrom: date.from, dateTo: date.to,
        category, year, retention, classification, accessStatus: accessOf(), pages: pagesOf(), description: described, gapsOwn: 0, gapsTop: 0, parent,
        parentCode: parent ? null : volumeCode(), parentNamed: named === '' ? null : named, formerCodes: cell(col.former) || null,
        identifiers: ownParts.identifiers ?? null,
      }; // biome-ignore format: a table of fields
      const hasExtra = Object.keys(extra).length > 0;
      if (hasExtra) entry.description = JSON.stringify({ ...ownParts, extra: sorted(extra) });
      entry.digest = digestOfEntry(entry, rowsSeen);
      const lacks = elements.complete(
        entry,
        hasExtra ? { ...ownParts, extra: sorted(extra) } : ownParts,
        facts?.slots,
      );
      if (lacks.length > 0) fail('element.missing', -1, lacks.join('、'));
      const twin = places.sameSource(cell);
      if (twin)
        fail('source.duplicateInFile', col.source, undefined, { row: twin.row, sheet: twin.sheet + 1 });
      if (entry.code !== null && !failed()) {
        const before = codesSeen.add(entry.code, sheet.index * SHEET_STEP + row.number);
        if (before !== undefined) {
          const where = { row: before % SHEET_STEP, sheet: Math.floor(before / SHEET_STEP) + 1 };
          fail('code.duplicateInFile', col.code, entry.code, where);
        }
      }
      return finish(entry);

      function finish(entry: EntryRow | FondsRow): RowResult {
        const rejected = failed();
        keepAbove(entry, rejected);
        const noted: NotedRow | null =
          findings.length === 0
            ? null
            : {
                sheet: sheet.index,
                row: row.number,
                rejected,
                findings,
                cells: rejected ? row.cells.map(storable) : null,
              };
        return { entry: rejected ? null : entry, noted };
      }

      function failed(): boolean {
        return findings.some((f) => f.severity === 'error');
      }

      function keepAbove(entry: EntryRow | FondsRow | null, rejected: boolean): void {
        const key = entry
          ? { sheet: entry.sheet, row: entry.row, code: entry.code, digest: entry.digest }
          : { sheet: sheet.index, row: row.number, code: null, digest: '' };
        const above: Above = { key, fonds: entry?.fonds ?? '', kind: entry?.kind ?? 'unit', rejected };
        const title = entry === null ? '' : entry.kind === 'unit' ? entry.title : entry.name;
        places.remember(above, cell, { code: cell(col.code) || (entry?.code ?? ''), title });
      }

      function checkText(): void {
        for (const p of row.problems ?? []) {
          if (p.code === 'undecodable') fail('cell.undecodable', p.column);
          else note('cell.uncalculated', p.column);
        }
        const all = row.cells.join('');
        if (all.includes('\0') || !all.isWellFormed()) {
          const column = row.cells.findIndex((c) => c.includes('\0') || !c.isWellFormed());
          fail('cell.control', column, storable(cell(column)));
        }
      }

      function levelOf(): LevelWord {
        const text = cell(col.level);
        if (text !== '') {
          const word = words.level(text);
          if (word) return word;
          note('level.unknown', col.level);
          keep(col.level);
        }
        if (cell(col.itemNo) !== '') return 'item';
        if (col.title < 0 && code === '' && cell(col.fondsName) !== '' && cell(col.fonds) !== '')
          return 'fonds';
        return sheet.level;
      }

      function titleOf(): string {
        const text = cell(col.title).replace(/\s*[\r\n]+\s*/g, ' ');
        if (text === '') fail(col.title < 0 ? 'title.noColumn' : 'title.missing', col.title);
        else if (text.length > TITLE_LIMIT)
          fail('title.tooLong', col.title, text, { length: text.length, limit: TITLE_LIMIT });
        else if (text.length > TITLE_USUAL)
          note('title.long', col.title, text, { length: text.length, limit: TITLE_USUAL });
        return text;
      }

      function categoryOf(): string | null {
        const text = cell(col.category);
        if (text === '') return null;
        const known = words.category(text);
        if (known) return known.code;
        if (text.length <= CATEGORY_LIMIT) return text;
        note('category.unknown', col.category);
        keep(col.category);
        return null;
      }

      function retentionOf(): string | null {
        const text = cell(col.retention);
        if (text === '') return null;
        const known = words.retention(text);
        if (known) return known.code;
        note('retention.unknown', col.retention);
        keep(col.retention);
        return null;
      }

      function dateOf(): RowDate {
        const value = (column: number) => (column < 0 ? '' : (row.dates?.get(column) ?? cell(column)));
        const [text, from, to] = [value(col.date), value(col.from), value(col.to)];
        const range = dates.range(from, to);
        let read = text === '' ? range : dates.one(text);
        if (text !== '' && (from !== '' || to !== '')) {
          const clear = /^\d{8}(?:-\d{8})?$/.test(read.text ?? '');
          // `ca. 1900` with first and last year beside it: the days are those of the columns, the text stays.
          if (
            !clear &&
            range.from !== null &&
            (read.from === null || (from !== '' && to !== '' && !range.problem))
          )
            read = { ...range, text };
          if (range.from !== read.from || range.to !== read.to) {
            keep(col.from);
            keep(col.to);
          }
        }
        if (read.problem)
          note(read.problem, text !== '' ? col.date : col.from >= 0 ? col.from : col.to, read.text ?? '');
        return read;
      }

      function yearOf(): number | null {
        const text = cell(col.year);
        if (text === '') return null;
        const year = words.year(text);
        if (year !== undefined) return year;
        const dated = dates.one(text);
        keep(col.year);
        if (dated.from) return Number(dated.from.slice(0, 4));
        note('year.invalid', col.year);
        return null;
      }

      function accessOf(): AccessStatus {
        const text = cell(col.access);
        if (text === '') return 'unreviewed';
        const status = words.access(text);
        if (!status) note('access.unknown', col.access);
        if (!status || options.accessStatus === 'unreviewed') {
          keep(col.access);
          return 'unreviewed';
        }
        return status;
      }

      function pagesOf(): number | null {
        const text = cell(col.pages);
        if (text === '' || isZeroPages(text)) return null;
        const pages = words.pages(text);
        if (pages !== undefined) return pages;
        note('pages.invalid', col.pages);
        keep(col.pages);
        return null;
      }

      function short(column: number, limit: number): string | null {
        const text = cell(column);
        if (text === '') return null;
        if (text.length <= limit) return text;
        note('value.tooLong', column, text, { length: text.length, limit });
        keep(column);
        return null;
      }

      function wholeCode(): string {
        let whole = code;
        if (whole === '' && place?.key.code && cell(col.itemNo) !== '' && cell(col.volumeNo) === '')
          // 件号 within the volume named beside it: 案卷档号-件号 (DA/T 13-1994).
          whole = `${place.key.code}-${cell(col.itemNo)}`;
        if (whole === '') {
          whole =
            buildCode({
              fonds, category: category ?? '', year: year === null ? '' : String(year), retention: retention ?? '',
              dept: cell(col.dept), catalogueNo: cell(col.catalogueNo), volumeNo: cell(col.volumeNo), itemNo: cell(col.itemNo),
            }) ?? ''; // biome-ignore format: a table of parts
        } else if (options.codes === 'withinFonds' && !whole.startsWith(fonds)) {
          keep(col.code);
          whole = `${fonds}-${whole}`;
        }
        if (whole.length > CODE_LIMIT)
          fail('code.tooLong', col.code, whole, { length: whole.length, limit: CODE_LIMIT });
        return whole;
      }

      /** The code of the volume an item's own code lies in. */
      function volumeCode(): string | null {
        const inVolume = facts
          ? facts.parent !== null
          : code !== '' && cell(col.volumeNo) !== '' && cell(col.itemNo) !== '';
        return inVolume ? code.slice(0, code.lastIndexOf('-')) : null;
      }

      /** The number in the source system stays with the entry: it is known by it when it comes again. */
      function nameInSource(own: Description): void {
        const source = cell(col.source);
        if (source === '') return;
        const others = (own.identifiers ?? '').split('\n').filter((x) => x !== '' && x !== source);
        const all = [source, ...others].join('\n');
        if (all.length <= DESCRIPTION_FIELDS.identifiers) own.identifiers = all;
        else extra[plan.name(col.source)] = source;
      }

      function description(category: string | null, level: Level): Description {
        const own: Description = {};
        for (const d of plan.described) {
          const given = cell(d.column);
          if (given === '') continue;
          const v = plan.barred.has(d.field) ? given.split('|').join('; ') : given;
          if (d.isOwn || d.element) {
            const { kept, wrong } = elements.read(d, v, category, level);
            if (kept !== undefined) own[d.field] = kept;
            else {
              if (wrong && d.isOwn)
                fail('element.value', d.column, v, { ...wrong, field: plan.name(d.column) });
              else if (wrong) note('element.kept', d.column, v, { ...wrong, field: plan.name(d.column) });
              else note('element.unused', d.column, v);
              extra[plan.name(d.column)] = v;
            }
          } else if (v.length > d.limit) {
            note('value.tooLong', d.column, v, { length: v.length, limit: d.limit });
            extra[plan.name(d.column)] = v;
          } else own[d.field] = v;
        }
        for (const k of plan.kept) {
          const v = cell(k.column);
          if (v !== '') extra[k.name] = v;
        }
        nameInSource(own);
        return own;
      }
    };
  };
}
