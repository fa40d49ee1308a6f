import Type from 'typebox';
import { sendFile } from '#kernel/http/file';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, IdParams } from '#kernel/http/route';
import type { Filing } from '../module.ts';

/** A schedule as paper to be bound, and as a workbook to be worked on. */
export function registerSchedulePapers(app: App, filing: Filing): void {
  const config = { policy: 'filing.read' as const };
  const schema = {
    tags: ['filing'],
    params: IdParams,
    querystring: Type.Object(LangQuery),
  };
  app.get('/api/v1/filing/schedules/:id/schedule.pdf', { config, schema }, async (req, reply) => {
    const language = languageOf(req);
    const pdf = await filing.printSchedule(req.actor, req.params.id, language);
    return sendFile(reply, { type: 'application/pdf', name: 'schedule.pdf', inline: true }, pdf);
  });
  app.get('/api/v1/filing/schedules/:id/schedule.xlsx', { config, schema }, async (req, reply) => {
    const sheet = await filing.scheduleSheet(req.actor, req.params.id, {
      language: languageOf(req),
      failed: (err) => req.log.error({ err }, 'the schedule could not be written out'),
    });
    return sendFile(
      reply,
      { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', name: 'schedule.xlsx' },
      sheet,
    );
  });
}
