import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import { MOST_LINES } from '../domain/scheduleLine.ts';
import { SCHEDULE_STATES } from '../domain/scheduleState.ts';
import type { Filing } from '../module.ts';
import { COMPARISONS } from '../queries/schedules.ts';
import { TEMPLATES } from '../templates/index.ts';
import { registerSchedulePapers } from './schedulePapers.ts';
import {
  AgencySchema,
  DaySchema,
  DifferenceSchema,
  LineInputSchema,
  presentDifference,
  presentLines,
  presentSchedule,
  ScheduleSchema,
  ScheduleWithLines,
  SuggestionSchema,
} from './schemas.ts';

const tags = ['filing'];
const read = { policy: 'filing.read' as const };
const write = { policy: 'filing.write' as const };
const confirm = { policy: 'filing.approve' as const };
const approve = { policy: 'schedule.approve' as const };
const Note = Type.String({ maxLength: 4_000 });

export function registerSchedules(app: App, filing: Filing): void {
  const answer = async (req: { actor: Parameters<Filing['schedule']>[0] }, id: string) => {
    const { schedule, lines } = await filing.schedule(req.actor, id);
    return { ...presentSchedule(schedule), lines: presentLines(lines) };
  };
  app.get(
    '/api/v1/filing/agencies',
    { config: read, schema: { tags, response: { 200: Type.Object({ items: Type.Array(AgencySchema) }) } } },
    async (req) => ({ items: await filing.agencies(req.actor) }),
  );
  app.get(
    '/api/v1/filing/templates',
    {
      config: read,
      schema: {
        tags,
        response: {
          200: Type.Object({
            items: Type.Array(
              Type.Object({ code: Type.String(), edition: Type.String(), lines: Type.Integer() }),
            ),
          }),
        },
      },
    },
    async () => ({
      items: TEMPLATES.map(({ code, edition, lines }) => ({ code, edition, lines: lines.length })),
    }),
  );
  app.get(
    '/api/v1/filing/schedules',
    {
      config: read,
      schema: {
        tags,
        querystring: Type.Object({
          ...PageQuery,
          archive: Type.Optional(Id),
          agency: Type.Optional(Id),
          state: Type.Optional(Type.Enum([...SCHEDULE_STATES])),
        }),
        response: { 200: PageOf(ScheduleSchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50, archive, agency, state } = req.query;
      const { items, next } = await filing.schedules(req.actor, {
        cursor,
        limit,
        archiveId: archive,
        agencyId: agency,
        state,
      });
      return { items: items.map(presentSchedule), next };
    },
  );
  app.post(
    '/api/v1/filing/schedules',
    {
      config: write,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          title: Type.String({ maxLength: 300 }),
          /** Absent: with the lines of the last approved version. */
          template: Type.Optional(Type.String({ maxLength: 50 })),
        }),
        response: { 201: ScheduleWithLines },
      },
    },
    async (req, reply) => {
      const id = await filing.draftSchedule(req.actor, req.body);
      return reply.status(201).send(await answer(req, id));
    },
  );
  app.get(
    '/api/v1/filing/schedules/:id',
    { config: read, schema: { tags, params: IdParams, response: { 200: ScheduleWithLines } } },
    (req) => answer(req, req.params.id),
  );
  app.delete(
    '/api/v1/filing/schedules/:id',
    { config: write, schema: { tags, params: IdParams } },
    async (req, reply) => {
      await filing.discardSchedule(req.actor, req.params.id);
      return reply.status(204).send();
    },
  );
  app.put(
    '/api/v1/filing/schedules/:id/lines',
    {
      config: write,
      bodyLimit: 8 * 1024 * 1024,
      schema: {
        tags,
        params: IdParams,
        body: Type.Object({
          version: Type.Integer(),
          title: Type.Optional(Type.String({ maxLength: 300 })),
          lines: Type.Array(LineInputSchema, { maxItems: MOST_LINES }),
        }),
        response: { 200: ScheduleWithLines },
      },
    },
    async (req) => {
      await filing.writeLines(req.actor, req.params.id, req.body);
      return answer(req, req.params.id);
    },
  );
  app.get(
    '/api/v1/filing/schedules/:id/comparison',
    {
      config: read,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ with: Type.Enum([...COMPARISONS]) }),
        response: {
          200: Type.Object({
            /** The template's code or the earlier version's title; null where there is nothing to compare with. */
            name: Nullable(Type.String()),
            differences: Type.Array(DifferenceSchema),
          }),
        },
      },
    },
    async (req) => {
      const found = await filing.compare(req.actor, req.params.id, req.query.with);
      return { name: found?.name ?? null, differences: (found?.differences ?? []).map(presentDifference) };
    },
  );
  registerMoves(app, filing, answer);
  registerSchedulePapers(app, filing);
  app.post(
    '/api/v1/filing/suggestions',
    {
      config: read,
      schema: {
        tags,
        body: Type.Object({
          archiveId: Id,
          agencyId: Id,
          title: Type.String({ maxLength: 2_000 }),
          genre: Type.Optional(Nullable(Type.String({ maxLength: 100 }))),
          category: Type.Optional(Nullable(Type.String({ maxLength: 10 }))),
          classCode: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
        }),
        response: {
          200: Type.Object({
            /** The schedule in force; null where the agency has none. */
            schedule: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
            suggestions: Type.Array(SuggestionSchema),
          }),
        },
      },
    },
    async (req) => {
      const { archiveId, agencyId, ...record } = req.body;
      const found = await filing.suggest(req.actor, { archiveId, agencyId }, record);
      return {
        schedule: found.schedule && { id: found.schedule.id, title: found.schedule.title },
        suggestions: found.suggestions,
      };
    },
  );
}

function registerMoves(
  app: App,
  filing: Filing,
  answer: (
    req: { actor: Parameters<Filing['schedule']>[0] },
    id: string,
  ) => Promise<Type.Static<typeof ScheduleWithLines>>,
): void {
  app.post(
    '/api/v1/filing/schedules/:id/submission',
    { config: confirm, schema: { tags, params: IdParams, response: { 200: ScheduleWithLines } } },
    async (req) => {
      await filing.submitSchedule(req.actor, req.params.id);
      return answer(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/filing/schedules/:id/withdrawal',
    { config: confirm, schema: { tags, params: IdParams, response: { 200: ScheduleWithLines } } },
    async (req) => {
      await filing.takeBackSchedule(req.actor, req.params.id);
      return answer(req, req.params.id);
    },
  );
  app.post(
    '/api/v1/filing/schedules/:id/decision',
    {
      config: approve,
      schema: {
        tags,
        params: IdParams,
        body: Type.Union([
          Type.Object({ decision: Type.Literal('returned'), note: Note }),
          Type.Object({ decision: Type.Literal('approved'), note: Note, inForceFrom: DaySchema }),
        ]),
        response: { 200: ScheduleWithLines },
      },
    },
    async (req) => {
      const { body } = req;
      if (body.decision === 'approved') await filing.approveSchedule(req.actor, req.params.id, body);
      else await filing.returnSchedule(req.actor, req.params.id, body.note);
      return answer(req, req.params.id);
    },
  );
}
