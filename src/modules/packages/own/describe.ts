import { type Finding, Refusal } from '#kernel/errors';
import type { FormerCode } from '#modules/holdings';
import type { ConsignedFonds, ConsignedUnit } from '../consignment.ts';

/** A line of a list, or the document about the package. Strangers may have written it. */
export type Said = Readonly<Record<string, unknown>>;

export const bad = (what: string): Refusal =>
  new Refusal('ingest.unreadable', `What the package says of its entries can not be read: ${what}`);

export function textOf(of: Said, name: string): string {
  const value = of[name];
  if (typeof value !== 'string') throw bad(`${name} is missing or no text.`);
  return value;
}

const textOrNull = (of: Said, name: string): string | null =>
  of[name] === null || of[name] === undefined ? null : textOf(of, name);

/** A file as the list of files has it. */
export interface FileLine {
  /** Key of its entry. */
  unit: string;
  path: string;
  name: string;
  nameBytes: Buffer;
  mediaType: string | null;
  bytes: number;
  sha512: string;
}

/** @throws Refusal ingest.unreadable */
export function fileIn(line: Said): FileLine {
  const name = textOf(line, 'name');
  const sha512 = textOf(line, 'sha512');
  const { bytes } = line;
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) throw bad('bytes is no size.');
  if (!/^[0-9a-f]{128}$/.test(sha512)) throw bad('sha512 is no digest.');
  const given = textOrNull(line, 'nameBytes');
  return {
    unit: textOf(line, 'unit'),
    path: textOf(line, 'path'),
    name,
    bytes,
    sha512,
    nameBytes: given === null ? Buffer.from(name, 'utf8') : Buffer.from(given, 'base64'),
    mediaType: textOrNull(line, 'mediaType'),
  };
}

/** @throws Refusal ingest.unreadable */
export function fondsIn(line: Said): ConsignedFonds {
  const agency = line.agency as Said | null | undefined;
  return {
    number: textOf(line, 'number'),
    name: textOf(line, 'name'),
    dates: textOrNull(line, 'dates'),
    history: textOrNull(line, 'history'),
    custody: textOrNull(line, 'custody'),
    scope: textOrNull(line, 'scope'),
    agency: agency ? { code: textOf(agency, 'code'), name: textOf(agency, 'name') } : null,
  };
}

/** An entry, and the folder of what is kept about it. @throws Refusal ingest.unreadable */
export function unitIn(
  line: Said,
): Omit<ConsignedUnit, 'hasFiles' | 'files' | 'documents'> & { folder: string | null } {
  const { row, formerCodes } = line;
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw bad('an entry has no row.');
  if (!Array.isArray(formerCodes)) throw bad('an entry has no list of former codes.');
  return {
    key: textOf(line, 'key'),
    parentKey: textOrNull(line, 'parent'),
    fonds: textOf(line, 'fonds'),
    folder: textOrNull(line, 'folder'),
    row: row as Said,
    formerCodes: formerCodes.map((c: Said): FormerCode => {
      const at = textOf(c, 'at');
      if (Number.isNaN(Date.parse(at))) throw bad('the time of a former code.');
      return { at, code: textOf(c, 'code'), basis: textOf(c, 'basis'), actorName: textOf(c, 'actorName') };
    }),
  };
}

export const errorAt = (path: string, code: string, message: string): Finding => ({
  code,
  severity: 'error',
  path,
  message,
});
