import Type from 'typebox';
import { LangQuery, languageOf } from '#kernel/http/language';
import { type App, Id, IdParams } from '#kernel/http/route';
import { sentence } from '#modules/checks';
import type { Filing } from '../module.ts';

const tags = ['filing'];

/** Records judged by the four natures before they are filed, and what was found at each. */
export function registerFilingChecks(app: App, filing: Filing): void {
  app.post(
    '/api/v1/filing/records/checks',
    {
      config: { policy: 'filing.write' as const },
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          ids: Type.Array(Id, { minItems: 1, maxItems: 1_000 }),
          /** What the report is called. */
          title: Type.String({ minLength: 1, maxLength: 200 }),
        }),
        response: { 202: Type.Object({ id: Type.String() }) },
      },
    },
    async (req, reply) => {
      const { archiveId, agencyId, ids, title } = req.body;
      const id = await filing.check(req.actor, { archiveId, agencyId }, { ids, title });
      return reply.status(202).send({ id });
    },
  );
  app.get(
    '/api/v1/filing/records/:id/findings',
    {
      config: { policy: 'filing.read' as const },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(LangQuery),
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({
                check: Type.String(),
                at: Type.String(),
                slug: Type.String(),
                note: Type.Boolean(),
                path: Type.String(),
                words: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const language = languageOf(req);
      const found = await filing.findingsOfRecord(req.actor, req.params.id);
      return {
        items: found.map((f) => {
          const { runId, at, slug, note, path } = f;
          return { check: runId, at: at.toISOString(), slug, note, path, words: sentence(f, language) };
        }),
      };
    },
  );
}
