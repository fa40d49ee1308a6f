import { canonical, fieldsOf, gapsOf, judgeElement, lacking, namesOf } from '#formats/metadata-schemes';
import { fillIn } from '../../domain/fillIn.ts';
import { type OwnScheme, recordOf, schemesOf } from '../../domain/schemes.ts';
import type { Description, Level } from '../../domain/unit.ts';
import { EMPTY_FIELDS, type UnitFields } from '../../domain/unitInput.ts';
import type { EntryRow } from '../types.ts';
import type { DescribedColumn } from './plan.ts';

/** A value as it is kept, or why it is not: a message and what it speaks of; neither where the entry has no such element. */
export interface ReadElement {
  kept?: string;
  wrong?: Record<string, string | number>;
}

/** Reads elements of rows by the archive's schemes: the same rule that forms, the API and bulk edit go by. */
export function elementReader(own: readonly OwnScheme[]) {
  const schemes = schemesOf(own);
  const fills = own.some(
    ({ body }) =>
      body.elements.some((e) => e.derive || e.initial) ||
      Object.values(body.changes).some((c) => c.derive || c.initial),
  );
  return {
    read(d: DescribedColumn, value: string, category: string | null, level: Level): ReadElement {
      const field = fieldsOf(schemes.of(category, level)).get(d.field) ?? d.element;
      if (!field) return {};
      const kept = canonical(field, value);
      const wrong = judgeElement(field, kept).find((f) => f.weight === 'error');
      return wrong ? { wrong: { ...wrong.detail, rule: wrong.message } } : { kept };
    },
    /** Counts anew what an entry lacks. */
    count(entry: EntryRow, description: Description): void {
      const gaps = gapsOf(
        recordOf(fieldsOfRow(entry, description)),
        schemes.of(entry.category, entry.level),
        {},
      );
      entry.gapsOwn = gaps.own;
      entry.gapsTop = gaps.top;
    },
    /**
     * Fills in what is usual or derived, and counts what is lacking. What stands above a row is not known while it is read, so what
     * is derived from it stays open.
     *
     * @returns the names of what keeps the row out
     */
    complete(
      entry: EntryRow,
      description: Description,
      slots: Readonly<Record<string, string>> = {},
    ): string[] {
      const fields = fieldsOfRow(entry, description);
      if (fills) {
        fillIn(EMPTY_FIELDS, {}, fields, schemes);
        entry.creator = fields.creator;
        entry.docNo = fields.docNo;
        entry.retention = fields.retention;
        entry.description = JSON.stringify(fields.description);
      }
      const scheme = schemes.of(entry.category, entry.level);
      const record = recordOf(fields);
      const { own: mine, top } = gapsOf(record, scheme, slots);
      entry.gapsOwn = mine;
      entry.gapsTop = top;
      if (mine + top === 0 || !schemes.refuses(entry.category)) return [];
      const under = entry.parent !== null || entry.parentCode !== null;
      return lacking(record, scheme, slots, under).map((f) => namesOf(f)['zh-CN']);
    },
  };
}

function fieldsOfRow(r: EntryRow, description: Description): UnitFields {
  return {
    level: r.level, referenceCode: r.code, sortKey: r.sortKey, title: r.title, creator: r.creator, docNo: r.docNo, date: r.date,
    dateFrom: r.dateFrom, dateTo: r.dateTo, category: r.category, year: r.year, retention: r.retention,
    classification: r.classification, pages: r.pages, description, gapsOwn: 0, gapsTop: 0,
  }; // biome-ignore format: a table of fields
}
