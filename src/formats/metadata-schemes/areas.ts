import { AREAS, type Area } from './types.ts';

/** Which area of DA/T 18 each element is shown in, and in which order there [S:WEN; the places of single elements M-low]. */
const KEYS: Readonly<Record<Area, string>> = {
  identity:
    'archiveCode level referenceCode title docNo date category year dept catalogueNo volumeNo itemNo officeItemNo archiveItemNo ' +
    'projectNo projectName discipline phase equipmentNo accountKind accountSubject period voucherNos amount businessNo ' +
    'businessKind pages medium genre draft urgency annex scale duration frames device microNo origin fileFormat fileSize',
  context: 'creator fondsNo fondsName party mainTo copyTo history custody acquisition',
  content:
    'abstract scope event place gps persons subjects keywords classNo retention appraisal accruals arrangement destruction ' +
    'closedOn outcome',
  access:
    'classification secrecyTerm accessStatus disclosure openReason openBasis reviewBatch accessConditions reproduction ' +
    'language physical findingAids',
  allied: 'location boxNo originalLocation copyLocation related publications',
  notes: 'note',
  control: 'describer describedAt rules identifiers',
};

const PLACES = new Map<string, { area: Area; nth: number }>(
  AREAS.flatMap((area) => KEYS[area].split(' ').map((key, nth) => [key, { area, nth }] as const)),
);

/** The area an element is shown in; what the standards do not place stands in the notes. */
export const areaOf = (key: string): Area => PLACES.get(key)?.area ?? 'notes';

/**
 * Fields as they stand in a form: by area, in each as the archive has ordered them, the others behind as the standard has them and an
 * archive's own last.
 */
export function inFormOrder<F extends { key: string; area: Area }>(
  fields: readonly F[],
  order: readonly string[] = [],
): F[] {
  const wished = new Map(order.map((key, nth) => [key, nth]));
  const within = (key: string) => wished.get(key) ?? 10_000 + (PLACES.get(key)?.nth ?? 999);
  const place = (f: F) => AREAS.indexOf(f.area) * 100_000 + within(f.key);
  return fields.toSorted((a, b) => place(a) - place(b));
}
