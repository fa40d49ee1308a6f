import Type from 'typebox';
import { type Actor, auditActor } from '#kernel/actor';
import type { AuditActor, Keeping } from '#kernel/audit';
import { type App, Nullable } from '#kernel/http/route';
import { CheckpointSchema, presentCheckpoint } from './checkpoints.ts';

const tags = ['audit'];

const KeepingSchema = Type.Object({
  placed: Type.Integer(),
  waiting: Type.Integer(),
  last: Nullable(CheckpointSchema),
  /** Second places; `size` null where one can not be read. */
  copies: Type.Array(Type.Object({ name: Type.String(), size: Nullable(Type.Integer()) })),
  verifications: Type.Array(
    Type.Object({
      at: Type.String(),
      by: Type.String(),
      valid: Type.Boolean(),
      entries: Type.Integer(),
      findings: Type.Integer(),
    }),
  ),
  /** A verification waits or runs. */
  verifying: Type.Boolean(),
});

interface Deps {
  keeping(): Promise<Keeping>;
  verification: { start(actor: AuditActor): Promise<void>; running(): Promise<boolean> };
}

/** How the trail is kept: where its checkpoints lie, and when the whole was verified. */
export function registerKeeping(app: App, { keeping, verification }: Deps): void {
  const config = { policy: 'audit.read' as const };

  app.get(
    '/api/v1/audit/keeping',
    { config, schema: { tags, response: { 200: KeepingSchema } } },
    async () => {
      const k = await keeping();
      return {
        ...k,
        last: k.last && presentCheckpoint(k.last),
        verifications: k.verifications.map((v) => ({ ...v, at: v.at.toISOString() })),
        verifying: await verification.running(),
      };
    },
  );

  app.post(
    '/api/v1/audit/verifications',
    { config, schema: { tags } },
    async (req: { actor: Actor }, reply) => {
      await verification.start(auditActor(req.actor));
      return reply.status(202).send();
    },
  );
}
