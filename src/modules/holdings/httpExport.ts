import Type from 'typebox';
import { streamSheet } from '#formats/sheets';
import { Refusal } from '#kernel/errors';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id } from '#kernel/http/route';
import { isId } from '#kernel/ids';
import { isMessageKey, type Language, t } from '#kernel/wording';
import { filterOf } from './httpFilter.ts';
import type { Holdings } from './module.ts';
import type { ExportedUnits } from './queries/units.ts';
import { UnitFilterSchema } from './schemas.ts';
import type { UnitFilter, UnitSort } from './store/unitList.ts';
import type { UnitRow } from './store/units.ts';

const COLUMNS = [
  { field: 'referenceCode', width: 28 },
  { field: 'title', width: 60 },
  { field: 'creator', width: 24 },
  { field: 'docNo', width: 20 },
  { field: 'date', width: 14 },
  { field: 'category', width: 10 },
  { field: 'year', width: 8 },
  { field: 'retention', width: 12 },
  { field: 'classification', width: 10 },
  { field: 'accessStatus', width: 12 },
  { field: 'opensOn', width: 12 },
  { field: 'embargoUntil', width: 12 },
  { field: 'pages', width: 8 },
  { field: 'pageCount', width: 8 },
] as const satisfies readonly { field: keyof UnitRow; width: number }[];

/** Fields whose codes have words. */
const WORDED: Partial<Record<(typeof COLUMNS)[number]['field'], string>> = {
  category: 'category',
  retention: 'retention',
  accessStatus: 'access',
  classification: 'classification',
};

/** Any table of entries out as a workbook, for who takes out what it tells: streamed, so that its size costs no memory; no cell begins a formula. */
export function registerUnitExport(app: App, holdings: Holdings): void {
  app.get(
    '/api/v1/archives/:archiveId/units.xlsx',
    {
      config: { policy: 'content.export', reads: 'catalogueExport' },
      schema: {
        tags: ['holdings'],
        params: Type.Object({ archiveId: Id }),
        querystring: Type.Interface([UnitFilterSchema], {
          sort: Type.Optional(Type.Enum(['position', 'code', '-code'])),
          ids: Type.Optional(Type.String({ maxLength: 40 * 1_000 })),
          ...LangQuery,
        }),
      },
    },
    async (req, reply) => {
      const { sort, ids, lang, ...query } = req.query;
      const filter: UnitFilter = {
        ...filterOf(req.params.archiveId, query),
        ...(ids ? { ids: idsOf(ids) } : {}),
      };
      const language = languageOf(req);
      const out = await streamSheet({
        sheet: t(language, 'word.catalogue'),
        columns: COLUMNS.map(({ field, width }) => ({ heading: t(language, `field.${field}`), width })),
        batches: cells(holdings.exportUnits(req.actor, filter, (sort ?? 'code') as UnitSort), language),
        failed: (err) => req.log.error({ err }, 'a table could not be written out'),
      });
      return sendFile(
        reply,
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'catalogue.xlsx' },
        out,
      );
    },
  );
}

function idsOf(text: string): string[] {
  const ids = text.split(',');
  if (ids.every(isId)) return ids;
  throw new Refusal('request.invalid', 'The list of entries is not one of ids.');
}

async function* cells(units: AsyncIterable<ExportedUnits>, language: Language) {
  let missing = 0;
  for await (const { rows, leftOut } of units) {
    missing += leftOut;
    yield rows.map((u) => COLUMNS.map(({ field }) => shown(language, field, u[field])));
  }
  // A table that is not whole says so itself.
  if (missing > 0) yield [[t(language, 'export.leftOut', { n: missing })]];
}

function shown(language: Language, field: (typeof COLUMNS)[number]['field'], value: string | number | null) {
  const key = `${WORDED[field]}.${value}`;
  return WORDED[field] && isMessageKey(key) ? t(language, key) : value;
}
