import {
  canonical,
  type DescriptionFinding,
  derived,
  fieldsOf,
  inFormOrder,
  judge,
  type MetadataField,
  type MetadataRecord,
  type SchemeBody,
  type SchemeLevel,
  sayFault,
  schemeFor,
  slotsOfCode,
} from '#formats/metadata-schemes';
import { type Actor, demand, type Language, scopeOf } from '#kernel/actor';
import { parseArchivalDate } from '#kernel/dates';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { type Schemes, schemesOf } from '../domain/schemes.ts';
import { templatesInUse } from '../store/codeTemplates.ts';
import { fondsById } from '../store/fonds.ts';
import {
  latestVersion,
  type SchemeVersionRow,
  schemesInForce,
  schemeVersion,
  schemeVersions,
} from '../store/schemes.ts';
import { unitById } from '../store/units.ts';
import { today } from '../store/visibility.ts';
import { differences, type SchemeDifference } from './differences.ts';
import { type InheritedValue, inheritedBy, uppersOf } from './inherited.ts';
import { readBody } from './readBody.ts';

const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** A version with what it says otherwise than the one before. */
export type TracedVersion = SchemeVersionRow & { differences: SchemeDifference[] };

/** All versions of an archive's schemes, the newest of each category first. */
export function schemeHistory(deps: HoldingsDeps, actor: Actor, archiveId: string): Promise<TracedVersion[]> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.read', archiveId, noArchive());
    const all = await schemeVersions(tx, archiveId);
    return all.map((v) => traced(v, all));
  });
}

/** @throws Refusal descriptionScheme.notFound */
export function schemeOne(deps: HoldingsDeps, actor: Actor, id: string): Promise<TracedVersion> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const none = new Refusal('descriptionScheme.notFound', 'There is no such scheme.');
    const found = await schemeVersion(tx, id);
    if (!found) throw none;
    demand(actor, 'holdings.read', found.archiveId, none);
    return traced(found, await schemeVersions(tx, found.archiveId));
  });
}

function traced(v: SchemeVersionRow, all: readonly SchemeVersionRow[]): TracedVersion {
  const before = all.find((o) => o.category === v.category && o.version === v.version - 1);
  return { ...v, differences: differences(before?.body ?? null, v.body) };
}

/** The fields of a form, in the order of the areas of DA/T 18. */
export interface Form {
  fields: MetadataField[];
  refuses: boolean;
}

const formBy = (schemes: Schemes, category: string | null, level: SchemeLevel): Form => ({
  fields: inFormOrder(schemes.of(category, level).fields, schemes.order(category)),
  refuses: schemes.refuses(category),
});

/** How entries of a category are described today at a level. Everybody may know. */
export function formOf(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  o: { category: string | null; level: SchemeLevel },
): Promise<Form> {
  return deps.db.as(scopeOf(actor), async (tx) =>
    formBy(await schemesInForce(tx, archiveId), o.category, o.level),
  );
}

/** How they would be described by a scheme that is not in force. Nothing is kept. @throws Refusal descriptionScheme.* */
export function previewForm(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  o: { category: string | null; level: SchemeLevel; body: SchemeBody },
): Promise<Form> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.write', archiveId, noArchive());
    const { category } = o;
    const beside = category === null ? null : ((await latestVersion(tx, archiveId, null))?.body ?? null);
    const before = (await latestVersion(tx, archiveId, category))?.body ?? null;
    const body = readBody(category, o.body, beside, before);
    const own = [{ category, body }, ...(beside ? [{ category: null, body: beside }] : [])];
    return formBy(schemesOf(own), category, o.level);
  });
}

/** The standard's fields of a category at a level, before an archive says anything. */
export const standardForm = ({ category, level }: { category: string | null; level: SchemeLevel }): Form => ({
  fields: inFormOrder(schemeFor(category, level).fields),
  refuses: false,
});

/** What is asked of a description that is being written. */
export interface WrittenEntry {
  fondsId?: string | undefined;
  parentId?: string | null | undefined;
  level: SchemeLevel;
  values: Readonly<Record<string, string>>;
}

/** A finding in words. */
export interface SaidFinding extends DescriptionFinding {
  says: string;
}

export interface Judged {
  findings: SaidFinding[];
  /** What would be filled in where nothing is said. */
  filled: Record<string, string>;
  inherited: Record<string, InheritedValue>;
}

/**
 * What is found of an entry while it is being written, by the rule that will take or refuse it. Nothing is kept.
 *
 * @throws Refusal archive.notFound, actor.forbidden
 */
export function judgeWritten(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  entry: WrittenEntry,
): Promise<Judged> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    demand(actor, 'holdings.write', archiveId, noArchive());
    const schemes = await schemesInForce(tx, archiveId);
    const category = entry.values.category?.trim().toUpperCase() || null;
    const scheme = schemes.of(entry.level === 'fonds' ? null : category, entry.level);
    const written: MetadataRecord = Object.fromEntries(
      Object.entries(entry.values).map(([key, value]) => {
        const field = fieldsOf(scheme).get(key);
        return [key, field ? canonical(field, value) : value.trim()];
      }),
    );
    const { date } = parseArchivalDate(String(written.date ?? ''));
    // The year that is not said is that of the date, as when it is kept.
    const year = !written.year && date ? date.from.slice(0, 4) : undefined;
    const record: MetadataRecord = year === undefined ? written : { ...written, year };
    const uppers = await aboveWritten(tx, archiveId, entry);
    const under = uppers[0]?.from.type === 'unit';
    const [day, templates] = [await today(tx), await templatesInUse(tx, archiveId)];
    const findings = judge(record, scheme, {
      under,
      today: day,
      templates: templates.length > 0 ? templates : undefined,
    }).map((f) => withNoTitle(f));
    const from = {
      record,
      slots: slotsOfCode(record),
      from: date?.from ?? null,
      to: date?.to ?? null,
      above: uppers[0]?.record ?? {},
    };
    const filled: Record<string, string> = year === undefined ? {} : { year };
    for (const field of scheme.fields) {
      if (String(record[field.key] ?? '') !== '') continue;
      const value = (field.derive && derived(field.derive, from)) || field.initial;
      if (value) filled[field.key] = value;
    }
    return {
      findings: findings.map((f) => ({ ...f, says: wordsOf(f, scheme, actor.language) })),
      filled,
      inherited: inheritedBy(scheme, record, uppers),
    };
  });
}

/** Without a title there is no entry, whatever the scheme does with gaps. */
const withNoTitle = (f: DescriptionFinding): DescriptionFinding =>
  f.field === 'title' && f.weight === 'gap' ? { ...f, weight: 'error' } : f;

const wordsOf = (
  { rule, field, message, detail }: DescriptionFinding,
  scheme: Parameters<typeof sayFault>[1],
  language: Language,
): string =>
  sayFault(
    { rule: rule === 'unused' || rule === 'secret' ? 'vocabulary' : rule, field, message, detail },
    scheme,
    language,
  );

async function aboveWritten(tx: Tx, archiveId: string, { fondsId, parentId }: WrittenEntry) {
  const parent = parentId ? await unitById(tx, parentId) : undefined;
  const fonds = fondsId ? await fondsById(tx, fondsId) : undefined;
  if (!fonds || fonds.archiveId !== archiveId) return [];
  return uppersOf(tx, parent?.fondsId === fonds.id ? parent : null, fonds);
}
