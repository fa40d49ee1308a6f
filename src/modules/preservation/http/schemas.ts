import Type from 'typebox';
import { Id, Nullable } from '#kernel/http/route';
import type { StoreView } from '../queries/figures.ts';
import type { Alarm } from '../store/alarms.ts';
import type { CopyRow } from '../store/copies.ts';

const Moment = Type.String();
const MaybeMoment = Nullable(Type.String());
const iso = (at: Date | null) => at?.toISOString() ?? null;

export const CONDITIONS = ['wanted', 'sound', 'behind', 'damaged', 'missing'] as const;

export const StoreSchema = Type.Object({
  id: Id,
  name: Type.String(),
  isMain: Type.Boolean(),
  kind: Type.Enum(['folder', 's3']),
  /** Where it lies; null for who does not look after stores. */
  address: Nullable(Type.String()),
  state: Type.Enum(['active', 'draining', 'lost', 'removed']),
  reach: Type.Enum(['unknown', 'reachable', 'slow', 'unreachable', 'foreign']),
  trouble: Nullable(Type.String()),
  seenAt: MaybeMoment,
  unreachableSince: MaybeMoment,
  /** Whether all objects have been put on its list. */
  planned: Type.Boolean(),
  freeBytes: Nullable(Type.Number()),
  totalBytes: Nullable(Type.Number()),
  megabytesPerSecond: Nullable(Type.Integer()),
  addedAt: Moment,
  addedBy: Type.String(),
  endedAt: MaybeMoment,
  endedBy: Nullable(Type.String()),
  endedReason: Nullable(Type.String()),
  version: Type.Integer(),
  /** Copies by condition; only `sound` ones are held. */
  copies: Type.Object({
    wanted: Type.Number(),
    sound: Type.Number(),
    behind: Type.Number(),
    damaged: Type.Number(),
    missing: Type.Number(),
  }),
  bytes: Type.Number(),
  fixity: Type.Object({
    /** When the sound copy that waits longest was verified. */
    oldestCheck: MaybeMoment,
    lastCheck: MaybeMoment,
    nextCheck: MaybeMoment,
    /** Counted up to 10,000. */
    neverChecked: Type.Integer(),
    late: Type.Integer(),
    /** Over the last seven days; null where nothing was verified. */
    bytesPerSecond: Nullable(Type.Number()),
  }),
});

export function presentStore({ store: s, addressShown, counts, bytes, ...v }: StoreView) {
  const { location } = s;
  const address =
    location.kind === 'folder'
      ? location.root
      : `s3://${location.bucket}/${location.prefix}${location.endpoint ? ` (${location.endpoint})` : ''}`;
  return {
    id: s.id,
    name: s.name,
    isMain: s.isMain,
    kind: location.kind,
    state: s.state,
    reach: s.reach,
    address: addressShown ? address : null,
    // Errors of the place name it.
    trouble: addressShown ? s.trouble : null,
    seenAt: iso(s.seenAt),
    unreachableSince: iso(s.unreachableSince),
    planned: s.planned,
    freeBytes: s.freeBytes,
    totalBytes: s.totalBytes,
    megabytesPerSecond: s.megabytesPerSecond,
    addedAt: s.addedAt.toISOString(),
    addedBy: s.addedBy,
    endedAt: iso(s.endedAt),
    endedBy: s.endedBy,
    endedReason: s.endedReason,
    version: s.version,
    copies: counts,
    bytes,
    fixity: {
      oldestCheck: iso(v.fixity.oldestCheck),
      lastCheck: iso(v.fixity.lastCheck),
      nextCheck: iso(v.nextCheck),
      neverChecked: v.fixity.neverChecked,
      late: v.fixity.late,
      bytesPerSecond: v.bytesPerSecond,
    },
  };
}

export const CopySchema = Type.Object({
  objectId: Type.String(),
  kind: Type.Enum(['unit', 'certificates', 'segment', 'disposal']),
  unitId: Nullable(Type.String()),
  archiveId: Nullable(Type.String()),
  storeId: Type.String(),
  storeName: Type.String(),
  storeState: Type.Enum(['active', 'draining', 'lost', 'removed']),
  isMain: Type.Boolean(),
  condition: Type.Enum([...CONDITIONS]),
  head: Nullable(Type.String()),
  bytes: Type.Number(),
  copiedAt: MaybeMoment,
  checkedAt: MaybeMoment,
  trouble: Nullable(Type.String()),
});

export const presentCopy = (c: CopyRow) => ({ ...c, copiedAt: iso(c.copiedAt), checkedAt: iso(c.checkedAt) });

export const AlarmSchema = Type.Object({
  id: Id,
  code: Type.Enum([
    ...['damaged', 'missing', 'undecided', 'ahead'],
    ...['manyFailing', 'unreachable', 'slow', 'foreign', 'cameBackOld', 'full', 'notKeeping', 'natures'],
  ] as Alarm['code'][]),
  storeId: Type.String(),
  storeName: Type.String(),
  /** null: about the store itself. */
  objectId: Nullable(Type.String()),
  unitId: Nullable(Type.String()),
  archiveId: Nullable(Type.String()),
  detail: Type.Record(Type.String(), Type.Unknown()),
  state: Type.Enum(['open', 'acknowledged', 'solved']),
  raisedAt: Moment,
  lastAt: Moment,
  times: Type.Integer(),
  acknowledgedAt: MaybeMoment,
  acknowledgedBy: Nullable(Type.String()),
  solvedAt: MaybeMoment,
  solvedBy: Nullable(Type.String()),
  note: Nullable(Type.String()),
});

export const presentAlarm = ({ acknowledgedName, solvedName, ...a }: Alarm) => ({
  ...a,
  raisedAt: a.raisedAt.toISOString(),
  lastAt: a.lastAt.toISOString(),
  acknowledgedAt: iso(a.acknowledgedAt),
  acknowledgedBy: acknowledgedName,
  solvedAt: iso(a.solvedAt),
  solvedBy: solvedName,
});
