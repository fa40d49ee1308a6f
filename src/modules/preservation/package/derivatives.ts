import type { NewFile } from '#formats/ocfl';
import { type PremisFile, premisXml } from '#formats/premis';
import { urn } from './events.ts';
import { derivativesPath, jsonText, premisDerivativesPath } from './format.ts';
import { type FoundFormat, formatName, type IntakeCheck, isRegistered, objectIdOf } from './records.ts';

/** A file made of one that is held, and kept beside it. */
export interface DerivativeRecord {
  /** Order of the original in the unit, and where it lies in the object. */
  of: number;
  source: string;
  /** The original's format, when it was converted. */
  sourcePuid: string;
  /** normalise or migrate: why it was made. */
  policy: 'normalise' | 'migrate';
  target: string;
  path: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  sha512: string;
  pages?: number;
  identified: FoundFormat;
  /** ISO 8601, UTC. */
  madeAt: string;
  tool: { name: string; version: string; options: string };
  /** What was looked at before it was kept. */
  checks: IntakeCheck[];
}

/** The documents about what was made in a version. They are never written again. */
export function derivativeDocuments(
  unitId: string,
  version: string,
  derivatives: readonly DerivativeRecord[],
): NewFile[] {
  const text = (logicalPath: string, of: string): NewFile => ({
    logicalPath,
    source: { bytes: Buffer.from(of, 'utf8') },
  });
  const premis = premisXml({ objects: derivatives.map((d) => premisDerivative(unitId, d)) });
  return [
    text(derivativesPath(version), jsonText({ version, derivatives })),
    text(premisDerivativesPath(version), [...premis].join('')),
  ];
}

function premisDerivative(unitId: string, d: DerivativeRecord): PremisFile {
  const { identified: i } = d;
  const named = (path: string) => urn(`${objectIdOf(unitId)}#${path}`);
  return {
    category: 'file',
    identifiers: [named(d.path)],
    ...(d.pages === undefined ? {} : { properties: [{ type: 'pages', value: String(d.pages) }] }),
    fixity: [
      { algorithm: 'SHA-512', digest: d.sha512, originator: 'Lantai' },
      { algorithm: 'SHA-256', digest: d.sha256, originator: 'Lantai' },
    ],
    size: d.bytes,
    format: {
      name: d.mediaType,
      version: i.version,
      ...(isRegistered(i.puid) ? { registry: { name: 'PRONOM', key: i.puid } } : {}),
      notes: [`${formatName(i)} (${i.by}: ${i.basis})`],
    },
    creatingApplication: { name: d.tool.name, version: d.tool.version, made: d.madeAt },
    location: d.path,
    derivedFrom: named(d.source),
  };
}
