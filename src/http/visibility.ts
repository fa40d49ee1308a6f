import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import { type App, IdParams, Nullable } from '#kernel/http/route';
import { SIGHTS } from '#kernel/visibility';
import type { Holdings } from '#modules/holdings';

const tags = ['visibility'];
const Reason = Type.Object({
  code: Type.String(),
  holds: Type.Boolean(),
  params: Type.Optional(Type.Record(Type.String(), Type.String())),
});
const Road = Nullable(Type.Enum(['system', 'post', 'open', 'grant']));
const Sights = Type.Array(Type.Enum([...SIGHTS]));

export interface VisibilityDeps {
  holdings: Pick<Holdings, 'whySeen' | 'whoSees'>;
  /** A person by user name, as an actor. @throws Refusal person.notFound */
  personNamed(username: string): Promise<Actor>;
  /** Holders of posts in an archive, and the persons named by id. */
  people(
    archiveId: string,
    ids: readonly string[],
  ): Promise<{ people: { username: string; actor: Actor }[]; more: boolean }>;
  /** Today in the archives' time zone. */
  today(): string;
}

/** The two questions: why somebody sees a record, and who does. */
export function registerVisibility(app: App, deps: VisibilityDeps): void {
  const { holdings, today } = deps;

  app.get(
    '/api/v1/units/:id/visibility',
    {
      config: { policy: 'signedIn' },
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ username: Type.Optional(Type.String({ maxLength: 200 })) }),
        response: {
          200: Type.Object({
            person: Type.Object({ name: Type.String() }),
            sights: Type.Array(
              Type.Object({
                sight: Type.Enum([...SIGHTS]),
                allowed: Type.Boolean(),
                by: Road,
                reasons: Type.Array(Reason),
              }),
            ),
          }),
        },
      },
    },
    async (req) => {
      const of = req.query.username ? await deps.personNamed(req.query.username) : req.actor;
      const sights = await holdings.whySeen(req.actor, req.params.id, of, today());
      return { person: { name: of.name }, sights: sights.map((s) => ({ ...s, reasons: [...s.reasons] })) };
    },
  );

  app.get(
    '/api/v1/units/:id/viewers',
    {
      config: { policy: 'grants.manage' },
      schema: {
        tags,
        params: IdParams,
        response: {
          200: Type.Object({
            everybody: Sights,
            /** More people have posts here than were looked through. */
            more: Type.Boolean(),
            people: Type.Array(
              Type.Object({
                id: Type.String(),
                name: Type.String(),
                username: Type.String(),
                sights: Sights,
                by: Type.Array(Type.Enum(['system', 'post', 'open', 'grant'])),
                reasons: Type.Array(Reason),
              }),
            ),
          }),
        },
      },
    },
    async (req) => holdings.whoSees(req.actor, req.params.id, deps.people, today()),
  );
}
