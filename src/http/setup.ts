import Type from 'typebox';
import type { App } from '#kernel/http/route';
import type { Identity } from '#modules/identity';

const tags = ['setup'];
const Username = Type.String({ minLength: 1, maxLength: 200 });
const DisplayName = Type.String({ minLength: 1, maxLength: 200 });
const Administrator = Type.Object({ username: Username, displayName: DisplayName });

const RoleOfThree = Type.Enum(['administrator', 'security-administrator', 'auditor']);

/** The first start: the one-time link of an empty install founds an archive, its head and its three administrators. */
export function registerSetup(app: App, { identity }: { identity: Identity }): void {
  app.get(
    '/api/v1/setup',
    {
      config: { policy: 'public' },
      schema: { tags, response: { 200: Type.Object({ needed: Type.Boolean() }) } },
    },
    async () => ({ needed: await identity.setupNeeded() }),
  );

  app.post(
    '/api/v1/setup',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        body: Type.Object({
          token: Type.String({ maxLength: 200 }),
          archive: Type.Object({
            code: Type.String({ maxLength: 20 }),
            name: Type.String({ minLength: 1, maxLength: 200 }),
            level: Type.Enum(['province', 'city', 'county']),
          }),
          head: Type.Object({
            username: Username,
            displayName: DisplayName,
            password: Type.String({ maxLength: 1_000 }),
          }),
          administrators: Type.Object({
            administrator: Administrator,
            'security-administrator': Administrator,
            auditor: Administrator,
          }),
        }),
        response: {
          200: Type.Object({
            administrators: Type.Array(
              Type.Object({
                role: RoleOfThree,
                username: Type.String(),
                displayName: Type.String(),
                link: Type.String(),
              }),
            ),
          }),
        },
      },
    },
    async (req, reply) => {
      const { token, head, archive, administrators } = req.body;
      void reply.header('cache-control', 'no-store');
      return { administrators: await identity.setUp(token, head, archive, administrators) };
    },
  );
}
