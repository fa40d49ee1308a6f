import type { CellInput } from '#formats/sheets';
import type { ImportField } from '../../catalogue-import/headings/fields.ts';
import { normalOf, shownDate } from '../../catalogue-import/reading/ead/shown.ts';
import { EXTRA } from '../../domain/unit.ts';
import { type Column, entryColumns, type Used } from '../sheets/columns.ts';
import { element, type Leaving, VALUES } from '../sheets/values.ts';
import type { DescribedFonds } from '../types.ts';

/** A list in the form another product knows: its columns in its order, what it has no column for behind them. */
export interface ListForm {
  columns: readonly ListColumn[];
  /** A fonds as a row, by headings; null where the form has rows for entries alone. */
  fonds: ((f: DescribedFonds, archive: { name: string }) => Readonly<Record<string, CellInput>>) | null;
}

export interface ListColumn {
  heading: string;
  /** The field of ours that it says; such a field gets no column of its own. */
  field?: ImportField;
  value?(l: Leaving, archive: { name: string }): CellInput;
}

const field = (heading: string, of: ImportField): ListColumn => ({
  heading,
  field: of,
  value: (l) => (VALUES[of] ?? element(of))(l, 'en'),
});
const plain = (heading: string): ListColumn => ({ heading });
const LEVEL = { series: 'Series', file: 'File', item: 'Item' } as const;

/** Values in AtoM's lists stand apart by bars. */
const barred = (of: ImportField, heading: string): ListColumn => ({
  heading,
  field: of,
  value: (l) => {
    const value = (VALUES[of] ?? element(of))(l, 'en');
    return typeof value === 'string' ? value.split('; ').join('|') : value;
  },
});

/** The list of descriptions by ISAD(G) that AtoM takes in: its columns in the order of its own template. */
export const ATOM: ListForm = {
  columns: [
    field('legacyId', 'sourceId'),
    { heading: 'parentId', field: 'parentSourceId', value: (l) => l.above?.id ?? l.unit.fondsId },
    plain('qubitParentSlug'), plain('accessionNumber'),
    field('identifier', 'referenceCode'), field('title', 'title'),
    { heading: 'levelOfDescription', field: 'level', value: (l) => LEVEL[l.unit.level] },
    field('extentAndMedium', 'medium'),
    { heading: 'repository', value: (_, archive) => archive.name },
    field('archivalHistory', 'custody'), field('acquisition', 'acquisition'), field('scopeAndContent', 'abstract'), field('appraisal', 'appraisal'),
    field('accruals', 'accruals'), field('arrangement', 'arrangement'), field('accessConditions', 'accessConditions'), field('reproductionConditions', 'reproduction'),
    field('language', 'language'), plain('script'), plain('languageNote'), field('physicalCharacteristics', 'physical'), field('findingAids', 'findingAids'),
    field('locationOfOriginals', 'originalLocation'), field('locationOfCopies', 'copyLocation'),
    field('relatedUnitsOfDescription', 'related'), field('publicationNote', 'publications'), plain('digitalObjectPath'), plain('digitalObjectURI'),
    field('generalNote', 'note'), barred('subjects', 'subjectAccessPoints'), plain('placeAccessPoints'),
    barred('persons', 'nameAccessPoints'), barred('genre', 'genreAccessPoints'), plain('descriptionIdentifier'),
    plain('institutionIdentifier'), field('rules', 'rules'), plain('descriptionStatus'), plain('levelOfDetail'), plain('revisionHistory'),
    plain('languageOfDescription'), plain('scriptOfDescription'), plain('sources'), field('archivistNote', 'describer'),
    plain('publicationStatus'), plain('physicalObjectName'), field('physicalObjectLocation', 'location'),
    plain('physicalObjectType'), plain('alternativeIdentifiers'), plain('alternativeIdentifierLabels'),
    { heading: 'eventDates', field: 'date', value: ({ unit }) => unit.date && shownDate(unit.date) },
    { heading: 'eventTypes', value: ({ unit }) => (unit.date || unit.creator ? 'Creation' : null) },
    { heading: 'eventStartDates', field: 'dateFrom', value: ({ unit }) => unit.dateFrom },
    { heading: 'eventEndDates', field: 'dateTo', value: ({ unit }) => unit.dateTo },
    field('eventActors', 'creator'), field('eventActorHistories', 'history'), plain('culture'),
  ], // biome-ignore format: a table of columns
  fonds: (f, archive) => ({
    legacyId: f.id, identifier: f.number, title: f.name, levelOfDescription: 'Fonds', repository: archive.name,
    archivalHistory: f.custody, scopeAndContent: f.scope, eventDates: f.dates, eventActors: f.agency, eventActorHistories: f.history,
  }), // biome-ignore format: a table of fields
};

/** Simple Dublin Core, an element a column, as Archivematica and others take it in. */
export const DUBLIN_CORE: ListForm = {
  columns: [
    field('dc.identifier', 'referenceCode'), field('dc.title', 'title'), field('dc.creator', 'creator'),
    field('dc.subject', 'subjects'), field('dc.description', 'abstract'),
    { heading: 'dc.publisher', value: (_, archive) => archive.name },
    { heading: 'dc.date', field: 'date', value: ({ unit: u }) => u.date && (shownDate(u.date) || normalOf(u.dateFrom, u.dateTo)) },
    field('dc.type', 'genre'), field('dc.format', 'medium'), plain('dc.source'), field('dc.language', 'language'),
    field('dc.relation', 'related'), plain('dc.coverage'), plain('dc.rights'), plain('dc.contributor'),
    { heading: 'dcterms.isPartOf', field: 'parentSourceId', value: (l) => l.above?.id },
  ], // biome-ignore format: a table of columns
  fonds: null,
};

/** The columns of a form for entries that use these elements: its own, then those it does not know. */
export function listColumns(form: ListForm, used: Used, archive: { name: string }): Column[] {
  const own: Column[] = form.columns.map(({ heading, value }) => ({
    heading,
    // What came in under a heading goes out under it.
    value: (l) => l.unit.description[EXTRA]?.[heading] ?? value?.(l, archive),
  }));
  const said = new Set<string>(form.columns.flatMap((c) => c.field ?? []));
  const headings = new Set(form.columns.map((c) => c.heading));
  const elements = used.elements.filter((e) => !said.has(e));
  const rest = entryColumns('en', {
    ...used,
    elements,
    headings: used.headings.filter((h) => !headings.has(h)),
    longest: new Map(),
  });
  const others = rest.filter((c) => c.field === undefined || !said.has(c.field));
  return [...own, ...others];
}
