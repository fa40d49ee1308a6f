import Type, { type Static } from 'typebox';
import { PARTS } from '#modules/filing';

/** What a system says of a record. The same form comes by the API, in batches and in drop folders (docs/intake.md). */

/** Longest content within a message; larger files are uploads. */
export const MOST_INLINE_BYTES = 1024 * 1024;
export const MOST_ID = 200;

const text = (most: number) => Type.String({ maxLength: most });
const optional = (most: number) => Type.Optional(Type.Union([text(most), Type.Null()]));

/** Values by the keys of the category's metadata scheme; `classCode` and `className` beside them. */
const Metadata = Type.Record(
  Type.String({ maxLength: 60 }),
  Type.Union([Type.String({ maxLength: 40_000 }), Type.Number(), Type.Null()]),
);

export const FileRefSchema = Type.Object(
  {
    name: text(1_000),
    /** An upload of the system's own, or the content in Base64. */
    upload: Type.Optional(text(64)),
    content: Type.Optional(Type.String({ maxLength: Math.ceil(MOST_INLINE_BYTES / 3) * 4 })),
    /** `sha512:`, `sha256:` or `sm3:` and hexadecimal digits. */
    digest: Type.Optional(text(150)),
  },
  { additionalProperties: false },
);

const Files = Type.Optional(Type.Array(FileRefSchema, { maxItems: 500 }));

export const EventSchema = Type.Object(
  {
    action: Type.String({ minLength: 1, maxLength: 200 }),
    at: Type.String({ minLength: 1, maxLength: 60 }),
    agent: optional(500),
    basis: optional(2_000),
    note: optional(2_000),
  },
  { additionalProperties: false },
);

const PartSchema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: MOST_ID }),
    part: Type.Optional(Type.Enum([...PARTS])),
    metadata: Metadata,
    files: Files,
  },
  { additionalProperties: false },
);

export const SaidSchema = Type.Object(
  {
    /** The sender's own count of its versions: a lower one changes nothing. */
    revision: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
    metadata: Metadata,
    files: Files,
    /** Documents that lie in the item 件: annexes, drafts, what was answered. */
    parts: Type.Optional(Type.Array(PartSchema, { maxItems: 200 })),
    events: Type.Optional(Type.Array(EventSchema, { maxItems: 500 })),
  },
  { additionalProperties: false },
);

/** An id the sender knows a thing by: visible characters, none that would end a line. */
export const SenderIdSchema = Type.String({
  minLength: 1,
  maxLength: MOST_ID,
  pattern: '^[^\\u0000-\\u001f\\u007f]+$',
});

export type SaidRecord = Static<typeof SaidSchema>;
export type FileRef = Static<typeof FileRefSchema>;
export type Metadata = SaidRecord['metadata'];
