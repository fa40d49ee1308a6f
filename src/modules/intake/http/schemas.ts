import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import { ONWARD, SENDS } from '../domain/settings.ts';
import type { Token } from '../module.ts';
import type { SenderSystem } from '../store/systems.ts';

const When = Type.String({ format: 'date-time' });
const MOST_ITEMS = 10_000_000;
const MOST_BYTES = 1_000 * 1024 ** 4;
const Items = Type.Integer({ minimum: 1, maximum: MOST_ITEMS });
const Bytes = Type.Integer({ minimum: 1, maximum: MOST_BYTES });

export const SettingsSchema = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  vendor: Nullable(Type.String({ maxLength: 200 })),
  sends: Type.Array(Type.Enum([...SENDS]), { minItems: 1, maxItems: SENDS.length }),
  /** Null: all. */
  categories: Nullable(Type.Array(Type.String({ maxLength: 10 }), { maxItems: 50 })),
  dayItems: Items,
  dayBytes: Bytes,
  /** Null: no end. */
  totalItems: Nullable(Items),
  totalBytes: Nullable(Bytes),
  /** Networks it may send from; null: any. */
  addresses: Nullable(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
  /** Its last day; null: none yet. */
  validUntil: Nullable(Type.String({ format: 'date' })),
  onward: Type.Enum([...ONWARD]),
  drop: Type.Boolean(),
});

export const TokenSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: When,
  expiresAt: When,
  usedAt: Nullable(When),
  usedFrom: Nullable(Type.String()),
  revokedAt: Nullable(When),
});

const system = {
  id: Type.String(),
  archiveId: Type.String(),
  agencyId: Type.String(),
  state: Type.Enum(['proposed', 'admitted', 'refused', 'ended']),
  settings: SettingsSchema,
  /** What somebody wants the settings to be. */
  wanted: Nullable(SettingsSchema),
  proposedBy: Type.String(),
  proposedAt: When,
  decidedBy: Nullable(Type.String()),
  decidedAt: Nullable(When),
  note: Nullable(Type.String()),
  used: Type.Object({ items: Type.Integer(), bytes: Type.Integer() }),
  today: Type.Object({ items: Type.Integer(), bytes: Type.Integer(), refused: Type.Integer() }),
  version: Type.Integer(),
};
export const SystemSchema = Type.Object(system);
export const SystemPageSchema = Type.Object({
  ...system,
  tokens: Type.Array(TokenSchema),
  /** Where it is watched, below the root of drop folders; null: it is not. */
  dropFolder: Nullable(Type.String()),
  /** What the asker may do now. */
  acts: Type.Array(Type.Enum(['change', 'decide', 'end', 'token'])),
});

export function presentSystem(s: SenderSystem) {
  const settings = (of: SenderSystem['settings']) => ({
    ...of,
    sends: [...of.sends],
    categories: of.categories && [...of.categories],
    addresses: of.addresses && [...of.addresses],
  });
  return {
    id: s.id,
    archiveId: s.archiveId,
    agencyId: s.agencyId,
    state: s.state,
    settings: settings(s.settings),
    wanted: s.wanted && settings(s.wanted),
    proposedBy: s.proposedByName,
    proposedAt: s.proposedAt.toISOString(),
    decidedBy: s.decidedByName,
    decidedAt: s.decidedAt?.toISOString() ?? null,
    note: s.note,
    used: { items: s.items, bytes: s.bytes },
    today: { items: s.todayItems, bytes: s.todayBytes, refused: s.todayRefused },
    version: s.version,
  };
}

export const presentToken = (t: Token) => ({
  id: t.id,
  name: t.name,
  createdAt: t.createdAt.toISOString(),
  expiresAt: t.expiresAt.toISOString(),
  usedAt: t.usedAt?.toISOString() ?? null,
  usedFrom: t.usedFrom,
  revokedAt: t.revokedAt?.toISOString() ?? null,
});
