import type { Finding } from '#kernel/errors';
import { CSIP_FILES } from './csipFiles.ts';
import { CSIP_HEAD } from './csipHead.ts';
import { CSIP_MAP } from './csipMap.ts';
import { DIP, SIP } from './sip.ts';
import { STRUCTURE } from './structure.ts';
import { type EarkVersion, type RequirementRow, SEVERITY } from './types.ts';

export type { EarkVersion, Level } from './types.ts';

/** All requirements of CSIP, SIP and DIP by their identifiers. */
export const REQUIREMENTS: ReadonlyMap<string, RequirementRow> = new Map(
  [...STRUCTURE, ...CSIP_HEAD, ...CSIP_FILES, ...CSIP_MAP, ...SIP, ...DIP].map((row) => [row[0], row]),
);

export function requirement(id: string): RequirementRow {
  const row = REQUIREMENTS.get(id);
  if (row === undefined) throw new Error(`There is no requirement ${id}.`);
  return row;
}

export function severityOf([, level]: RequirementRow, version: EarkVersion): Finding['severity'] {
  return SEVERITY[typeof level === 'string' ? level : level[version]];
}
