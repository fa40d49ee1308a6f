import { type PremisFile, premisXml } from '#formats/premis';
import type { PreservationEvent } from '../store/events.ts';
import { premisAgents, premisEvent, urn } from './events.ts';
import { FORMAT, FORMAT_VERSION, jsonText, partsOf } from './format.ts';
import { type FileRecord, formatName, isRegistered, objectIdOf } from './records.ts';

/** A unit as the catalogue has it at one moment: its whole row, and what it stands under. */
export interface UnitSnapshot {
  row: Readonly<Record<string, unknown>>;
  /** When it was read, by the database's clock. */
  saved: Date;
  archive: { id: string; code: string; name: string };
  fonds: { id: string; number: string; name: string };
  above: readonly { level: string; referenceCode: string | null; title: string }[];
}

/** `metadata/object.json`. */
export interface ObjectDocument {
  format: string;
  version: number;
  object: string;
  unit: string;
  archive: UnitSnapshot['archive'];
  fonds: UnitSnapshot['fonds'];
  /** ISO 8601, UTC. */
  saved: string;
  files: number;
  pages: number;
  parts: number;
  row: Record<string, unknown>;
}

export interface Counts {
  files: number;
  pages: number;
}

/** The row as it will be when the version counts: the catalogue is told which object holds how many pages. */
const rowOf = (unitId: string, { row }: UnitSnapshot, { pages }: Counts) => ({
  ...row,
  object_id: objectIdOf(unitId),
  page_count: pages,
});

export function objectDocument(unitId: string, unit: UnitSnapshot, counts: Counts): string {
  const document: ObjectDocument = {
    format: FORMAT,
    version: FORMAT_VERSION,
    object: objectIdOf(unitId),
    unit: unitId,
    archive: unit.archive,
    fonds: unit.fonds,
    saved: unit.saved.toISOString(),
    files: counts.files,
    pages: counts.pages,
    parts: partsOf(counts.files),
    row: rowOf(unitId, unit, counts),
  };
  return jsonText(document);
}

/** Columns that people read, under the names the documents use. */
const READ: readonly (readonly [column: string, name: string])[] = [
  ['level', 'level'],
  ['reference_code', 'referenceCode'],
  ['title', 'title'],
  ['creator', 'creator'],
  ['doc_no', 'docNo'],
  ['date_text', 'date'],
  ['category', 'category'],
  ['year', 'year'],
  ['retention', 'retention'],
  ['classification', 'classification'],
  ['access_status', 'accessStatus'],
  ['opens_on', 'opensOn'],
  ['embargo_until', 'embargoUntil'],
  ['pages', 'sheets'],
];

export function descriptionDocument(unit: UnitSnapshot): string {
  const { row, archive, fonds, above } = unit;
  const said = READ.flatMap(([column, name]) => {
    const value = row[column];
    return value === null || value === undefined ? [] : [[name, value] as const];
  });
  return jsonText({
    archive: archive.name,
    fonds: { number: fonds.number, name: fonds.name },
    ...(above.length > 0 ? { above } : {}),
    ...Object.fromEntries(said),
    ...(row.description as object),
  });
}

export const filesDocument = (part: number, files: readonly FileRecord[]): string =>
  jsonText({ part, files });

const contentOf = (unitId: string) => urn(`${objectIdOf(unitId)}#content`);
const textOf = (value: unknown): string | undefined =>
  value === null || value === undefined ? undefined : String(value);

/** The entry, what stands for it, what may be done with it, and who keeps it. */
export function entityDocument(unitId: string, unit: UnitSnapshot, counts: Counts): string {
  const { row, archive } = unit;
  const entity = urn(objectIdOf(unitId));
  const rights = urn(`${objectIdOf(unitId)}#rights`);
  const keeper = urn(`urn:uuid:${archive.id}`);
  const restrictions = [
    `access status: ${String(row.access_status)}`,
    `classification: ${String(row.classification)}`,
  ];
  const pieces = premisXml({
    objects: [
      {
        category: 'intellectualEntity',
        identifiers: [
          entity,
          ...(row.reference_code ? [{ type: 'reference code', value: String(row.reference_code) }] : []),
        ],
        properties: [{ type: 'level', value: String(row.level) }],
        name: textOf(row.title),
        rights: [rights],
      },
      {
        category: 'representation',
        identifiers: [contentOf(unitId)],
        properties: [
          { type: 'files', value: String(counts.files) },
          { type: 'pages', value: String(counts.pages) },
        ],
        represents: entity,
      },
    ],
    agents: [{ identifier: keeper, name: archive.name, type: 'organization', note: `code ${archive.code}` }],
    rights: [
      {
        identifier: rights,
        basis: 'archival access decision',
        notes: [`as of ${unit.saved.toISOString()}`],
        granted: [
          {
            act: 'disseminate',
            restrictions,
            from: textOf(row.opens_on),
            restrictedUntil: textOf(row.embargo_until),
          },
        ],
        objects: [entity, contentOf(unitId)],
        agents: [{ identifier: keeper, role: 'grantor' }],
      },
    ],
  });
  return [...pieces].join('');
}

/** The files of one part as objects of PREMIS. */
export function premisFilesDocument(unitId: string, files: readonly FileRecord[]): string {
  return [...premisXml({ objects: files.map((f) => premisFile(unitId, f)) })].join('');
}

function premisFile(unitId: string, f: FileRecord): PremisFile {
  const { technical: t } = f;
  const about = Object.entries(t ?? {}).filter(([key]) => !TOLD_ELSEWHERE.has(key));
  return {
    category: 'file',
    identifiers: [urn(`${objectIdOf(unitId)}#${f.path}`)],
    properties: [
      { type: 'pages', value: String(f.pages.length) },
      ...about.map(([type, value]) => ({ type, value: String(value) })),
    ],
    fixity: [
      { algorithm: 'SHA-512', digest: f.sha512, originator: 'Lantai' },
      { algorithm: 'SHA-256', digest: f.sha256, originator: 'Lantai' },
    ],
    size: f.bytes,
    format: premisFormat(f),
    ...(t?.software || t?.made ? { creatingApplication: { name: t.software, made: t.made } } : {}),
    ...(t?.encrypted ? { inhibitor: 'encryption' } : {}),
    originalName: f.name,
    location: f.path,
    partOf: contentOf(unitId),
  };
}

function premisFormat({ mediaType, technical, identified: i }: FileRecord): PremisFile['format'] {
  const notes = ['found by its first bytes, then opened'];
  if (!i) return { name: mediaType, version: technical?.formatVersion, notes };
  const or = i.or?.length ? `; may be ${i.or.join(', ')}` : '';
  return {
    name: mediaType,
    version: technical?.formatVersion,
    ...(isRegistered(i.puid) ? { registry: { name: 'PRONOM', key: i.puid } } : {}),
    notes: [...notes, `${formatName(i)} (${i.by}: ${i.basis}${or})`],
  };
}

/** Members of the technical metadata that PREMIS has units of its own for. */
const TOLD_ELSEWHERE = new Set(['format', 'formatVersion', 'software', 'made', 'encrypted', 'pages']);

/** What happened when a version was made, and who did it. */
export function eventsDocument(unitId: string, events: readonly PreservationEvent[]): string {
  const pieces = premisXml({
    objects: [{ category: 'intellectualEntity', identifiers: [urn(objectIdOf(unitId))] }],
    events: events.map(premisEvent),
    agents: premisAgents(events),
  });
  return [...pieces].join('');
}
