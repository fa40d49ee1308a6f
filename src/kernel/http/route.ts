import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import Type from 'typebox';
import type { Actor, Capability } from '#kernel/actor';

/**
 * Who may call a route at all: everybody, the signed-in, or those with a capability in at least one archive. Which
 * archive, and which thing, the command behind it decides. A route without a policy does not start.
 */
export type Policy = 'public' | 'signedIn' | 'sender' | Capability;

/** `sender`: who sends files, for the holdings or to be filed. */
export const SENDERS: readonly Capability[] = ['import.run', 'filing.write', 'intake.send'];

/**
 * What a route lets a person read. Where the thing is not public the reading is written in the trail before the answer
 * leaves. The route names the thing by `:id`, `:unitId` or `:archiveId`.
 */
export type Reading =
  | 'description'
  | 'content'
  | 'master'
  | 'certificate'
  | 'catalogueExport'
  | 'leaveExport'
  | 'rejectsExport';

declare module 'fastify' {
  interface FastifyContextConfig {
    policy?: Policy;
    reads?: Reading;
    /** Cookies are not the only way in here, so the header against cross-site posting is not asked for. */
    crossSite?: boolean;
    /** A file our own pages show in a frame. */
    framed?: boolean;
  }
  interface FastifyRequest {
    actor: Actor;
    /** What the console's own style elements are known by, in this one answer. */
    nonce: string;
  }
}

/** The server as modules see it: schemas are TypeBox, and types follow from them. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type Request = FastifyRequest;

export const Id = Type.String({ format: 'uuid' });
export const IdParams = Type.Object({ id: Id });
export const Nullable = <T extends Type.TSchema>(t: T) => Type.Union([t, Type.Null()]);

/** Query part of every list: keyset cursor and page size. */
export const PageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 2_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

/** One page of a list. */
export const PageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Nullable(Type.String()),
    total: Type.Optional(Type.Integer()),
    totalIsExact: Type.Optional(Type.Boolean()),
  });

/** The answer to long work: a job to follow. */
export const JobAccepted = Type.Object({ jobId: Type.String() });
