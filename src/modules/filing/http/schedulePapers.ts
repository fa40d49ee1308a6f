import Type from 'typebox';
import { type App, IdParams } from '#kernel/http/route';
import { chooseLanguage, LANGUAGES, type Language } from '#kernel/wording';
import type { Filing } from '../module.ts';

const languageOf = (wanted: Language | undefined, header: string | undefined): Language =>
  wanted ?? chooseLanguage(header);

/** A schedule as paper to be bound, and as a workbook to be worked on. */
export function registerSchedulePapers(app: App, filing: Filing): void {
  const config = { policy: 'filing.read' as const };
  const schema = {
    tags: ['filing'],
    params: IdParams,
    querystring: Type.Object({ lang: Type.Optional(Type.Enum([...LANGUAGES])) }),
  };
  app.get('/api/v1/filing/schedules/:id/schedule.pdf', { config, schema }, async (req, reply) => {
    const language = languageOf(req.query.lang, req.headers['accept-language']);
    const pdf = await filing.printSchedule(req.actor, req.params.id, language);
    return reply
      .type('application/pdf')
      .header('content-disposition', 'inline; filename="schedule.pdf"')
      .header('cache-control', 'private, no-store')
      .send(pdf);
  });
  app.get('/api/v1/filing/schedules/:id/schedule.xlsx', { config, schema }, async (req, reply) => {
    const sheet = await filing.scheduleSheet(req.actor, req.params.id, {
      language: languageOf(req.query.lang, req.headers['accept-language']),
      failed: (err) => req.log.error({ err }, 'the schedule could not be written out'),
    });
    return reply
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', 'attachment; filename="schedule.xlsx"')
      .header('cache-control', 'private, no-store')
      .send(sheet);
  });
}
