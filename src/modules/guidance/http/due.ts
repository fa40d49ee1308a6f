import Type from 'typebox';
import { type CellInput, streamSheet } from '#formats/sheets';
import type { DueKind } from '#kernel/due';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, PageOf, PageQuery } from '#kernel/http/route';
import { type Language, t } from '#kernel/wording';
import type { Guidance } from '../module.ts';
import type { DueLine, DueWanted } from '../queries/due.ts';
import { AgencyDueSchema, DueSchema, KindSchema, presentDue } from './schemas.ts';

const tags = ['due'];
const config = { policy: 'filing.read' as const };
const Filter = {
  archive: Type.Optional(Id),
  agency: Type.Optional(Id),
  kind: Type.Optional(KindSchema),
  side: Type.Optional(Type.Enum(['agency', 'archive'])),
  late: Type.Optional(Type.Boolean()),
};
const AT_ONCE = 200;

interface FilterQuery {
  archive?: string;
  agency?: string;
  kind?: DueKind;
  side?: 'agency' | 'archive';
  late?: boolean;
}
const filterOf = ({
  archive,
  agency,
  kind,
  side,
  late,
}: FilterQuery): Omit<DueWanted, 'cursor' | 'limit'> => {
  return { archiveId: archive, agencyId: agency, kinds: kind && [kind], side, late };
};

/** What is due, line by line, and agency by agency. */
export function registerDue(app: App, guidance: Guidance): void {
  app.get(
    '/api/v1/due',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ ...Filter, ...PageQuery }),
        response: { 200: PageOf(DueSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await guidance.due(req.actor, { ...filterOf(req.query), cursor, limit });
      return { items: items.map(presentDue), next };
    },
  );
  app.get(
    '/api/v1/due/agencies',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({
          archive: Type.Optional(Id),
          late: Type.Optional(Type.Boolean()),
          ...PageQuery,
        }),
        response: { 200: PageOf(AgencyDueSchema) },
      },
    },
    async (req) => {
      const { archive, late, cursor, limit = 50 } = req.query;
      return guidance.dueByAgency(req.actor, { archiveId: archive, late, cursor, limit });
    },
  );
  app.get(
    '/api/v1/due/due.xlsx',
    {
      config,
      schema: {
        tags,
        querystring: Type.Object({ ...Filter, ...LangQuery }),
      },
    },
    async (req, reply) => {
      const language = languageOf(req);
      const wanted = filterOf(req.query);
      const sheet = await streamSheet({
        sheet: t(language, 'due.title'),
        columns: [
          { heading: t(language, 'due.agency'), width: 28 },
          { heading: t(language, 'due.what'), width: 24 },
          { heading: t(language, 'due.matter'), width: 48 },
          { heading: t(language, 'due.by'), width: 14 },
          { heading: t(language, 'due.late'), width: 10 },
        ],
        batches: (async function* () {
          let cursor: string | undefined;
          do {
            const page = await guidance.due(req.actor, { ...wanted, cursor, limit: AT_ONCE });
            yield page.items.map((d) => cellsOf(d, language));
            cursor = page.next ?? undefined;
          } while (cursor !== undefined);
        })(),
        failed: (err) => req.log.error({ err }, 'what is due could not be written out'),
      });
      return sendFile(
        reply,
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'due.xlsx' },
        sheet,
      );
    },
  );
}

const cellsOf = (d: DueLine, language: Language): CellInput[] => [
  d.agencyName,
  t(language, `due.kind.${d.kind}`),
  [d.year, d.label].filter(Boolean).join(' '),
  d.dueOn ?? '',
  d.isLate ? t(language, 'due.late') : '',
];
