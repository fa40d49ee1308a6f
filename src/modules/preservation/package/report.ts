import type { NewFile, OcflObject } from '#formats/ocfl';
import { Refusal } from '#kernel/errors';
import { checkPath, jsonText } from './format.ts';
import type { Spool } from './spool.ts';
import type { Deed } from './version.ts';

/** A report on an object or its files, to be kept in the object. */
export interface Report {
  /** What kind of report, as part of a file name: `four-nature`. */
  name: string;
  /** What was found, in parts: none should speak of more than a thousand files. */
  parts: readonly Record<string, unknown>[];
  /** The event that is told of it, in words of PREMIS: `validation`. */
  deed: Deed;
}

/** Documents of a report that is kept with a version. @throws Refusal `report.badName` */
export async function reportFiles(
  { name, parts }: Report,
  version: string,
  at: Date,
  spool: Spool,
): Promise<NewFile[]> {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name))
    throw new Refusal('report.badName', 'Reports are named by small letters, digits and dashes.', { name });
  const files: NewFile[] = [];
  for (const [i, part] of parts.entries())
    files.push({
      logicalPath: checkPath(version, name, i + 1),
      source: await spool.keep(jsonText({ report: name, version, at: at.toISOString(), ...part })),
    });
  return files;
}

/** Whether an object keeps a report of this name, with whatever version it came. */
export function keepsReport(object: Pick<OcflObject, 'files'>, name: string): boolean {
  return object.files().some(({ logicalPath }) => {
    const [, of] = /^checks\/v\d+-(.+)-\d+\.json$/.exec(logicalPath) ?? [];
    return of === name;
  });
}
