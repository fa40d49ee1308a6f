import { canonical, elementBy, isOwnKey, judgeElement } from '#formats/metadata-schemes';
import { Refusal } from '#kernel/errors';
import { positionBetween } from './position.ts';
import { ACCESS_STATUSES, type AccessStatus, type Description, type OwnKey } from './unit.ts';
import { applyInput, EMPTY_FIELDS, type UnitFields } from './unitInput.ts';

/** A code an entry had before, as a package tells it. */
export interface FormerCode {
  code: string;
  basis: string;
  actorName: string;
  /** ISO 8601. */
  at: string;
}

/** An entry as a package describes it, judged. */
export interface TakenFields extends UnitFields {
  /** Its place among its siblings; null: behind them. */
  position: string | null;
  accessStatus: AccessStatus;
  opensOn: string | null;
  embargoUntil: string | null;
}

const bad = (field: string) =>
  new Refusal(`unit.${field}`, `What the package says as ${field} can not be used.`, { field });

function text(row: Readonly<Record<string, unknown>>, column: string): string | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  if (typeof value !== 'string') throw bad(column);
  return value;
}

function number(row: Readonly<Record<string, unknown>>, column: string): number | null {
  const value = row[column];
  if (value === null || value === undefined) return null;
  if (typeof value !== 'number') throw bad(column);
  return value;
}

function day(row: Readonly<Record<string, unknown>>, column: string): string | null {
  const value = text(row, column);
  if (value === null) return null;
  if (!/^\d{4}-\d\d-\d\d$/.test(value) || Number.isNaN(Date.parse(value))) throw bad(column);
  return value;
}

/**
 * Reads a row of the catalogue out of a package, by the names of its columns. A package is strangers' work: what an entry
 * form would refuse is refused here.
 *
 * @throws Refusal `unit.*`, naming the column that can not be used
 */
export function readTakenRow(row: Readonly<Record<string, unknown>>): TakenFields {
  const { extra, own, described, unfit } = descriptionOf(row.description);
  const stated = {
    category: text(row, 'category'),
    year: number(row, 'year'),
    retention: text(row, 'retention'),
  };
  const fields = applyInput(EMPTY_FIELDS, {
    level: text(row, 'level') ?? 'item',
    title: text(row, 'title') ?? '',
    referenceCode: text(row, 'reference_code'),
    creator: text(row, 'creator'),
    docNo: text(row, 'doc_no'),
    classification: text(row, 'classification') ?? 'public',
    pages: number(row, 'pages'),
    description: described,
    ...stated,
  });
  // Elements of an archive's own come as they are: whether this archive has them is not the package's affair.
  const kept = { ...extra, ...unfit };
  const description: Description = {
    ...fields.description,
    ...own,
    ...(Object.keys(kept).length > 0 ? { extra: kept } : {}),
  };
  const status = text(row, 'access_status') ?? 'unreviewed';
  const accessStatus = ACCESS_STATUSES.find((s) => s === status);
  if (!accessStatus) throw bad('access_status');
  const date = text(row, 'date_text');
  if (date !== null && [...date].length > 120) throw bad('date_text');
  const [dateFrom, dateTo] = [day(row, 'date_from'), day(row, 'date_to')];
  return {
    ...fields,
    // What is not said stays so: a code or a date gives nothing of its own here.
    category: stated.category === null ? null : fields.category,
    year: stated.year,
    retention: stated.retention === null ? null : fields.retention,
    date,
    dateFrom,
    dateTo,
    description,
    position: positionOf(row),
    accessStatus,
    opensOn: accessStatus === 'open' ? day(row, 'opens_on') : null,
    embargoUntil: day(row, 'embargo_until'),
  };
}

interface TakenDescription {
  described: Record<string, unknown>;
  own: Record<OwnKey, string>;
  /** Values their element can not take, under its name: nothing of a package is lost. */
  unfit: Record<string, string>;
  extra?: Record<string, string>;
}

function descriptionOf(value: unknown): TakenDescription {
  const taken: TakenDescription = { described: {}, own: {}, unfit: {} };
  if (value === null || value === undefined) return taken;
  if (typeof value !== 'object' || Array.isArray(value)) throw bad('description');
  for (const [key, given] of Object.entries(value)) {
    if (key === 'extra') {
      if (given !== undefined) taken.extra = extraOf(given);
    } else if (isOwn(key)) {
      if (typeof given !== 'string' || given.length > 20_000) throw bad(key);
      taken.own[key] = given;
    } else if (typeof given === 'string' && isUnfit(key, given))
      taken.unfit[elementBy(key)?.elements[0] ?? key] = given;
    else taken.described[key] = given;
  }
  return taken;
}

/** As in a catalogue that is imported: a word that is not in the list of a standard is kept beside. */
function isUnfit(key: string, value: string): boolean {
  const field = elementBy(key);
  return (
    field !== undefined &&
    judgeElement(field, canonical(field, value)).some((f) => f.weight === 'error' && f.rule !== 'length')
  );
}

const isOwn = (key: string): key is OwnKey => isOwnKey(key);

function extraOf(extra: unknown): Record<string, string> {
  if (typeof extra !== 'object' || extra === null || JSON.stringify(extra).length > 200_000)
    throw bad('extra');
  const said: Record<string, string> = {};
  for (const [heading, cell] of Object.entries(extra)) {
    if (typeof cell !== 'string') throw bad('extra');
    said[heading] = cell;
  }
  return said;
}

/** A key that the order of siblings can go on from. */
function positionOf(row: Readonly<Record<string, unknown>>): string | null {
  const position = text(row, 'position');
  if (position === null) return null;
  if (position.length > 1_000) throw bad('position');
  try {
    positionBetween(position, null);
  } catch {
    throw bad('position');
  }
  return position;
}
