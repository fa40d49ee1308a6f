import Type, { type Static } from 'typebox';
import { BOX_THICKNESSES, LABEL_CODES, PAPER_NAMES, type PrintSettings } from '#formats/print';
import { Id, Nullable } from '#kernel/http/route';
import { LANGUAGES } from '#kernel/wording';
import { filterOf, UnitFilterSchema } from '#modules/holdings';
import type { Choice } from './domain/choice.ts';
import { COLUMN_KEYS, FORMATS, FORMS, isColumn, SETTING_PARTS } from './domain/forms.ts';
import { type PrintOrder, STATES } from './store/orders.ts';

const Between = (minimum: number, maximum: number) => Type.Number({ minimum, maximum });
const Words = Type.String({ maxLength: 200 });
const RunningSchema = Type.Object({ left: Words, center: Words, right: Words });

export const FormSchema = Type.Enum([...FORMS]);
export const FormatSchema = Type.Enum([...FORMATS]);

/** Every measure has bounds: what is sent here is drawn by the machine. */
export const SettingsSchema = Type.Object({
  paper: Type.Enum([...PAPER_NAMES]),
  landscape: Type.Boolean(),
  margins: Type.Object({
    top: Between(0, 100),
    right: Between(0, 100),
    bottom: Between(0, 100),
    left: Between(0, 100),
  }),
  fontSize: Between(6, 24),
  titleSize: Between(8, 60),
  title: Type.String({ maxLength: 100 }),
  header: RunningSchema,
  footer: RunningSchema,
  columns: Type.Array(Type.Object({ key: Type.Enum([...COLUMN_KEYS]), width: Between(1, 400) }), {
    maxItems: COLUMN_KEYS.length,
  }),
  rowHeight: Between(4, 60),
  fillRows: Type.Boolean(),
  cover: Type.Boolean(),
  perClass: Type.Boolean(),
  thickness: Type.Enum([...BOX_THICKNESSES]),
  trueSize: Type.Boolean(),
  labels: Type.Object({
    columns: Type.Integer({ minimum: 1, maximum: 10 }),
    rows: Type.Integer({ minimum: 1, maximum: 40 }),
    width: Between(20, 300),
    height: Between(10, 300),
    gapX: Between(0, 50),
    gapY: Between(0, 50),
  }),
  labelCode: Type.Enum([...LABEL_CODES]),
  bilingual: Type.Boolean(),
});

/** Entries by id, a table by its filters, an entry with what is below it, a fonds: one of them. */
export const ChoiceSchema = Type.Partial(
  Type.Object({
    ids: Type.Array(Id, { minItems: 1, maxItems: 1_000 }),
    filter: UnitFilterSchema,
    unit: Id,
    fonds: Id,
  }),
);

/** @returns undefined where not exactly one thing is said */
export function choiceOf(archiveId: string, said: Static<typeof ChoiceSchema>): Choice | undefined {
  const { ids, filter, unit, fonds } = said;
  const choices: Choice[] = [];
  if (ids) choices.push({ kind: 'units', ids });
  if (filter) choices.push({ kind: 'filter', filter: filterOf(archiveId, filter) });
  if (unit) choices.push({ kind: 'unit', id: unit });
  if (fonds) choices.push({ kind: 'fonds', id: fonds });
  return choices.length === 1 ? choices[0] : undefined;
}

export const WantedSchema = Type.Object({
  form: FormSchema,
  language: Type.Enum([...LANGUAGES]),
  choice: ChoiceSchema,
  settings: SettingsSchema,
});

export const FormSettingsSchema = Type.Object({
  form: FormSchema,
  formats: Type.Array(FormatSchema),
  uses: Type.Array(Type.Enum([...SETTING_PARTS])),
  columns: Type.Array(Type.Enum([...COLUMN_KEYS])),
  settings: SettingsSchema,
  shipped: SettingsSchema,
  own: Nullable(Type.Object({ by: Type.String(), at: Type.String() })),
});

const MissingSchema = Type.Object({
  character: Type.String(),
  code: Type.String(),
  count: Type.Integer(),
  places: Type.Array(Type.String()),
});

export const PreviewSchema = Type.Object({
  pages: Type.Array(
    Type.Object({
      width: Type.Integer(),
      height: Type.Integer(),
      /** A JPEG, base64. */
      jpeg: Type.String(),
    }),
  ),
  missing: Type.Array(MissingSchema),
  shortened: Type.Integer(),
  unbarred: Type.Integer(),
});

export const OrderSchema = Type.Object({
  id: Type.String(),
  archiveId: Type.String(),
  form: FormSchema,
  format: FormatSchema,
  name: Type.String(),
  state: Type.Enum([...STATES]),
  done: Type.Integer(),
  total: Nullable(Type.Integer()),
  /** Entries a second since it began. */
  rate: Nullable(Type.Number()),
  pages: Type.Integer(),
  bytes: Nullable(Type.Integer()),
  leftOut: Type.Integer(),
  shortened: Type.Integer(),
  unbarred: Type.Integer(),
  missing: Type.Array(MissingSchema),
  failure: Nullable(Type.String()),
  createdAt: Type.String(),
  finishedAt: Nullable(Type.String()),
  expiresAt: Type.String(),
});

export const presentMissing = (list: PrintOrder['missing']) =>
  list.map(({ character, count, places }) => ({
    // A lone surrogate, or a mark that turns the line about, is shown by its number alone.
    character: /[\p{C}]/u.test(character) ? '' : character,
    code: `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
    count,
    places: [...places],
  }));

/** Nobody's id, and nothing of how it was chosen: an order is only ever given to its person. */
export function presentOrder(o: PrintOrder, now: Date) {
  const until = o.finishedAt ?? now;
  const seconds = o.startedAt ? (until.getTime() - o.startedAt.getTime()) / 1_000 : 0;
  return {
    id: o.id,
    archiveId: o.archiveId,
    form: o.form,
    format: o.format,
    name: o.name,
    state: o.state,
    done: o.done,
    total: o.total,
    rate: o.state === 'running' && seconds > 1 ? Math.round(o.done / seconds) : null,
    pages: o.pages,
    bytes: o.bytes,
    leftOut: o.leftOut,
    shortened: o.shortened,
    unbarred: o.unbarred,
    missing: presentMissing(o.missing),
    failure: o.failure,
    createdAt: o.createdAt.toISOString(),
    finishedAt: o.finishedAt?.toISOString() ?? null,
    expiresAt: o.expiresAt.toISOString(),
  };
}

export const asSent = (settings: PrintSettings): Static<typeof SettingsSchema> =>
  Object.assign({}, settings, {
    columns: settings.columns.flatMap(({ key, width }) => (isColumn(key) ? [{ key, width }] : [])),
  });
