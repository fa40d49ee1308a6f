import Type from 'typebox';
import { type App, Id, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Intake } from '../module.ts';
import { OUTCOMES } from '../store/arrivals.ts';

const tags = ['intake'];
const reading = { policy: 'filing.read' as const };
const When = Type.String({ format: 'date-time' });
const Day = Type.Optional(Type.String({ format: 'date' }));
const WAYS = ['api', 'drop'] as const;

const Arrival = Type.Object({
  id: Type.String(),
  systemId: Type.String(),
  systemName: Type.String(),
  at: When,
  way: Type.Enum([...WAYS]),
  kind: Type.Enum(['record', 'package']),
  /** Null for what may not be named. */
  senderId: Nullable(Type.String()),
  title: Nullable(Type.String()),
  outcome: Type.Enum([...OUTCOMES]),
  code: Nullable(Type.String()),
  findings: Type.Array(
    Type.Object({
      severity: Type.String(),
      field: Type.String(),
      code: Type.String(),
      message: Type.String(),
    }),
  ),
  files: Type.Integer(),
  bytes: Type.Integer(),
  /** The record or batch it became. */
  targetId: Nullable(Type.String()),
});

const Entry = Type.Object({
  id: Type.String(),
  name: Type.String(),
  step: Type.Enum(['claimed', 'taken', 'answered', 'over']),
  outcome: Nullable(Type.Enum(['taken', 'changed', 'unchanged', 'refused', 'setAside'])),
  code: Nullable(Type.String()),
  detail: Nullable(Type.String()),
  failure: Nullable(Type.String()),
  at: When,
  endedAt: Nullable(When),
});

/** What came in, for the people of the agency. */
export function registerArrivals(app: App, intake: Intake): void {
  app.get(
    '/api/v1/intake/arrivals',
    {
      config: reading,
      schema: {
        tags,
        querystring: Type.Object({
          system: Type.Optional(Id),
          agency: Type.Optional(Id),
          outcome: Type.Optional(Type.Enum([...OUTCOMES])),
          way: Type.Optional(Type.Enum([...WAYS])),
          from: Day,
          to: Day,
          ...PageQuery,
        }),
        response: { 200: PageOf(Arrival) },
      },
    },
    async (req) => {
      const { system, agency, limit = 50, cursor, ...filter } = req.query;
      const { items, next } = await intake.arrivals(req.actor, {
        ...filter,
        systemId: system,
        agencyId: agency,
        cursor,
        limit,
      });
      return {
        items: items.map(({ archiveId: _archive, agencyId: _agency, at, ...a }) => ({
          ...a,
          at: at.toISOString(),
        })),
        next,
      };
    },
  );
  app.get(
    '/api/v1/intake/systems/:id/drop',
    {
      config: reading,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object(PageQuery),
        response: { 200: PageOf(Entry) },
      },
    },
    async (req) => {
      const { cursor, limit = 50 } = req.query;
      const { items, next } = await intake.dropEntries(req.actor, { systemId: req.params.id, cursor, limit });
      return {
        items: items.map((e) => ({
          id: e.id,
          name: e.name,
          step: e.step,
          outcome: e.outcome,
          code: e.code,
          detail: e.receipt?.detail ?? null,
          failure: e.failure,
          at: e.at.toISOString(),
          endedAt: e.endedAt?.toISOString() ?? null,
        })),
        next,
      };
    },
  );
}
