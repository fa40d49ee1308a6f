import type { AuditEntry } from '#kernel/audit';
import { isMessageKey, type Language, type MessageKey, type Params, t } from '#kernel/wording';
import { slots } from '#kernel/wording/message';

/** What things are called: by their ids, as far as that is known. */
export type ThingNames = ReadonlyMap<string, string>;

/** Follow from other fields; nobody typed them. */
const DERIVED: ReadonlySet<string> = new Set(['sortKey', 'dateFrom', 'dateTo']);

/**
 * An entry as a sentence: who did what to which thing. The catalogue has a pattern for each act; one it does not know
 * (of a newer version) is told plainly.
 */
export function sentenceOf(language: Language, entry: AuditEntry, names: ThingNames): string {
  const key = `auditAct.${entry.act}`;
  const pattern: MessageKey = isMessageKey(key) ? key : 'audit.unknownAct';
  const params: Record<string, string | number> = {
    actor: entry.actor.name,
    act: entry.act,
    thing: thingOf(language, entry, names),
    fields: fieldsOf(language, entry.detail.after),
    status: worded(language, 'access', entry.detail.status),
    what: worded(language, 'audit.what', entry.detail.what),
    person: nameIn(entry.detail.person),
    pages: Array.isArray(entry.detail.pages) ? entry.detail.pages.length : '—',
  };
  for (const [name, value] of Object.entries(entry.detail)) {
    if (params[name] !== undefined && params[name] !== '—') continue;
    if (typeof value === 'string' && value !== '') params[name] = value;
    if (typeof value === 'number') params[name] = value;
  }
  // A detail that an entry lacks is a dash in the sentence.
  for (const slot of slots(t(language, pattern))) params[slot] ??= '—';
  return t(language, pattern, params as Params);
}

/** Of a person an entry names beside its actor. */
function nameIn(person: unknown): string {
  const name = typeof person === 'object' && person !== null && 'name' in person ? person.name : person;
  return typeof name === 'string' && name !== '' ? name : '—';
}

/** The thing an entry is about, in words. */
export function thingOf(language: Language, entry: AuditEntry, names: ThingNames): string {
  // A certified copy's acts stand in the history of the record it is of as well.
  const isCopy = entry.target.type === 'unit' && entry.act.startsWith('certificate.');
  const key = `audit.thing.${isCopy ? 'copyOf' : entry.target.type}`;
  const label =
    names.get(entry.target.id) ??
    labelIn(entry) ??
    names.get(String(entry.detail.unit)) ??
    shortId(entry.target.id);
  return t(language, isMessageKey(key) ? key : 'audit.thing.other', { label });
}

const LABELS = ['referenceCode', 'number', 'username', 'displayName', 'fileName', 'name', 'code'];

function labelIn({ detail, target }: AuditEntry): string | undefined {
  for (const name of LABELS) {
    const value = detail[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  if (typeof detail.after === 'object' && detail.after !== null && target.type !== 'unit') {
    const { name } = detail.after as { name?: unknown };
    if (typeof name === 'string') return name;
  }
  return undefined;
}

const shortId = (id: string) => (id.length > 24 ? `…${id.slice(-8)}` : id);

function worded(language: Language, prefix: string, code: unknown): string {
  const key = `${prefix}.${String(code)}`;
  return isMessageKey(key) ? t(language, key) : typeof code === 'string' ? code : '—';
}

function fieldsOf(language: Language, after: unknown): string {
  if (typeof after !== 'object' || after === null) return t(language, 'audit.fields.some');
  const named = Object.keys(after)
    .filter((field) => !DERIVED.has(field))
    .map((field) => worded(language, 'field', field));
  return named.length === 0 ? t(language, 'audit.fields.some') : named.join(t(language, 'list.comma'));
}
