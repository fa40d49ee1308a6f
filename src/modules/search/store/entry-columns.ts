import type { UnitEntry } from '../entry.ts';
import { chanceOf } from '../writing/lexemes.ts';
import type { Cell } from './columns.ts';

/** The columns of an entry in the order they are written: what is known of the unit, then what is made of its words. */
export const ENTRY_COLUMNS = [
  'unit_id',
  'segment',
  'archive_id',
  'year',
  'date_key',
  'chance',
  'level',
  'fonds_no',
  'category',
  'retention',
  'access_status',
  'classification',
  'date_text',
  'reference_code',
  'sort_key',
  'title',
  'opens_on',
  'embargo_until',
  'title_length',
  'folded',
  'terms',
] as const;

const UNKNOWN_DATE = 99999999;

/** What is known of the unit: all columns but the last three. */
export function entryCells(unit: UnitEntry): Cell[] {
  return [
    unit.unitId,
    0,
    unit.archiveId,
    unit.year,
    unit.dateFrom ? Number(unit.dateFrom.replaceAll('-', '')) : UNKNOWN_DATE,
    chanceOf(unit.unitId) | 0,
    unit.level,
    unit.fondsNo,
    unit.category,
    unit.retention,
    unit.accessStatus,
    unit.classification,
    unit.dateText,
    unit.referenceCode,
    unit.sortKey ?? '',
    unit.title.replaceAll('\n', ' '),
    unit.opensOn,
    unit.embargoUntil,
  ];
}

/** The longest title length kept: the order of hits asks for no more. */
export const LONGEST_TITLE = 9999;
