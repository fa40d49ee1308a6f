import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { childrenOf, readElements, textOf, type XmlElement } from '#formats/xml';
import { Refusal } from '#kernel/errors';
import { readSaid, readSenderId } from '../domain/readSaid.ts';
import { badEntry, type DropFile } from './walk.ts';

/** How a record lies in a drop folder: a folder with its description and its files; or one JSON file with contents inline. */
export interface DroppedRecord {
  kind: 'record';
  id: string;
  /** As in the API; files name a `path` below the folder in place of an upload. */
  said: unknown;
}

export interface DroppedPackage {
  kind: 'package';
  id: string;
  title: string;
  content: string;
  fonds: string | null;
  /** The package below the entry; '' where the entry is one. */
  root: string;
}

export type Dropped = DroppedRecord | DroppedPackage;

const LONGEST = 32 * 1024 * 1024;
const DESCRIPTIONS = ['record.json', 'record.xml', 'package.json'] as const;

/**
 * What an entry is, by what lies in it.
 *
 * @param at where the entry lies now
 * @param name its name in the drop folder: a package without a description is known by it
 * @throws Refusal intake.drop, intake.message.invalid
 */
export async function describe(at: string, name: string, files: readonly DropFile[]): Promise<Dropped> {
  const [only] = files;
  if (only?.path === '') {
    if (!/\.json$/i.test(name)) return packageBy(name, '');
    if (only.bytes > LONGEST) throw badEntry('size', name);
    return recordOf(await json(at), name.replace(/\.json$/i, ''));
  }
  const there = DESCRIPTIONS.filter((d) => files.some((f) => f.path === d));
  if (there.length === 0) {
    if (files.length === 0) throw badEntry('empty');
    return packageBy(name, '');
  }
  const [description] = there;
  if (description === undefined || there.length > 1) throw badEntry('two', there.join(', '));
  if ((files.find((f) => f.path === description)?.bytes ?? 0) > LONGEST) throw badEntry('size', description);
  const path = join(at, description);
  if (description === 'record.xml') return recordOf(await xmlRecord(path), name);
  if (description === 'record.json') return recordOf(await json(path), name);
  return packageOf(await json(path), name, files);
}

const packageBy = (name: string, root: string): DroppedPackage => {
  const stem = name.replace(/\.(?:zip|tar|tgz|tar\.gz|eep|xml)$/i, '');
  return { kind: 'package', id: readSenderId(stem), title: stem, content: '', fonds: null, root };
};

async function json(path: string): Promise<Record<string, unknown>> {
  const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal('intake.message.invalid', 'The description is no JSON.', { at: 'JSON' });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('intake.message.invalid', 'The description is no object.', { at: '/' });
  return value as Record<string, unknown>;
}

function recordOf({ id, ...said }: Record<string, unknown>, name: string): DroppedRecord {
  return { kind: 'record', id: readSenderId(id ?? name), said };
}

function packageOf(o: Record<string, unknown>, name: string, files: readonly DropFile[]): DroppedPackage {
  const text = (key: string, fallback: string) => {
    const value = o[key] ?? fallback;
    if (typeof value !== 'string')
      throw new Refusal('intake.message.invalid', 'It has to be a text.', { at: `/${key}` });
    return value;
  };
  const tops = new Set(files.filter((f) => f.path !== 'package.json').map((f) => f.path.split('/')[0] ?? ''));
  const [root] = tops;
  if (root === undefined || tops.size > 1) throw badEntry('packages', [...tops].slice(0, 5).join(', '));
  return {
    kind: 'package',
    id: readSenderId(text('id', name)),
    title: text('title', name).slice(0, 200),
    content: text('content', '').slice(0, 2_000),
    fonds: typeof o.fonds === 'string' ? o.fonds.slice(0, 50) : null,
    root,
  };
}

const damaged = (detail: string) =>
  new Refusal('intake.message.invalid', `The description is no XML that can be read: ${detail}`, {
    at: `XML: ${detail}`,
  });

/** `<record id=…><metadata><title>…</title></metadata><file name=… path=…/><part id=…>…</part><event …/></record>` as the same in JSON. */
async function xmlRecord(path: string): Promise<Record<string, unknown>> {
  let root: XmlElement | undefined;
  const reading = { isContainer: () => false };
  for await (const e of readElements(createReadStream(path), reading, { damaged, forbidden: damaged }))
    if (e.kind === 'whole') root = e.element;
  if (root?.name !== 'record') throw damaged('record');
  const { id, revision } = attributesOf(root);
  return {
    ...(id === undefined ? {} : { id }),
    ...(revision === undefined ? {} : { revision: Number(revision) }),
    ...documentOf(root),
    parts: childrenOf(root, 'part').map((part) => ({ ...attributesOf(part), ...documentOf(part) })),
    events: childrenOf(root, 'event').map(attributesOf),
  };
}

const documentOf = (e: XmlElement) => ({
  metadata: Object.fromEntries(
    childrenOf(e, 'metadata').flatMap((m) =>
      m.children.flatMap((c) => ('name' in c ? [[c.name, textOf(c).trim()] as const] : [])),
    ),
  ),
  files: childrenOf(e, 'file').map(attributesOf),
});

const attributesOf = (e: XmlElement): Record<string, string> =>
  Object.fromEntries(e.attributes.filter((a) => a.space === '').map((a) => [a.name, a.value]));

/** A message whose files lie in the folder. */
export interface FromFolder {
  /** With a place for each file of the folder it names. */
  said: ReturnType<typeof readSaid>;
  paths: readonly string[];
}

/**
 * Puts uploads in the place of paths: what a folder's files are called once they were brought in.
 *
 * @param uploads by path below the folder
 * @throws Refusal intake.drop, intake.message.invalid
 */
export function withUploads(said: unknown, uploads: ReadonlyMap<string, string>): FromFolder {
  const used: string[] = [];
  const one = (file: unknown): unknown => {
    if (typeof file !== 'object' || file === null || 'content' in file) return file;
    const { path, ...rest } = file as Record<string, unknown>;
    const name = typeof rest.name === 'string' ? rest.name : undefined;
    const at = typeof path === 'string' ? path : (name ?? '');
    const upload = uploads.get(at);
    if (upload === undefined) throw badEntry('missing', at);
    used.push(at);
    return { ...rest, name: name ?? at.split('/').at(-1) ?? '', upload };
  };
  const files = (of: unknown): unknown => (Array.isArray(of) ? of.map(one) : of);
  const { parts, ...whole } = said as Record<string, unknown>;
  const told: Record<string, unknown> = { ...whole, files: files(whole.files) ?? [] };
  if (Array.isArray(parts))
    told.parts = parts.map((p: unknown) =>
      typeof p === 'object' && p !== null
        ? { ...p, files: files((p as Record<string, unknown>).files) ?? [] }
        : p,
    );
  const unnamed = [...uploads.keys()].find((path) => !used.includes(path));
  if (unnamed !== undefined) throw badEntry('unnamed', unnamed);
  return { said: readSaid(told), paths: used };
}
