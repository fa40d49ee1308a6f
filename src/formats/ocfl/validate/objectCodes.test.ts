import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import {
  digest,
  inventoryOf,
  type Loose,
  type ObjectInPieces,
  placeObject,
  soundObject,
} from '../../../../test/support/ocflObject.ts';
import { filesystemReader, validateObject } from '../index.ts';

/** Puts anything anywhere. */
const set = (where: object, what: Readonly<Record<string, unknown>>) => {
  Object.assign(where, what);
};

const drop = (where: object, name: string) => Reflect.deleteProperty(where, name);

type Break = (object: ObjectInPieces, newest: Loose, first: Loose) => void;
const [A, A2, B] = [digest('first a'), digest('second a'), digest('b')];

/** For breaks that look at the pieces alone. */
const ANY = inventoryOf(soundObject(), 'v2');
/** Does the same to both inventories. */
const both =
  (change: (inventory: Loose, version: string) => void): Break =>
  (o) => {
    for (const version of o.inventories.keys()) change(inventoryOf(o, version), version);
  };
const newest =
  (change: (inventory: Loose) => void): Break =>
  (_, inventory) =>
    change(inventory);
const file =
  (path: string, content: string | null | readonly [string] = 'x'): Break =>
  (o) => {
    o.files.set(path, content);
  };
const declared =
  (name: string, text = `${name.slice(2)}\n`): Break =>
  (o) => {
    o.files.delete('0=ocfl_object_1.1');
    o.files.set(name, text);
  };
/** Renames a version everywhere. */
const renamed =
  (from: string, to: string): Break =>
  (o) => {
    const text = (inventory: Loose | string): Loose =>
      JSON.parse(JSON.stringify(inventory).replaceAll(from, to));
    const list = [...o.inventories].map(([v, i]) => [v.replace(from, to), text(i)] as const);
    o.inventories.clear();
    for (const [v, i] of list) o.inventories.set(v, i);
    for (const [path, content] of [...o.files])
      if (path.startsWith(`${from}/`)) {
        o.files.delete(path);
        o.files.set(path.replace(from, to), content);
      }
  };
const rewritten =
  (change: (text: string) => string): Break =>
  (o, inventory) => {
    o.inventories.set('v2', change(JSON.stringify(inventory)));
  };
const fixity = (block: unknown): Break =>
  newest((i) => {
    set(i, { fixity: block });
  });

/** Code, what is done to a sound object of 1.1, how. */
const ERRORS: readonly (readonly [string, string, Break])[] = [
  ['E001', 'a folder of its own', file('stray/x')],
  ['E001', 'a file of its own', file('README')],
  ['E001', 'a version directory that is a file', file('v3')],
  ['E001', 'a digest file by another algorithm', file('inventory.json.md5', 'x inventory.json\n')],
  ['E002', 'a declaration that is no name of NAMASTE', declared('0ocfl_object_1.1', 'ocfl_object_1.1\n')],
  ['E003', 'no declaration', (o) => o.files.delete('0=ocfl_object_1.1')],
  ['E003', 'two declarations', file('0=ocfl_object_1.0', 'ocfl_object_1.0\n')],
  ['E004', 'a declaration without "="', declared('0ocfl_object_1.1', 'ocfl_object_1.1\n')],
  ['E005', 'a declaration that begins with another number', declared('1=ocfl_object_1.1')],
  ['E006', 'a declaration of another thing', declared('0=ocfl_thing_1.1')],
  ['E006', 'a declaration of an unknown version', declared('0=ocfl_object_9.9')],
  ['E007', 'a declaration with another text', file('0=ocfl_object_1.1', 'ocfl_object_1.0\n')],
  ['E007', 'a declaration without its line feed', file('0=ocfl_object_1.1', 'ocfl_object_1.1')],
  ['E008', 'no version', newest((i) => { set(i, { versions: {} }); set(i, { manifest: {} }); })],
  ['E009', 'versions from 2 on', (o) => { renamed('v2', 'v3')(o, ANY, ANY); renamed('v1', 'v2')(o, ANY, ANY); }],
  ['E010', 'a gap between versions', renamed('v2', 'v3')],
  ['E010', 'a version without its directory', (o) => { for (const p of [...o.files.keys()]) if (p.startsWith('v1/')) o.files.delete(p); o.inventories.delete('v1'); }],
  ['E011', 'padded, then not padded', renamed('v1', 'v01')],
  ['E012', 'not padded, then padded', renamed('v2', 'v02')],
  ['E012', 'padded to other lengths', (o) => { renamed('v1', 'v01')(o, ANY, ANY); renamed('v2', 'v002')(o, ANY, ANY); }],
  ['E013', 'a version named by another convention', renamed('v2', 'v02')],
  ['E014', 'a content path by a version that is none', newest((i) => { set(i.manifest, { [A]: ['v01/content/a.txt'] }); })],
  ['E015', 'a file in a version directory', file('v1/notes.txt')],
  ['E015', 'a second digest file in a version directory', file('v1/inventory.json.md5')],
  ['E016', 'files without the content directory', (o) => { o.files.delete('v2/content/a.txt'); }],
  ['E017', 'a content directory with a slash', both((i) => { set(i, { contentDirectory: 'a/b' }); })],
  ['E018', 'a content directory ".."', both((i) => { set(i, { contentDirectory: '..' }); })],
  ['E019', 'a content directory set later', newest((i) => { set(i, { contentDirectory: 'stuff' }); })],
  ['E020', 'a content directory that changes', (o, n) => { set(n, { contentDirectory: 'stuff' }); set(n.versions, { v3: n.versions.v2 }); set(n, { head: 'v3' }); const v3 = structuredClone(n); set(v3, { contentDirectory: 'stuff' }); drop(n.versions, 'v3'); set(n, { head: 'v2' }); drop(n, 'contentDirectory'); o.inventories.set('v3', v3); }],
  ['E021', 'content elsewhere than in "content" though none other is set', newest((i) => { set(i.manifest, { [A2]: ['v2/stuff/a.txt'] }); })],
  ['E023', 'a file that is in no manifest', file('v1/content/extra.txt')],
  ['E023', 'a file of an earlier version that its own manifest does not know', (o, _, f) => { drop(f.manifest, B); drop(f.versions.v1.state, B); o.rootInventory = undefined; }],
  ['E024', 'an empty folder in the content', file('v1/content/empty', null)],
  ['E025', 'a content digest that is neither', both((i) => { set(i, { digestAlgorithm: 'md5' }); })],
  ['E029', 'a sha1 value that is no hexadecimal', fixity({ sha1: { zz: ['v1/content/a.txt'] } })],
  ['E030', 'a sha256 value cut short', fixity({ sha256: { [digest('first a', 'sha256').slice(1)]: ['v1/content/a.txt'] } })],
  ['E031', 'a sha512 value that is no hexadecimal', fixity({ sha512: { '!': ['v1/content/a.txt'] } })],
  ['E032', 'a blake2b-512 value cut short', fixity({ 'blake2b-512': { ab: ['v1/content/a.txt'] } })],
  ['E033', 'text that is not JSON', rewritten((t) => t.slice(1))],
  ['E033', 'a list', rewritten((t) => `[${t}]`)],
  ['E033', 'a byte order mark', rewritten((t) => `\ufeff${t}`)],
  ['E033', 'a name twice', rewritten((t) => t.replace('{', '{"head":"v2",'))],
  ['E033', 'a version twice', rewritten((t) => t.replace('"versions":{', '"versions":{"v1":{"created":"2024-01-02T03:04:05Z","state":{}},'))],
  ['E033', 'a state with one digest twice', rewritten((t) => t.replace(/"state":\{/, `"state":{"${A}":["z.txt"],`))],
  ['E035', 'a content path with other separators', newest((i) => { set(i.manifest, { [A2]: ['v2\\content\\a.txt'] }); })],
  ['E036', 'no id', both((i) => { drop(i, 'id'); })],
  ['E036', 'no type', both((i) => { drop(i, 'type'); })],
  ['E036', 'no digest algorithm', both((i) => { drop(i, 'digestAlgorithm'); })],
  ['E036', 'no head', both((i) => { drop(i, 'head'); })],
  ['E037', 'an empty id', both((i) => { set(i, { id: '' }); })],
  ['E037', 'an id that is a number', both((i) => { set(i, { id: 7 }); })],
  ['E037', 'an id that changes', newest((i) => { set(i, { id: 'urn:test:other' }); })],
  ['E038', 'a type of the other version than the declaration', both((i) => { set(i, { type: 'https://ocfl.io/1.0/spec/#inventory' }); })],
  ['E038', 'a type that is none', both((i) => { set(i, { type: 'https://ocfl.io/1.1/spec/' }); })],
  ['E039', 'manifest digests of another algorithm', both((i) => { set(i, { digestAlgorithm: 'sha256' }); })],
  ['E040', 'a head that is not the newest', newest((i) => { set(i, { head: 'v1' }); })],
  ['E040', 'a head that is none', newest((i) => { set(i, { head: 'v9' }); })],
  ['E040', 'a head that is a number', newest((i) => { set(i, { head: 2 }); })],
  ['E041', 'no manifest', newest((i) => { drop(i, 'manifest'); })],
  ['E041', 'no versions', newest((i) => { drop(i, 'versions'); })],
  ['E042', 'a content path out of the content directory', newest((i) => { set(i.manifest, { [A2]: ['v2/a.txt'] }); })],
  ['E043', 'no block of versions', newest((i) => { drop(i, 'versions'); })],
  ['E044', 'no block named versions', newest((i) => { drop(i, 'versions'); })],
  ['E045', 'versions as a list', newest((i) => { set(i, { versions: [] }); })],
  ['E046', 'a version directory the inventory does not know', file('v3/content/x')],
  ['E046', 'a version the object has no directory for', newest((i) => { set(i.versions, { v3: structuredClone(i.versions.v2) }); set(i, { head: 'v3' }); })],
  ['E047', 'a version that is a text', newest((i) => { set(i.versions, { v1: 'first' }); })],
  ['E048', 'a version without created', newest((i) => { drop(i.versions.v2, 'created'); })],
  ['E048', 'a version without state', newest((i) => { drop(i.versions.v2, 'state'); })],
  ['E049', 'a day without a time', newest((i) => { set(i.versions.v2, { created: '2024-02-03' }); })],
  ['E049', 'a time without a zone', newest((i) => { set(i.versions.v2, { created: '2024-02-03T04:05:06' }); })],
  ['E049', 'a time without seconds', newest((i) => { set(i.versions.v2, { created: '2024-02-03T04:05Z' }); })],
  ['E049', 'a day that is none', newest((i) => { set(i.versions.v2, { created: '2023-02-29T04:05:06Z' }); })],
  ['E049', 'created as a number', newest((i) => { set(i.versions.v2, { created: 20240203 }); })],
  ['E050', 'a state digest that is not in the manifest', newest((i) => { set(i.versions.v2.state, { [digest('none')]: ['z'] }); })],
  ['E050', 'a state digest in other letters than in the manifest', newest((i) => { const s = i.versions.v2.state; set(s, { [A2.toUpperCase()]: s[A2] }); drop(s, A2); })],
  ['E050', 'a state that is a list', newest((i) => { set(i.versions.v2, { state: [] }); })],
  ['E051', 'a state digest with a text in the place of paths', newest((i) => { set(i.versions.v2.state, { [A2]: 'a.txt' }); })],
  ['E051', 'a logical path that is a number', newest((i) => { set(i.versions.v2.state, { [A2]: [1] }); })],
  ['E052', 'a logical path with ".."', newest((i) => { set(i.versions.v2.state, { [A2]: ['../a.txt'] }); })],
  ['E052', 'a logical path with an empty part', newest((i) => { set(i.versions.v2.state, { [A2]: ['x//a.txt'] }); })],
  ['E052', 'an empty logical path', newest((i) => { set(i.versions.v2.state, { [A2]: [''] }); })],
  ['E053', 'a logical path that begins with a slash', newest((i) => { set(i.versions.v2.state, { [A2]: ['/a.txt'] }); })],
  ['E053', 'a logical path that ends with a slash', newest((i) => { set(i.versions.v2.state, { [A2]: ['a.txt/'] }); })],
  ['E054', 'a user without a name', newest((i) => { set(i.versions.v2, { user: { address: 'mailto:x@example.org' } }); })],
  ['E054', 'a user that is a text', newest((i) => { set(i.versions.v2, { user: 'Ann' }); })],
  ['E056', 'a fixity algorithm that is in no list', fixity({ md17: { ab: ['v1/content/a.txt'] } })],
  ['E057', 'fixity values as a list', fixity({ md5: [] })],
  ['E057', 'a fixity value with a text in the place of paths', fixity({ md5: { [digest('first a', 'md5')]: 'v1/content/a.txt' } })],
  ['E058', 'no digest file in the root', (o) => { o.sidecars.set('inventory.json.sha512', null); }],
  ['E058', 'no digest file in a version', (o) => { o.sidecars.set('v1/inventory.json.sha512', null); }],
  ['E059', 'a digest file by another algorithm alone', (o) => { o.sidecars.set('inventory.json.sha512', null); o.files.set('inventory.json.sha256', 'ab inventory.json\n'); }],
  ['E060', 'another digest in the digest file', (o) => { o.sidecars.set('inventory.json.sha512', `${A} inventory.json\n`); }],
  ['E060', 'another digest in that of a version', (o) => { o.sidecars.set('v1/inventory.json.sha512', `${A} inventory.json\n`); }],
  ['E061', 'a digest file with the digest alone', (o) => { o.sidecars.set('inventory.json.sha512', `${A}\n`); }],
  ['E061', 'an empty digest file', (o) => { o.sidecars.set('inventory.json.sha512', ''); }],
  ['E063', 'no inventory', (o) => { o.rootInventory = null; }],
  ['E064', 'another inventory in the root than in the newest version', (o, n) => { o.rootInventory = { ...n, fixity: {} }; }],
  ['E066', 'an earlier version with other files than before', newest((i) => { set(i.versions.v1, { state: { [A]: ['renamed.txt'], [B]: ['d/b.txt'] } }); })],
  ['E066', 'an earlier version with other content than before', newest((i) => { set(i.versions.v1, { state: { [A2]: ['a.txt'], [B]: ['d/b.txt'], [A]: ['c'] } }); })],
  ['E067', 'a file in the folder of extensions', file('extensions/notes.txt')],
  ['E090', 'a link in the root', file('logs', ['v1'])],
  ['E090', 'a link in the content', file('v1/content/link', ['a.txt'])],
  ['E092', 'a file that was changed', file('v1/content/a.txt', 'changed')],
  ['E092', 'a file that is gone', (o) => { o.files.delete('v1/content/a.txt'); }],
  ['E092', 'a manifest digest with a text in the place of paths', newest((i) => { set(i.manifest, { [A2]: 'v2/content/a.txt' }); })],
  ['E093', 'a fixity value that is another', fixity({ md5: { [digest('other', 'md5')]: ['v1/content/a.txt'] } })],
  ['E093', 'a size that is another', fixity({ size: { 9: ['v1/content/a.txt'] } })],
  ['E093', 'a fixity value of a file that is not there', fixity({ md5: { [digest('other', 'md5')]: ['v1/content/none'] } })],
  ['E094', 'a message that is a number', newest((i) => { set(i.versions.v2, { message: 5 }); })],
  ['E095', 'a logical path twice', newest((i) => { set(i.versions.v2.state, { [A]: ['a.txt'] }); })],
  ['E095', 'a logical path twice under one digest', newest((i) => { set(i.versions.v2.state, { [A2]: ['a.txt', 'a.txt'] }); })],
  ['E095', 'a logical path that is a folder of another', newest((i) => { set(i.versions.v2.state, { [A2]: ['d'] }); })],
  ['E096', 'a manifest digest twice, in other letters', newest((i) => { set(i.manifest, { [A2.toUpperCase()]: ['v2/content/a.txt'] }); })],
  ['E096', 'a manifest digest twice, in the same letters', rewritten((t) => t.replace('"manifest":{', `"manifest":{"${A}":["v1/content/a.txt"],`))],
  ['E097', 'a fixity digest twice, in other letters', fixity({ md5: { [digest('b', 'md5')]: ['v1/content/d/b.txt'], [digest('b', 'md5').toUpperCase()]: ['v1/content/d/b.txt'] } })],
  ['E097', 'a fixity digest twice, in the same letters', rewritten((t) => `${t.slice(0, -1)},"fixity":{"md5":{"${digest('b', 'md5')}":["v1/content/d/b.txt"],"${digest('b', 'md5')}":["v1/content/d/b.txt"]}}}`)],
  ['E099', 'a content path with "."', newest((i) => { set(i.manifest, { [A2]: ['v2/content/./a.txt'] }); })],
  ['E099', 'a fixity path with ".."', fixity({ md5: { [digest('b', 'md5')]: ['v1/content/../content/d/b.txt'] } })],
  ['E100', 'a content path that begins with a slash', newest((i) => { set(i.manifest, { [A2]: ['/v2/content/a.txt'] }); })],
  ['E100', 'a fixity path that ends with a slash', fixity({ md5: { [digest('b', 'md5')]: ['v1/content/d/b.txt/'] } })],
  ['E101', 'a content path twice', newest((i) => { set(i.manifest, { [A2]: ['v1/content/a.txt'] }); })],
  ['E101', 'a content path that is a folder of another', newest((i) => { set(i.manifest, { [A2]: ['v1/content/d'] }); })],
  ['E102', 'an unknown key', newest((i) => { set(i, { extra: 1 }); })],
  ['E102', 'an unknown key in a version', newest((i) => { set(i.versions.v2, { extra: {} }); })],
  ['E102', 'an unknown key of a user', newest((i) => { set(i.versions.v2, { user: { name: 'Ann', address: 'mailto:a@example.org', phone: '1' } }); })],
  ['E103', 'a later version of an earlier specification', (o, n) => { set(n, { type: 'https://ocfl.io/1.0/spec/#inventory' }); declared('0=ocfl_object_1.0')(o, ANY, ANY); }],
  ['E104', 'a version without its v', newest((i) => { set(i.versions, { 3: structuredClone(i.versions.v2) }); })],
  ['E105', 'a version 0', newest((i) => { set(i.versions, { v0: structuredClone(i.versions.v2) }); })],
  ['E105', 'a version that is no number', newest((i) => { set(i.versions, { v2a: structuredClone(i.versions.v2) }); })],
  ['E106', 'a manifest that is a list', newest((i) => { set(i, { manifest: [] }); })],
  ['E107', 'a manifest digest in no version', (o, n) => { set(n.manifest, { [digest('spare')]: ['v2/content/spare'] }); o.files.set('v2/content/spare', 'spare'); }],
  ['E108', 'an empty content directory', both((i) => { set(i, { contentDirectory: '' }); })],
  ['E110', 'an id that changes', newest((i) => { set(i, { id: 'urn:test:other' }); })],
  ['E111', 'a fixity block that is null', fixity(null)],
]; // biome-ignore format: one row a case

const WARNINGS: readonly (readonly [string, string, Break])[] = [
  ['W001', 'padded version numbers', (o) => { renamed('v1', 'v0001')(o, ANY, ANY); renamed('v2', 'v0002')(o, ANY, ANY); }],
  ['W002', 'another folder in a version', file('v1/other/x')],
  ['W003', 'an empty content directory', (o, n) => { const v3 = structuredClone(n); set(v3.versions, { v3: v3.versions.v2 }); set(v3, { head: 'v3' }); o.inventories.set('v3', v3); o.files.set('v3/content', null); }],
  ['W004', 'sha256 for content', (o) => { const text = JSON.stringify([...o.inventories]); const now = [A, A2, B].reduce((t, d, i) => t.replaceAll(d, digest(['first a', 'second a', 'b'][i]!, 'sha256')), text).replaceAll('"sha512"', '"sha256"'); for (const [v, i] of JSON.parse(now)) o.inventories.set(v, i); }],
  ['W005', 'an id that is no URI', both((i) => { set(i, { id: 'object 1' }); })],
  ['W007', 'no message', both((i) => { drop(i.versions.v1, 'message'); })],
  ['W007', 'no user', both((i) => { drop(i.versions.v1, 'user'); })],
  ['W008', 'a user without an address', both((i) => { set(i.versions.v1, { user: { name: 'Ann' } }); })],
  ['W009', 'an address that is no URI', both((i) => { set(i.versions.v1, { user: { name: 'Ann', address: 'next door' } }); })],
  ['W010', 'a version without an inventory', (o) => { o.inventories.delete('v1'); }],
  ['W011', 'another message than before', newest((i) => { set(i.versions.v1, { message: 'Otherwise' }); })],
  ['W011', 'another user than before', newest((i) => { set(i.versions.v1, { user: { name: 'Bob', address: 'mailto:b@example.org' } }); })],
  ['W013', 'an extension that is not registered', file('extensions/9999-own/x')],
]; // biome-ignore format: one row a case

const SOUND: readonly (readonly [string, Break])[] = [
  ['nothing', () => {}],
  ['logs', file('logs/log.txt')],
  ['an empty folder of logs', file('logs', null)],
  ['a registered extension', file('extensions/0005-mutable-head/x')],
  ['fixity values of all kinds', fixity(Object.fromEntries((['md5', 'sha1', 'sha256', 'sha512', 'blake2b-512', 'sha512/256', 'sm3'] as const).map((n) => [n, { [digest('first a', n)]: ['v1/content/a.txt'] }])))],
  ['a size as fixity', fixity({ size: { 7: ['v1/content/a.txt'] } })],
  ['digests in capitals', (o) => { const text = JSON.stringify([...o.inventories]); for (const [v, i] of JSON.parse([A, A2, B].reduce((t, d) => t.replaceAll(d, d.toUpperCase()), text))) o.inventories.set(v, i); }],
  ['another content directory', (o) => { both((i) => { set(i, { contentDirectory: 'stuff' }); })(o, ANY, ANY); const text = JSON.stringify([...o.inventories]).replaceAll('/content/', '/stuff/'); for (const [v, i] of JSON.parse(text)) o.inventories.set(v, i); for (const [p, c] of [...o.files]) if (p.includes('/content/')) { o.files.delete(p); o.files.set(p.replace('/content/', '/stuff/'), c as string); } }],
  ['two files of one content', (o, n) => { set(n.manifest, { [A2]: ['v2/content/a.txt', 'v2/content/c.txt'] }); o.files.set('v2/content/c.txt', 'second a'); }],
  ['an empty fixity block', fixity({})],
  ['a digest file with more than one space', (o, n) => { const text = `${JSON.stringify(n, null, 2)}\n`; o.sidecars.set('inventory.json.sha512', `${digest(text)}   inventory.json\n`); }],
]; // biome-ignore format: one row a case

const pool = createDigestPool(1);
let home = '';
let count = 0;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-ocfl-codes-'));
});
afterAll(async () => {
  await pool.close();
  await rm(home, { recursive: true });
});

async function judge(broken: Break, object = soundObject()) {
  const folder = join(home, String(count++));
  broken(object, inventoryOf(object, 'v2'), inventoryOf(object, 'v1'));
  await placeObject(folder, object);
  const { findings } = await validateObject(filesystemReader(folder, pool));
  const codes = (severity: string) => [
    ...new Set(findings.filter((f) => f.severity === severity).map((f) => f.code)),
  ];
  return { errors: codes('error'), warnings: codes('warning') };
}

describe('an OCFL object of 1.1', () => {
  it.each(SOUND)('is sound with %s', async (_, change) => {
    expect(await judge(change)).toEqual({ errors: [], warnings: [] });
  });
  it.each(ERRORS)('%s: %s', async (code, _, broken) => {
    expect((await judge(broken)).errors).toContain(code);
  });
  it.each(WARNINGS)('%s: %s', async (code, _, odd) => {
    const { errors, warnings } = await judge(odd);
    expect({ errors, has: warnings.includes(code) }, warnings.join()).toEqual({ errors: [], has: true });
  });
});

describe('an OCFL object of 1.0', () => {
  it('is sound, and is judged by the codes of 1.0', async () => {
    expect(await judge(() => {}, soundObject('1.0'))).toEqual({ errors: [], warnings: [] });
    const own = async (broken: Break) => (await judge(broken, soundObject('1.0'))).errors;
    expect(await own(fixity(null))).toContain('E056');
    expect(await own(newest((i) => { set(i, { manifest: [] }); }))).toContain('E041'); // biome-ignore format: one row
    const later = ['E104', 'E105', 'E106', 'E110', 'E111', 'E112'];
    for (const broken of [fixity(7), newest((i) => { set(i, { id: 'urn:x' }); set(i, { manifest: 1 }); set(i.versions, { v0: {} }); set(i.versions, { x: {} }); })]) // biome-ignore format: one row
      for (const code of await own(broken)) expect(later).not.toContain(code);
  });
  it('may become one of 1.1 with a later version, and never again one of 1.0', async () => {
    const grown = soundObject('1.1');
    set(inventoryOf(grown, 'v1'), { type: 'https://ocfl.io/1.0/spec/#inventory' });
    expect(await judge(() => {}, grown)).toEqual({ errors: [], warnings: [] });
  });
});

/** Every code of objects in the lists of 1.0 and 1.1 that no case above is for, and why there can be none. */
const NOT_TESTED: Readonly<Record<string, string>> = {
  E022: 'asks of programs, not of objects: what lies beside the content directory is not looked into',
  E026: 'the same rule as E056, which is said',
  E027: 'asks of programs: which digests they know',
  E028: 'asks of programs: digests they do not know are passed over, and that is said (notPerformed)',
  E034: 'an inventory of another name is none: E063 is said, and E001 of the file',
  E055: 'a block of another name is an unknown key: E102 is said',
  E062: 'in what order a writer wrote can not be seen in what it wrote',
  E068: 'asks that extensions be documented somewhere; W013 is said of those that are not registered',
  E089: 'what was wrapped can not be seen',
  E091: 'asks of file systems',
  E098: 'how a path is read; its parts are judged by E099',
  W012: 'what a log is for can not be seen',
};

it('leaves no code for objects without a case or a reason', () => {
  const numbers = [
    ...Array.from({ length: 68 }, (_, i) => i + 1),
    89,
    90,
    91,
    ...Array.from({ length: 17 }, (_, i) => i + 92),
    110,
    111,
  ];
  const all = [
    ...numbers.map((n) => `E${String(n).padStart(3, '0')}`),
    ...Array.from({ length: 13 }, (_, i) => `W${String(i + 1).padStart(3, '0')}`),
  ];
  const never = new Set(['E065', 'W006']);
  const cases = new Set([...ERRORS, ...WARNINGS].map(([code]) => code));
  expect(all.filter((c) => !never.has(c) && !cases.has(c) && !(c in NOT_TESTED))).toEqual([]);
  expect(Object.keys(NOT_TESTED).filter((c) => cases.has(c))).toEqual([]);
});
