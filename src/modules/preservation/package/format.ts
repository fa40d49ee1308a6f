/** Names and numbers of the package format; docs/package.md tells them to people. */
export const FORMAT = 'lantai package';
export const FORMAT_VERSION = 1;

/** Files in one document. */
export const PART = 1_000;

export const OBJECT = 'metadata/object.json';
export const DESCRIPTION = 'metadata/description.json';
export const ENTITY = 'metadata/premis/entity.xml';
/** The one list of files of the layout before this format. */
export const OLD_FILES = 'metadata/files.json';

const five = (n: number) => String(n).padStart(5, '0');

/** @param part from 1 */
export const filesPath = (part: number): string => `metadata/files/${five(part)}.json`;
/** @param part from 1 */
export const premisFilesPath = (part: number): string => `metadata/premis/files-${five(part)}.xml`;
export const eventsPath = (version: string): string => `metadata/premis/events-${version}.xml`;
/** What was made of held files in a version. */
export const derivativesPath = (version: string): string => `metadata/derivatives-${version}.json`;
export const premisDerivativesPath = (version: string): string =>
  `metadata/premis/derivatives-${version}.xml`;
/** Where a file made of another lies: beside it, and named like it. @param source `content/0001.webp` */
export const derivativePath = (source: string, extension: string): string =>
  `derivatives/${source.slice(source.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')}.${extension}`;
/** A report of a version, e.g. `intake`. @param part from 1 */
export const checkPath = (version: string, report: string, part: number): string =>
  `checks/${version}-${report}-${five(part)}.json`;

/** The documents of a page's text, without their endings. @param contentPath `content/0001.tif` @param page from 1 */
export function textPath(contentPath: string, page: number): string {
  const name = contentPath.slice(contentPath.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return `text/${name}/${five(page)}`;
}

/** Number of documents for so many files. */
export const partsOf = (files: number): number => Math.ceil(files / PART);

/** A document of JSON as it is kept: for people, hence with line breaks. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
