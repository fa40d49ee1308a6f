import Type from 'typebox';
import type { Actor } from '#kernel/actor';
import {
  type AuditEntry,
  actsSeen,
  entryById,
  proveConsistency,
  proveEntry,
  searchEntries,
} from '#kernel/audit';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { type App, IdParams, Nullable, PageOf, PageQuery } from '#kernel/http/route';
import type { Language } from '#kernel/wording';
import { type AskingDeps, EntryQuery, filterOf, namesOf, reach } from './asking.ts';
import { CheckpointSchema, presentCheckpoint } from './checkpoints.ts';
import { sentenceOf, type ThingNames, thingOf } from './sentence.ts';

const tags = ['audit'];

const EntrySchema = Type.Object({
  id: Type.String(),
  at: Type.String(),
  actor: Type.Object({ id: Nullable(Type.String()), name: Type.String() }),
  archiveId: Nullable(Type.String()),
  act: Type.String(),
  target: Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }),
  /** What happened, in the asker's language. */
  sentence: Type.String(),
  purpose: Nullable(Type.String()),
  address: Nullable(Type.String()),
  result: Type.Enum(['done', 'refused', 'failed']),
  rule: Nullable(Type.Object({ id: Type.String(), version: Type.String() })),
  detail: Type.Record(Type.String(), Type.Unknown()),
});

const ProofSchema = Type.Object({
  entryId: Type.String(),
  position: Type.Integer(),
  leafHash: Type.String(),
  /** The bytes the leaf hash is made over; null where the entry was taken out by rule. */
  entry: Nullable(Type.String()),
  path: Type.Array(Type.String()),
  checkpoint: CheckpointSchema,
});

function present(language: Language, e: AuditEntry, names: ThingNames) {
  return {
    id: e.id,
    at: e.at.toISOString(),
    actor: { id: e.actor.id, name: e.actor.name },
    archiveId: e.archiveId,
    act: e.act,
    target: { ...e.target, name: thingOf(language, e, names) },
    sentence: sentenceOf(language, e, names),
    purpose: e.purpose ?? null,
    address: e.address ?? null,
    result: e.result ?? ('done' as const),
    rule: e.rule ?? null,
    detail: e.detail,
  };
}

/** Searching the trail, and proving what is found. For the audit administrator; contents of records are not shown. */
export function registerAuditEntries(app: App, deps: AskingDeps): void {
  const config = { policy: 'audit.read' as const };

  app.get(
    '/api/v1/audit/entries',
    {
      config,
      schema: {
        tags,
        querystring: Type.Interface([EntryQuery], PageQuery),
        response: { 200: PageOf(EntrySchema) },
      },
    },
    async (req) => {
      const { cursor, limit = 50, ...query } = req.query;
      const filter = await filterOf(deps, req.actor, query);
      const place = cursor ? decodeCursor(cursor, ['string', 'string']) : undefined;
      const after = place && { at: new Date(String(place[0])), id: String(place[1]) };
      const rows = await deps.db.system((tx) => searchEntries(tx, filter, { after, limit: limit + 1 }));
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const names = await namesOf(deps, items, req.actor.language);
      return {
        items: items.map((e) => present(req.actor.language, e, names)),
        next: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
      };
    },
  );

  app.get(
    '/api/v1/audit/acts',
    { config, schema: { tags, response: { 200: Type.Object({ items: Type.Array(Type.String()) }) } } },
    async (req) => {
      const { archives, installation } = await reach(deps, req.actor, 'audit.read');
      const seen = { archives: archives.map((a) => a.id), installation };
      return { items: await deps.db.system((tx) => actsSeen(tx, seen)) };
    },
  );

  app.get(
    '/api/v1/audit/entries/:id',
    { config, schema: { tags, params: IdParams, response: { 200: EntrySchema } } },
    async (req) => {
      const entry = await entryFor(deps, req.actor, req.params.id);
      return present(req.actor.language, entry, await namesOf(deps, [entry], req.actor.language));
    },
  );

  app.get(
    '/api/v1/audit/entries/:id/proof',
    {
      config,
      schema: {
        tags,
        params: IdParams,
        querystring: Type.Object({ size: Type.Optional(Type.Integer({ minimum: 1 })) }),
        response: { 200: ProofSchema },
      },
    },
    async (req) => {
      const entry = await entryFor(deps, req.actor, req.params.id);
      const proof = await deps.db.system((tx) => proveEntry(tx, entry.id, { size: req.query.size }));
      return { ...proof, entry: proof.entry ?? null, checkpoint: presentCheckpoint(proof.checkpoint) };
    },
  );

  app.get(
    '/api/v1/audit/consistency',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        querystring: Type.Object({
          first: Type.Integer({ minimum: 1 }),
          second: Type.Integer({ minimum: 1 }),
        }),
        response: {
          200: Type.Object({
            first: CheckpointSchema,
            second: CheckpointSchema,
            path: Type.Array(Type.String()),
          }),
        },
      },
    },
    async (req) => {
      const { first, second } = req.query;
      const proof = await deps.db.system((tx) => proveConsistency(tx, first, second));
      return {
        first: presentCheckpoint(proof.first),
        second: presentCheckpoint(proof.second),
        path: proof.path,
      };
    },
  );
}

/** An entry, if the asker may read it; otherwise there is none. */
async function entryFor(deps: AskingDeps, actor: Actor, id: string): Promise<AuditEntry> {
  const entry = await deps.db.system((tx) => entryById(tx, id));
  const { archives, installation } = await reach(deps, actor, 'audit.read');
  const mine = entry?.archiveId ? archives.some((a) => a.id === entry.archiveId) : installation;
  if (!entry || !mine) throw new Refusal('audit.notFound', 'There is no such entry.');
  return entry;
}
