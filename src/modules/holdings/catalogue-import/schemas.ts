import Type from 'typebox';
import { Nullable } from '#kernel/http/route';
import { LEVELS } from '../domain/unit.ts';

const Text = Type.String();
const LevelSchema = Type.Enum([...LEVELS]);

export const OptionsSchema = Type.Object(
  {
    defaultFonds: Type.Optional(Type.String({ maxLength: 50 })),
    defaultFondsName: Type.Optional(Type.String({ maxLength: 500 })),
    defaultCategory: Type.Optional(Type.String({ maxLength: 20 })),
    defaultRetention: Type.Optional(Type.String({ maxLength: 20 })),
    defaultYear: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_999 })),
    codes: Type.Optional(Type.Enum(['whole', 'withinFonds'])),
    existing: Type.Optional(Type.Enum(['keep', 'update', 'merge', 'skip'])),
    alike: Type.Optional(Type.Enum(['off', 'tell', 'skip', 'merge'])),
    accessStatus: Type.Optional(Type.Enum(['asInFile', 'unreviewed'])),
  },
  { additionalProperties: false },
);

export const MappingSchema = Type.Object({
  sheets: Type.Optional(
    Type.Array(
      Type.Object({
        name: Text,
        use: Type.Optional(Type.Boolean()),
        headerRow: Type.Optional(Type.Integer({ minimum: 0 })),
        level: Type.Optional(LevelSchema),
        columns: Type.Optional(
          Type.Array(
            Type.Object({
              index: Type.Optional(Type.Integer({ minimum: 0 })),
              heading: Type.Optional(Text),
              field: Nullable(Text),
            }),
            { maxItems: 16_384 },
          ),
        ),
      }),
      { maxItems: 1_024 },
    ),
  ),
  options: Type.Optional(OptionsSchema),
});

const Place = Type.Object({ sheet: Text, row: Type.Integer(), column: Nullable(Text), value: Text });

export const ImportSchema = Type.Object({
  id: Text,
  archiveId: Text,
  fileName: Text,
  format: Text,
  encoding: Nullable(Text),
  state: Type.Enum(['draft', 'checking', 'checked', 'running', 'done', 'failed', 'takingBack', 'takenBack']),
  sheets: Type.Array(
    Type.Object({
      name: Text,
      hidden: Type.Boolean(),
      use: Type.Boolean(),
      rows: Type.Integer(),
      rowsIsExact: Type.Boolean(),
      headerRow: Type.Integer(),
      level: LevelSchema,
      columns: Type.Array(
        Type.Object({
          index: Type.Integer(),
          heading: Text,
          field: Nullable(Text),
          confidence: Type.Number(),
          reason: Text,
          samples: Type.Array(Text),
        }),
      ),
      sample: Type.Array(Type.Array(Text)),
    }),
  ),
  options: OptionsSchema,
  profile: Nullable(Text),
  counts: Type.Object({
    total: Type.Integer(),
    accepted: Type.Integer(),
    rejected: Type.Integer(),
    unchanged: Type.Integer(),
    updated: Type.Integer(),
    merged: Type.Integer(),
    skipped: Type.Integer(),
  }),
  /** What it does, or would do, to what is held already. */
  preview: Type.Object({
    fields: Type.Record(Text, Type.Integer()),
    how: Type.Record(Text, Type.Integer()),
    rows: Type.Array(
      Type.Object({
        sheet: Text,
        row: Type.Integer(),
        unitId: Nullable(Text),
        fondsId: Type.Optional(Text),
        code: Nullable(Text),
        does: Type.Enum(['update', 'merge', 'skip']),
        how: Type.Enum(['code', 'words', 'identifier', 'alike']),
        changes: Type.Array(Type.Object({ field: Text, before: Text, after: Text })),
      }),
    ),
  }),
  problems: Type.Array(
    Type.Object({
      code: Text,
      rejecting: Type.Boolean(),
      message: Text,
      count: Type.Integer(),
      examples: Type.Array(Place),
    }),
  ),
  takenBack: Nullable(
    Type.Object({
      reason: Text,
      removed: Type.Integer(),
      kept: Type.Integer(),
      restored: Type.Optional(Type.Integer()),
      left: Type.Optional(Type.Integer()),
      changeset: Type.Optional(Text),
    }),
  ),
  jobId: Nullable(Text),
  createdAt: Text,
  createdBy: Type.Object({ id: Nullable(Text), name: Text }),
  finishedAt: Nullable(Text),
});

export const ProblemSchema = Type.Object({
  sheet: Text,
  row: Type.Integer(),
  column: Nullable(Text),
  code: Text,
  message: Text,
  value: Text,
  rejected: Type.Boolean(),
});

export const FieldSchema = Type.Object({
  field: Text,
  code: Nullable(Text),
  labels: Type.Object({ 'zh-CN': Text, 'zh-TW': Text, en: Text }),
});

export const ProfileSchema = Type.Object({
  id: Text,
  name: Text,
  columns: Type.Array(Type.Object({ heading: Text, field: Nullable(Text) })),
  options: OptionsSchema,
  usedAt: Text,
});
