import type { Authority, Kind } from './queries.ts';

type Form = Authority['names'][number]['form'];

/** Names and dates as they stand in fields: text, nothing for what is not said. */
export interface NameDraft {
  key: number;
  form: Form;
  name: string;
  from: string;
  to: string;
  lang: string;
  note: string;
  text: string | null;
}
export interface Draft {
  kind: Kind;
  vocabularyId: string | undefined;
  names: NameDraft[];
  exist: { text: string; from: string; to: string };
  identifiers: { key: number; type: string; value: string }[];
  elements: Record<string, string>;
  recordId: string;
  status: Authority['status'];
  restricted: boolean;
}

let keys = 0;
export const newKey = (): number => ++keys;

export const emptyName = (form: Form): NameDraft => ({
  key: newKey(),
  form,
  name: '',
  from: '',
  to: '',
  lang: '',
  note: '',
  text: null,
});

export function draftOf(a: Authority | undefined, kind: Kind, vocabularyId: string | undefined): Draft {
  if (!a)
    return {
      kind,
      vocabularyId,
      names: [emptyName('authorised')],
      exist: { text: '', from: '', to: '' },
      identifiers: [],
      elements: {},
      recordId: '',
      status: 'draft',
      restricted: false,
    };
  return {
    kind: a.kind,
    vocabularyId: a.vocabularyId ?? undefined,
    names: a.names.map((n) => ({
      key: newKey(),
      form: n.form,
      name: n.name,
      from: n.from ?? '',
      to: n.to ?? '',
      lang: n.lang ?? '',
      note: n.note ?? '',
      text: n.text,
    })),
    exist: { text: a.exist.text ?? '', from: a.exist.from ?? '', to: a.exist.to ?? '' },
    identifiers: a.identifiers.map(({ type, value }) => ({ key: newKey(), type, value })),
    elements: Object.fromEntries(Object.entries(a.elements)),
    recordId: a.recordId ?? '',
    status: a.status,
    restricted: a.restricted,
  };
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** The draft as the server takes it. Elements that were emptied are told as empty. */
export function said(d: Draft) {
  return {
    kind: d.kind,
    vocabularyId: d.vocabularyId ?? null,
    names: d.names
      .filter((n) => n.name.trim() !== '')
      .map(({ form, name, from, to, lang, note, text }) => ({
        form,
        name,
        text,
        from: orNull(from),
        to: orNull(to),
        lang: orNull(lang),
        note: orNull(note),
      })),
    exist: { text: orNull(d.exist.text), from: orNull(d.exist.from), to: orNull(d.exist.to) },
    identifiers: d.identifiers
      .filter((i) => i.value.trim() !== '')
      .map(({ type, value }) => ({ type, value })),
    elements: Object.fromEntries(Object.entries(d.elements).map(([k, v]) => [k, orNull(v)])),
    recordId: orNull(d.recordId),
    status: d.status,
    restricted: d.restricted,
  };
}
