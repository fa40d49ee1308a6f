import type { Finding } from '#kernel/errors';
import { messageOf } from '#kernel/errors';
import { type Layout, type PathOf, pathsOf } from '../layouts.ts';
import type { Entry, StoreReader } from '../storage.ts';
import { checkDeclaration, isDeclaration, objectDeclaration, rootDeclaration } from './declaration.ts';
import { checkExtensions } from './extensions.ts';
import { validateObject } from './object.ts';
import { parseJson } from './readInventoryFile.ts';
import { collector, type Say } from './say.ts';

export interface RootReport {
  readonly objects: number;
  readonly findings: readonly Finding[];
}

const MAX_DEPTH = 64;
const MAX_IDS = 1_000_000;

/** Whether the entries of a folder are those of an object root. */
export const isObjectRoot = (entries: readonly Entry[]): boolean =>
  entries.some((e) => e.kind === 'file' && isDeclaration(e.name, objectDeclaration));
/** Whether the entries of a folder are those of a storage root. */
export const isStorageRoot = (entries: readonly Entry[]): boolean =>
  entries.some((e) => e.kind === 'file' && /^0=ocfl_\d/.test(e.name)) ||
  entries.some((e) => e.name === 'ocfl_layout.json');

async function readLayout(reader: StoreReader, entries: readonly Entry[], say: Say): Promise<PathOf | null> {
  if (!entries.some((e) => e.name === 'ocfl_layout.json')) return null;
  const json = parseJson((await reader.readAll('ocfl_layout.json', 1024 * 1024)) ?? Buffer.alloc(0));
  const layout = typeof json === 'object' && json !== null && !Array.isArray(json) ? json : {};
  if (!('extension' in layout) || !('description' in layout)) {
    say.error(
      'E070',
      'ocfl_layout.json',
      'ocfl_layout.json lacks extension or description, or is not a JSON object.',
    );
    return null;
  }
  const extension = layout.extension;
  if (typeof extension !== 'string' || !/^\d{4}-[A-Za-z0-9-]+$/.test(extension)) {
    say.error('E071', 'ocfl_layout.json', 'The extension of ocfl_layout.json is not a registered name.');
    return null;
  }
  const path = `extensions/${extension}/config.json`;
  const bytes = await reader.readAll(path, 1024 * 1024);
  const config = bytes === null ? {} : parseJson(bytes);
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    say.error('E071', path, 'The settings of the layout are not a JSON object.');
    return null;
  }
  try {
    return pathsOf({ extension, config: config as Layout['config'] });
  } catch (e) {
    say.info('notPerformed', 'ocfl_layout.json', `Where objects lie was not checked: ${messageOf(e)}`);
    return null;
  }
}

interface Walk {
  readonly reader: StoreReader;
  readonly say: Say;
  readonly pathOf: PathOf | null;
  readonly content: boolean;
  readonly spec: '1.0' | '1.1' | null;
  readonly ids: Map<string, string>;
  readonly depths: Set<'top' | 'below'>;
  objects: number;
}

async function checkObject(walk: Walk, path: string, entries: readonly Entry[]): Promise<void> {
  const { say } = walk;
  walk.objects++;
  walk.depths.add(path.includes('/') ? 'below' : 'top');
  if (walk.spec === '1.0' && entries.some((e) => e.name === '0=ocfl_object_1.1'))
    say.error('E081', path, 'The object conforms to a later specification than the storage root.');
  const report = await validateObject(walk.reader, path, { content: walk.content });
  for (const f of report.findings) {
    const at = f.path === '' ? path : `${path}/${f.path}`;
    if (f.severity === 'error') say.error(f.code, at, f.message);
    else if (f.severity === 'warning') say.warning(f.code, at, f.message);
    else say.info(f.code, at, f.message);
  }
  if (report.id === null) return;
  const other = walk.ids.get(report.id);
  if (other !== undefined) say.error('E037', path, `The object has the id of the one at ${other}.`);
  else if (walk.ids.size < MAX_IDS) walk.ids.set(report.id, path);
  checkPlace(walk, report.id, path);
}

function checkPlace(walk: Walk, id: string, path: string): void {
  if (!walk.pathOf) return;
  try {
    const place = walk.pathOf(id);
    if (place !== path) walk.say.error('E083', path, `By its id the object belongs at ${place}.`);
  } catch (e) {
    walk.say.error('E083', path, messageOf(e));
  }
}

async function walkHierarchy(walk: Walk, path: string, depth: number): Promise<void> {
  const { reader, say } = walk;
  const entries = (await reader.list(path)) ?? [];
  if (isObjectRoot(entries)) return checkObject(walk, path, entries);
  if (entries.length === 0) say.error('E073', path, 'The folder is empty.');
  else if (!entries.some((e) => e.kind === 'folder'))
    for (const code of ['E085', 'E088']) say.error(code, path, 'The folder leads to no object.');
  if (depth > MAX_DEPTH) return say.error('E085', path, 'The folders lie too deep to be read.');
  for (const { name, kind } of entries) {
    const at = `${path}/${name}`;
    if (kind === 'folder') await walkHierarchy(walk, at, depth + 1);
    else if (kind === 'file')
      for (const code of ['E072', 'E084']) say.error(code, at, 'The file belongs to no object.');
    else say.error('E090', at, `"${at}" is a link or no regular file.`);
  }
}

/**
 * Validates a whole storage root, object by object; memory grows with the number of findings and ids only.
 *
 * @param options.content false leaves out reading every content file.
 */
export async function validateRoot(
  reader: StoreReader,
  options: { readonly content?: boolean } = {},
): Promise<RootReport> {
  const say = collector();
  const entries = await reader.list('');
  if (entries === null) {
    say.error('E069', '', 'There is no folder that could be a storage root.');
    return { objects: 0, findings: say.findings() };
  }
  const spec = await checkDeclaration(reader, '', entries, rootDeclaration, say);
  const pathOf = await readLayout(reader, entries, say);
  // 1.0 asks of these extensions what it asks of those of objects; 1.1 has codes of its own.
  if (spec === '1.0') await checkExtensions(reader, '', entries, ['E067', 'E086'], 'W013', say);
  else await checkExtensions(reader, '', entries, ['E112'], 'W016', say);
  const walk: Walk = {
    reader,
    say,
    pathOf,
    content: options.content !== false,
    spec,
    ids: new Map(),
    depths: new Set(),
    objects: 0,
  };
  for (const { name, kind } of entries) {
    if (kind === 'other') say.error('E090', name, `"${name}" is a link or no regular file.`);
    else if (kind === 'folder' && name !== 'extensions') await walkHierarchy(walk, name, 1);
  }
  if (walk.depths.size > 1)
    say.warning('W015', '', 'Some objects lie directly in the root and some in folders.');
  return { objects: walk.objects, findings: say.findings() };
}
