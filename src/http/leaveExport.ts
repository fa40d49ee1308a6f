import Type from 'typebox';
import { streamSheet } from '#formats/sheets';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id } from '#kernel/http/route';
import { type Language, type MessageKey, t } from '#kernel/wording';
import { type GrantRecord, type Holdings, LEAVE_STATES } from '#modules/holdings';

const COLUMNS: readonly { heading: MessageKey; width: number; cell: (g: GrantRecord, l: Language) => string }[] = [
  { heading: 'grants.person', width: 16, cell: (g) => g.personName },
  { heading: 'field.referenceCode', width: 28, cell: (g) => g.code ?? '' },
  { heading: 'field.title', width: 60, cell: (g) => g.title },
  { heading: 'grants.gives', width: 30, cell: (g, l) => g.gives.map((x) => t(l, `visibility.sight.${x}`)).join('; ') },
  { heading: 'grants.reason', width: 40, cell: (g) => g.reason },
  { heading: 'grants.basis', width: 30, cell: (g) => g.basis },
  { heading: 'grants.from', width: 12, cell: (g) => g.from },
  { heading: 'grants.until', width: 12, cell: (g) => g.until },
  { heading: 'grants.state', width: 12, cell: (g, l) => t(l, `grants.state.${g.state}`) },
  { heading: 'grants.proposedBy', width: 16, cell: (g) => g.givenByName },
  { heading: 'grants.decidedBy', width: 16, cell: (g) => g.decidedByName ?? '' },
  { heading: 'grants.revokedBy', width: 16, cell: (g) => g.revokedByName ?? '' },
]; // biome-ignore format: a table

/** The table of leave as a workbook, under the same filters. */
export function registerLeaveExport(app: App, holdings: Pick<Holdings, 'everyLeave'>): void {
  app.get(
    '/api/v1/archives/:archiveId/grants.xlsx',
    {
      config: { policy: 'grants.manage', reads: 'leaveExport' },
      schema: {
        tags: ['leave'],
        params: Type.Object({ archiveId: Id }),
        querystring: Type.Object({
          person: Type.Optional(Type.String({ maxLength: 200 })),
          state: Type.Optional(Type.Enum([...LEAVE_STATES])),
          ...LangQuery,
        }),
      },
    },
    async (req, reply) => {
      const { person, state } = req.query;
      const language = languageOf(req);
      const leave = holdings.everyLeave(req.actor, { archiveId: req.params.archiveId, person, state });
      const out = await streamSheet({
        sheet: t(language, 'grants.listTitle'),
        columns: COLUMNS.map(({ heading, width }) => ({ heading: t(language, heading), width })),
        batches: cells(leave, language),
        failed: (err) => req.log.error({ err }, 'the leave given could not be written out'),
      });
      return sendFile(
        reply,
        { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'leave.xlsx' },
        out,
      );
    },
  );
}

async function* cells(leave: AsyncIterable<readonly GrantRecord[]>, language: Language) {
  for await (const rows of leave) yield rows.map((g) => COLUMNS.map(({ cell }) => cell(g, language)));
}
