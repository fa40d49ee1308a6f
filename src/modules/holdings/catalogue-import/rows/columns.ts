import type { ImportField } from '../headings/fields.ts';
import type { SheetPlan } from './plan.ts';

/** The columns the row rule reads, -1 where a sheet has none. */
export function columnsOf(plan: SheetPlan) {
  const at = (f: ImportField) => plan.column(f);
  return {
    title: at('title'),
    code: at('referenceCode'),
    creator: at('creator'),
    docNo: at('docNo'),
    date: at('date'),
    from: at('dateFrom'),
    to: at('dateTo'),
    category: at('category'),
    year: at('year'),
    retention: at('retention'),
    classification: at('classification'),
    access: at('accessStatus'),
    pages: at('pages'),
    level: at('level'),
    fonds: at('fondsNo'),
    fondsName: at('fondsName'),
    source: at('sourceId'),
    parent: at('parentSourceId'),
    depth: at('depth'),
    catalogueNo: at('catalogueNo'),
    volumeNo: at('volumeNo'),
    itemNo: at('itemNo'),
    dept: at('dept'),
    former: at('formerCodes'),
  };
}
