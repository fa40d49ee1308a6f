import Type from 'typebox';
import { DUE_KINDS } from '#kernel/due';
import { Id, Nullable } from '#kernel/http/route';
import type { NoticeView } from '../commands/notices.ts';
import type { DueLine } from '../queries/due.ts';
import type { Notice } from '../store/notices.ts';

export const NoticeSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  title: Type.String(),
  dueOn: Nullable(Type.String()),
  state: Type.Enum(['issued', 'withdrawn']),
  issuedBy: Type.String(),
  issuedAt: Type.String(),
  /** Of those the asker sees: to how many agencies it went, and how many took note of it. */
  agencies: Type.Integer(),
  acknowledged: Type.Integer(),
  files: Type.Integer(),
});

export const NoticeReadSchema = Type.Object({
  ...NoticeSchema.properties,
  body: Type.String(),
  withdrawnReason: Nullable(Type.String()),
  to: Type.Array(
    Type.Object({
      agencyId: Type.String(),
      agencyName: Type.String(),
      acknowledged: Nullable(
        Type.Object({ at: Type.String(), by: Type.String(), note: Nullable(Type.String()) }),
      ),
      reminders: Type.Integer(),
      remindedAt: Nullable(Type.String()),
    }),
  ),
  attached: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), bytes: Type.Integer() })),
  /** Agencies in whose name the reader could take note of it now. */
  mayAcknowledge: Type.Array(Type.String()),
  mayManage: Type.Boolean(),
});

export const NewNoticeBody = Type.Object({
  archiveId: Id,
  title: Type.String({ minLength: 1, maxLength: 600 }),
  body: Type.String({ maxLength: 40_000 }),
  dueOn: Nullable(Type.String({ format: 'date' })),
  /** null: all agencies of the archive. */
  agencies: Nullable(Type.Array(Id, { minItems: 1, maxItems: 5_000 })),
  uploadIds: Type.Array(Type.String({ maxLength: 64 }), { maxItems: 100 }),
});

export const present = (n: Notice) => ({
  id: n.id,
  archiveId: n.archiveId,
  title: n.title,
  dueOn: n.dueOn,
  state: n.state,
  issuedBy: n.issuedByName,
  issuedAt: n.issuedAt.toISOString(),
  agencies: n.agencies,
  acknowledged: n.acknowledged,
  files: n.files,
});

export const presentView = ({ notice, to, files, mayAcknowledge, mayManage }: NoticeView) => ({
  ...present(notice),
  body: notice.body,
  withdrawnReason: notice.withdrawnReason,
  to: to.map((t) => ({
    agencyId: t.agencyId,
    agencyName: t.agencyName,
    acknowledged: t.acknowledgedAt && {
      at: t.acknowledgedAt.toISOString(),
      by: t.acknowledgedByName ?? '',
      note: t.note,
    },
    reminders: t.reminders,
    remindedAt: t.remindedAt?.toISOString() ?? null,
  })),
  attached: files.map(({ id, name, bytes }) => ({ id, name, bytes })),
  mayAcknowledge,
  mayManage,
});

export const KindSchema = Type.Enum([...DUE_KINDS]);
export const DueSchema = Type.Object({
  kind: KindSchema,
  id: Type.String(),
  archiveId: Type.String(),
  agency: Type.Object({ id: Type.String(), name: Type.String() }),
  side: Type.Enum(['agency', 'archive']),
  label: Type.String(),
  dueOn: Nullable(Type.String()),
  /** The day it is due, else the day it came up. */
  day: Type.String(),
  late: Type.Boolean(),
  year: Nullable(Type.Integer()),
  about: Nullable(Type.String()),
  aboutId: Nullable(Type.String()),
});
export const presentDue = ({ agencyId, agencyName, isLate, notBy: _, ...d }: DueLine) => {
  return { ...d, agency: { id: agencyId, name: agencyName }, late: isLate };
};

export const AgencyDueSchema = Type.Object({
  agencyId: Type.String(),
  archiveId: Type.String(),
  code: Type.String(),
  name: Type.String(),
  late: Type.Integer(),
  kinds: Type.Array(Type.Object({ kind: KindSchema, all: Type.Integer(), late: Type.Integer() })),
});
