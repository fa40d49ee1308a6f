import { readCategory, readRetention } from '#formats/reference-codes';
import { type ImportField, isDescriptionField } from '../headings/fields.ts';
import { guessHeading } from '../headings/recognise.ts';
import { dateReader } from './dates.ts';
import { readAccess, readClassification, readLevel, readPages, readYear } from './values.ts';

/** Below it, a heading may as well mean something else. */
const SURE = 0.9;

export interface NamedRow {
  /** By the names of the catalogue's columns. What no column could take stays under its own heading in `extra`. */
  row: Record<string, unknown>;
  fondsNo: string | null;
  fondsName: string | null;
}

/**
 * Understands values that stand under names as the columns of a catalogue do: an item of a handover's catalogue, elements of a
 * package. By the same rules as a catalogue that is imported, but for what those turn away: it is judged with the entry.
 */
export function rowOfNamed(values: ReadonlyMap<string, string>): NamedRow {
  const row: Record<string, unknown> = {};
  const description: Record<string, unknown> = {};
  const extra: Record<string, string> = {};
  const place: Partial<Record<ImportField, string>> = {};
  const dates = dateReader();
  for (const [heading, written] of values) {
    const value = written.trim();
    if (value === '') continue;
    const guess = guessHeading(heading)[0];
    const field = guess && guess.confidence >= SURE ? guess.field : undefined;
    if (field === 'fondsNo' || field === 'fondsName') place[field] ??= value;
    else if (field !== undefined && isDescriptionField(field) && !Object.hasOwn(description, field))
      description[field] = value;
    else {
      const columns = field === undefined ? undefined : columnsOf(field, value, dates);
      if (columns && !Object.keys(columns).some((c) => Object.hasOwn(row, c))) Object.assign(row, columns);
      else extra[heading] = value;
    }
  }
  if (Object.keys(extra).length > 0) description.extra = extra;
  return {
    row: { ...row, description },
    fondsNo: place.fondsNo ?? null,
    fondsName: place.fondsName ?? null,
  };
}

/** The columns a value fills; undefined where the field has none here or can not take it. */
function columnsOf(
  field: ImportField,
  value: string,
  dates: ReturnType<typeof dateReader>,
): Record<string, unknown> | undefined {
  const said = (column: string, read: unknown) => (read === undefined ? undefined : { [column]: read });
  switch (field) {
    case 'title':
      return { title: value };
    case 'referenceCode':
      return { reference_code: value };
    case 'creator':
      return { creator: value };
    case 'docNo':
      return { doc_no: value };
    case 'date': {
      const { text, from, to } = dates.one(value);
      return { date_text: text, date_from: from, date_to: to };
    }
    case 'category':
      return said('category', readCategory(value)?.code);
    case 'year':
      return said('year', readYear(value));
    case 'retention':
      return said('retention', readRetention(value)?.code);
    case 'classification': {
      // Secret words stay as they are: the entry is refused for them.
      const read = readClassification(value);
      return said('classification', read === 'secret' ? value : read);
    }
    case 'pages':
      return said('pages', readPages(value));
    case 'accessStatus':
      return said('access_status', readAccess(value));
    case 'level': {
      const read = readLevel(value);
      return said('level', read === 'fonds' ? undefined : read);
    }
    default:
      return undefined;
  }
}
