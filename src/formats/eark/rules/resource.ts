import { CHECKSUMS, type MetsDigest, type MetsLocation, resourcePath } from '#formats/mets';
import { foldName } from '#formats/tree';
import { isRefusal } from '#kernel/errors';
import { isDateTime, type Judged } from '../document.ts';
import { quoted } from '../report.ts';
import { MEDIA_TYPES } from '../vocabularies.ts';
import { otherLineEnds } from './lineEnds.ts';

/** Requirements of one kind of reference. */
export interface ResourceIds {
  locator: string;
  link: string;
  href: string;
}

export interface DigestIds {
  mime: string;
  size: string;
  created: string;
  checksum: string;
  checksumType: string;
}

const MEDIA_TYPE = /^([a-z]+)\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}(?:\s*;.*)?$/;
const LONGEST_MEDIA_TYPE = 256;

/** The link itself. @returns path of the file below the folder of the document; undefined where none is there */
export async function judgeLocation(
  doc: Judged,
  place: string,
  location: MetsLocation,
  ids: ResourceIds,
): Promise<string | undefined> {
  const say = (id: string, detail: string) => doc.report.say(id, place, { detail });
  if (location.locator !== 'URL')
    say(
      ids.locator,
      location.locator === undefined ? 'It says none.' : `It says ${quoted(location.locator)}.`,
    );
  if (location.linkType !== 'simple')
    say(
      ids.link,
      location.linkType === undefined ? 'It says none.' : `It says ${quoted(location.linkType)}.`,
    );
  if (location.href === undefined || location.href.trim() === '') {
    say(ids.href, 'It does not say where.');
    return undefined;
  }
  const { href } = location;
  const found = await fileAt(doc, href);
  if (found !== undefined) return found;
  const near = await fileNear(doc, href);
  say(
    ids.href,
    near === undefined
      ? `There is no file at ${quoted(href)}.`
      : `It says ${quoted(href)}; the file is called ${quoted(near)}.`,
  );
  if (near !== undefined) doc.referenced.add(doc.folder + near, 'file');
  return near;
}

/** Entries of a folder that are looked through for a name that is nearly the one wanted. */
const LOOKED_THROUGH = 10_000;

/** A file whose name differs by case or normal form alone, or by the strokes between its folders: it is meant. */
async function fileNear(doc: Judged, href: string): Promise<string | undefined> {
  for (const path of resourcePath(href.replaceAll('\\', '/'))) {
    if ((await doc.tree.entry(path))?.kind === 'file') return path;
    let left = LOOKED_THROUGH;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    for await (const entry of doc.tree.list(folder)) {
      if (entry.kind === 'file' && foldName(entry.path) === foldName(path)) return entry.path;
      if (--left === 0) break;
    }
  }
  return undefined;
}

/** The file that is meant, noted as referred to; undefined where there is none. */
export async function fileAt(doc: Judged, href: string): Promise<string | undefined> {
  for (const path of resourcePath(href)) {
    const entry = await doc.tree.entry(path);
    if (entry?.kind !== 'file') continue;
    doc.referenced.add(doc.folder + path, 'file');
    return path;
  }
  return undefined;
}

/** What is said of a file, and whether the file bears it out. @param path undefined where the file is not there */
export async function judgeDigest(
  doc: Judged,
  place: string,
  said: MetsDigest,
  path: string | undefined,
  ids: DigestIds,
): Promise<void> {
  judgeMediaType(doc, place, said.mimeType, ids.mime);
  const say = (id: string, detail: string) => doc.report.say(id, place, { detail });
  if (said.created === undefined) say(ids.created, 'It does not say when.');
  else if (!isDateTime(said.created)) say(ids.created, `${quoted(said.created)} is no date and time.`);
  const faults: Fault[] = [];
  const sizeFault = await faultOfSize(doc, said, path);
  if (sizeFault !== undefined) faults.push({ id: ids.size, detail: sizeFault });
  faults.push(...(await faultsOfChecksum(doc, place, said, path, ids)));
  const before = path !== undefined && faults.length === 2 ? await explained(doc, said, path) : null;
  if (before !== null)
    doc.report.add({
      code: 'eark.lineEnds',
      severity: 'error',
      path: place,
      message: `${quoted(path!)} is not as it was listed (${ids.size}, ${ids.checksum}): its lines ended with ${before} then, and were changed since, as by a transfer as text. Otherwise it is the same.`,
    });
  else for (const { id, detail } of faults) say(id, detail);
}

interface Fault {
  id: string;
  detail: string;
}

async function faultOfSize(
  doc: Judged,
  { size }: MetsDigest,
  path: string | undefined,
): Promise<string | undefined> {
  if (size === undefined) return 'It states none.';
  if (!/^\d{1,15}$/.test(size)) return `${quoted(size)} is no size.`;
  if (path === undefined) return undefined;
  const bytes = (await doc.tree.entry(path))?.bytes;
  return bytes === Number(size) ? undefined : `It says ${size}; ${quoted(path)} has ${bytes}.`;
}

async function explained(doc: Judged, said: MetsDigest, path: string): Promise<string | null> {
  const algorithm = CHECKSUMS.get(said.checksumType ?? '');
  const { size, checksum } = said;
  if (!algorithm || checksum === undefined || !/^\d{1,15}$/.test(size ?? '')) return null;
  try {
    return await otherLineEnds(doc.tree, path, { size: Number(size), algorithm, digest: checksum });
  } catch (e) {
    if (!isRefusal(e)) throw e;
    return null;
  }
}

function judgeMediaType(doc: Judged, place: string, type: string | undefined, id: string): void {
  if (type === undefined || type === '') {
    doc.report.say(id, place, { detail: 'It states none.' });
    return;
  }
  if (!MEDIA_TYPES.has(MEDIA_TYPE.exec(type)?.[1] ?? ''))
    doc.report.say(id, place, { detail: `${quoted(type)} is no media type of the register.` });
  if (type.length > LONGEST_MEDIA_TYPE)
    doc.report.say(id, place, { detail: `It is ${type.length} characters long.`, severity: 'warning' });
}

async function faultsOfChecksum(
  doc: Judged,
  place: string,
  said: MetsDigest,
  path: string | undefined,
  ids: DigestIds,
): Promise<Fault[]> {
  const { checksum, checksumType } = said;
  const faults: Fault[] = [];
  if (checksumType === undefined || checksumType === '')
    faults.push({ id: ids.checksumType, detail: 'It names none.' });
  else if (!CHECKSUMS.has(checksumType))
    faults.push({ id: ids.checksumType, detail: `METS has no ${quoted(checksumType)}.` });
  if (checksum === undefined || checksum === '')
    return [...faults, { id: ids.checksum, detail: 'It states none.' }];
  const algorithm = CHECKSUMS.get(checksumType ?? '');
  if (path === undefined || algorithm === undefined) return faults;
  if (algorithm === null) {
    doc.report.add({
      code: 'eark.notComputed',
      severity: 'info',
      path: place,
      message: `The checksum of ${quoted(path)} was not compared: ${checksumType} is not computed here.`,
    });
    return faults;
  }
  try {
    const found = (await doc.tree.digests(path, [algorithm])).get(algorithm);
    if (found !== checksum.toLowerCase())
      faults.push({ id: ids.checksum, detail: `It says ${quoted(checksum)}; ${quoted(path)} has ${found}.` });
  } catch (e) {
    if (!isRefusal(e)) throw e;
    faults.push({ id: ids.checksum, detail: `${quoted(path)} can not be read: ${e.message}` });
  }
  return faults;
}
