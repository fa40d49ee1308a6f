import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import {
  createStorageRoot,
  filesystemStore,
  type Layout,
  type NewVersion,
  type OcflRepository,
  openRepository,
  type Store,
  validateRoot,
  walkObjects,
} from './index.ts';

const pool = createDigestPool(2);
const folders: string[] = [];
afterAll(async () => {
  await pool.close();
  for (const folder of folders) await rm(folder, { recursive: true });
});

let home = '';
let store: Store;
let repository: OcflRepository;

async function start(flush: 'file' | 'filesystem'): Promise<void> {
  home = await mkdtemp(join(tmpdir(), 'lantai-ocfl-'));
  folders.push(home);
  store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool, flush });
  await createStorageRoot(store);
  repository = await openRepository({ store, fixity: ['sha256', 'sm3'] });
}

const ID = 'urn:uuid:01900000-0000-7000-8000-000000000001';
function version(files: Record<string, string>, more: Partial<NewVersion> = {}): NewVersion {
  return {
    files: Object.entries(files).map(([logicalPath, content]) => ({
      logicalPath,
      source: { bytes: Buffer.from(content) },
    })),
    message: 'Taken in',
    user: { name: 'Test archive', address: 'mailto:archive@example.org' },
    created: new Date('2026-01-02T03:04:05.678Z'),
    ...more,
  };
}
async function read(path: string, of?: string): Promise<string> {
  return text((await repository.openFile(ID, path, { version: of, verify: true })).stream);
}
async function errors(): Promise<string[]> {
  return (await validateRoot(store)).findings
    .filter((f) => f.severity !== 'info')
    .map((f) => `${f.code} ${f.path}`);
}
const objectFolder = () => join(home, 'root', repository.pathOf(ID));
const staged = async (what: string) => readdir(join(home, 'staging', what));

describe.each(['file', 'filesystem'] as const)(
  'an OCFL repository on a file system, flushed by %s',
  (flush) => {
    beforeEach(() => start(flush));

    it('writes versions another validator would accept, and reads each of them', async () => {
      const first = await repository.putVersion(
        ID,
        version({ 'pages/0001.jpg': 'one', 'pages/0002.jpg': 'two' }),
      );
      expect(first).toMatchObject({ version: 'v1', written: true });
      expect(first.files[0]).toMatchObject({
        contentPath: 'v1/content/pages/0001.jpg',
        size: 3,
        deduplicated: false,
      });
      expect(Object.keys(first.files[0]!.digests).sort()).toEqual(['sha256', 'sha512', 'sm3']);
      const second = await repository.putVersion(
        ID,
        version({ 'pages/0001.jpg': 'ONE', 'copy.jpg': 'two' }, { remove: ['pages/0002.jpg'] }),
      );
      expect(second.version).toBe('v2');
      expect(second.files[1]).toMatchObject({ contentPath: 'v1/content/pages/0002.jpg', deduplicated: true });
      expect(await read('pages/0001.jpg')).toBe('ONE');
      expect(await read('pages/0001.jpg', 'v1')).toBe('one');
      expect(await read('copy.jpg')).toBe('two');
      const object = await repository.getObject(ID);
      expect(
        object
          .files()
          .map((f) => f.logicalPath)
          .sort(),
      ).toEqual(['copy.jpg', 'pages/0001.jpg']);
      expect((await repository.listVersions(ID)).map((v) => [v.version, v.created])).toEqual([
        ['v1', '2026-01-02T03:04:05Z'],
        ['v2', '2026-01-02T03:04:05Z'],
      ]);
      expect(await errors()).toEqual([]);
      expect(await staged('drafts')).toEqual([]);
      expect(await staged('locks')).toEqual([]);
    });

    it('copies files, stores equal ones once, and leaves no empty folder for them', async () => {
      const source = join(home, 'source.tif');
      await writeFile(source, Buffer.alloc(300_000, 7));
      const files = ['a/1.tif', 'b/2.tif'].map((logicalPath) => ({ logicalPath, source: { path: source } }));
      const put = await repository.putVersion(ID, { ...version({}), files });
      expect(put.files.map((f) => f.deduplicated)).toEqual([false, true]);
      expect(await readdir(join(objectFolder(), 'v1/content'))).toEqual(['a']);
      expect(await errors()).toEqual([]);
    });

    it('takes a folder of pages of which most are the same, many at once', async () => {
      const sources = ['x', 'y'].map((name) => join(home, name));
      for (const source of sources) await writeFile(source, `page ${source}`);
      for (let n = 0; n < 5; n++) {
        const files = Array.from({ length: 60 }, (_, i) => ({
          logicalPath: `${i % 7}/${i}.tif`,
          source: { path: sources[i % 13 === 5 ? 1 : 0]! },
        }));
        await repository.putVersion(`urn:x:same:${n}`, { ...version({}), files });
      }
      expect(await errors()).toEqual([]);
    });

    it('writes nothing when the head holds the same already, so that a retry is harmless', async () => {
      await repository.putVersion(ID, version({ a: 'x' }));
      const again = await repository.putVersion(ID, version({ a: 'x' }));
      expect(again).toMatchObject({ version: 'v1', written: false });
      expect((await repository.getObject(ID)).head).toBe('v1');
    });

    it('takes many objects at once, and fails only those that are wrong', async () => {
      const list = Array.from({ length: 20 }, (_, i) => ({
        objectId: `urn:x:${i}`,
        next: version({ 'a.txt': `text ${i}` }),
      }));
      list[7] = { objectId: 'urn:x:7', next: version({ '../escape': 'x' }) };
      list[8] = { objectId: 'urn:x:9', next: version({ 'a.txt': 'twice in one batch' }) };
      const outcomes = await repository.putVersions(list);
      expect(outcomes[7]).toMatchObject({ error: { code: 'ocfl.unsafePath' } });
      const twice = [outcomes[8], outcomes[9]].filter((o) => o && 'error' in o);
      expect(twice).toMatchObject([{ error: { code: 'ocfl.locked' } }]);
      expect(outcomes.filter((o) => 'result' in o)).toHaveLength(18);
      expect(await errors()).toEqual([]);
      const walked: string[] = [];
      for await (const path of walkObjects(store)) walked.push(path);
      expect(walked).toHaveLength(18);
    });

    it('refuses a second writer, and a head that moved', async () => {
      await repository.putVersion(ID, version({ a: 'x' }));
      const lock = await store.lock(repository.pathOf(ID));
      await expect(repository.putVersion(ID, version({ a: 'y' }))).rejects.toMatchObject({
        code: 'ocfl.locked',
      });
      await lock.release();
      await expect(
        repository.putVersion(ID, version({ a: 'y' }, { expectedHead: null })),
      ).rejects.toMatchObject({ code: 'ocfl.headMoved' });
      await repository.putVersion(ID, version({ a: 'y' }, { expectedHead: 'v1' }));
      const race = await Promise.allSettled(
        [1, 2, 3].map((n) => repository.putVersion(ID, version({ a: `race ${n}` }))),
      );
      expect(race.filter((r) => r.status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
      expect(await errors()).toEqual([]);
    });

    it('does not publish when its lock was taken from it meanwhile', async () => {
      await repository.putVersion(ID, version({ a: 'x' }));
      const path = repository.pathOf(ID);
      const sleeper: Store = {
        ...store,
        async seal(list) {
          await store.seal(list);
          for (const name of await staged('locks')) await rm(join(home, 'staging/locks', name));
        },
      };
      const asleep = await openRepository({ store: sleeper });
      await expect(asleep.putVersion(ID, version({ a: 'y' }))).rejects.toMatchObject({ code: 'ocfl.locked' });
      expect((await repository.getObject(ID)).head).toBe('v1');
      expect(await readdir(join(home, 'root', path))).not.toContain('v2');
      expect(await staged('drafts')).toEqual([]);
    });

    it('finishes a version that was renamed into place before its writer was killed', async () => {
      await repository.putVersion(ID, version({ a: 'old' }));
      await cp(objectFolder(), join(home, 'before'), { recursive: true });
      await repository.putVersion(ID, version({ a: 'new' }));
      for (const lost of [['inventory.json', 'inventory.json.sha512'], ['inventory.json.sha512']]) {
        for (const name of lost) await cp(join(home, 'before', name), join(objectFolder(), name));
        expect(['old', 'new']).toContain(await read('a'));
        expect((await repository.recover(ID)).outcome).toBe('finished');
        expect(await read('a')).toBe('new');
        expect(await errors()).toEqual([]);
      }
      expect((await repository.recover(ID)).outcome).toBe('sound');
    });

    it('neither takes over nor deletes a version directory that is not complete', async () => {
      await repository.putVersion(ID, version({ a: 'old' }));
      await mkdir(join(objectFolder(), 'v2/content'), { recursive: true });
      await writeFile(join(objectFolder(), 'v2/content/a'), 'half');
      expect((await repository.recover(ID)).outcome).toBe('damaged');
      await expect(repository.putVersion(ID, version({ a: 'y' }))).rejects.toMatchObject({
        code: 'ocfl.damagedObject',
      });
      expect(await read('a')).toBe('old');
    });

    it('never lists the root or its folders, however many objects there are', async () => {
      const listed: string[] = [];
      const watched: Store = {
        ...store,
        async list(path) {
          listed.push(path);
          return store.list(path);
        },
      };
      const inUse = await openRepository({ store: watched });
      for (const text of ['one', 'two']) await inUse.putVersion(ID, version({ 'a.txt': text }));
      await inUse.getObject(ID);
      await inUse.exists(ID);
      await inUse.absentAmong([ID]);
      await inUse.measure(ID);
      await inUse.verify(ID);
      await inUse.recover(ID);
      await inUse.sweepStaging();
      const own = inUse.pathOf(ID);
      expect(listed.length).toBeGreaterThan(0);
      expect(listed.filter((path) => path !== own && !path.startsWith(`${own}/`))).toEqual([]);
    });

    it('tells of which objects nothing lies there: of one that was begun, or is broken, something does', async () => {
      const [whole, broken, absent] = [ID, `${ID}-2`, `${ID}-3`];
      await repository.putVersion(whole, version({ 'a.txt': 'one' }));
      await mkdir(join(home, 'root', repository.pathOf(broken)), { recursive: true });
      expect([...(await repository.absentAmong([whole, absent, broken]))]).toEqual([absent]);
      expect([...(await repository.absentAmong([]))]).toEqual([]);
    });

    it('says that content is damaged while handing it out, and in a check', async () => {
      await repository.putVersion(ID, version({ 'a.txt': 'right' }));
      await writeFile(join(objectFolder(), 'v1/content/a.txt'), 'wrong');
      await expect(read('a.txt')).rejects.toMatchObject({ code: 'ocfl.contentDamaged' });
      expect((await repository.verify(ID)).map((f) => f.code)).toEqual(['E092', 'E093', 'E093']);
      const part = await repository.openFile(ID, 'a.txt', { range: { start: 1, end: 2 } });
      expect(await text(part.stream)).toBe('ro');
    });

    it('refuses a source that is not the file it was', async () => {
      const file = {
        logicalPath: 'a',
        source: { bytes: Buffer.from('x') },
        expect: { sha256: '0'.repeat(64) },
      };
      await expect(repository.putVersion(ID, { ...version({}), files: [file] })).rejects.toMatchObject({
        code: 'ocfl.sourceDiffers',
      });
      expect(await repository.exists(ID)).toBe(false);
      expect(await staged('drafts')).toEqual([]);
    });

    it.each([['../a'], ['/a'], ['a//b'], ['原件.jpg'], ['a b'], ['.hidden'], ['con.txt'], ['a.'], ['a/..']])(
      'refuses the path %s',
      async (path) => {
        await expect(repository.putVersion(ID, version({ [path]: 'x' }))).rejects.toMatchObject({
          code: 'ocfl.unsafePath',
        });
      },
    );
    it('refuses names that differ in case alone, and a file that is also a folder', async () => {
      await expect(repository.putVersion(ID, version({ a: 'x', A: 'y' }))).rejects.toMatchObject({
        code: 'ocfl.unsafePath',
      });
      await expect(repository.putVersion(ID, version({ a: 'x', 'a/b': 'y' }))).rejects.toMatchObject({
        code: 'ocfl.unsafePath',
      });
    });

    it('clears away what a killed writer left, empty folders included, but not a living one’s', async () => {
      const path = repository.pathOf(ID);
      await store.lock(path);
      const draft = await store.draft({ objectPath: path, version: 'v1', isNew: true });
      await draft.putBytes('v1/content/a', Buffer.from('x'));
      expect((await repository.sweepStaging()).discarded).toBe(0);
      await mkdir(join(home, 'root', path, '..'), { recursive: true });
      const gone = (owner: string) =>
        JSON.stringify({ ...JSON.parse(owner), pid: 99_999_999, started: 'another boot/1' });
      for (const name of await staged('writers')) {
        const file = join(home, 'staging/writers', name);
        await writeFile(file, gone(await readFile(file, 'utf8')));
      }
      for (const name of await staged('locks')) {
        const lock = join(home, 'staging/locks', name);
        const owner = await readlink(lock);
        await rm(lock);
        await symlink(gone(owner), lock);
      }
      expect(await repository.sweepStaging()).toMatchObject({
        discarded: 1,
        recovered: [{ path, recovery: { outcome: 'absent' } }],
      });
      expect(await staged('drafts')).toEqual([]);
      expect(await errors()).toEqual([]);
      expect((await repository.putVersion(ID, version({ a: 'x' }))).version).toBe('v1');
    });
  },
);

const layouts: [string, Layout['config']][] = [
  ['0002-flat-direct-storage-layout', {}],
  ['0003-hash-and-id-n-tuple-storage-layout', {}],
  ['0004-hashed-n-tuple-storage-layout', {}],
  ['0006-flat-omit-prefix-storage-layout', { delimiter: 'urn:uuid:' }],
  ['0007-n-tuple-omit-prefix-storage-layout', { delimiter: 'urn:uuid:' }],
];

describe('a storage root', () => {
  beforeEach(() => start('file'));
  it('is made once, and not where other things lie', async () => {
    await createStorageRoot(store);
    expect(await readFile(join(home, 'root/0=ocfl_1.1'), 'utf8')).toBe('ocfl_1.1\n');
    await expect(
      createStorageRoot(store, { extension: '0004-hashed-n-tuple-storage-layout', config: {} }),
    ).rejects.toMatchObject({ code: 'ocfl.rootDiffers' });
    const other = filesystemStore({ root: home, staging: join(home, 'staging'), pool });
    await expect(createStorageRoot(other)).rejects.toMatchObject({ code: 'ocfl.notEmpty' });
    await expect(openRepository({ store: other })).rejects.toMatchObject({ code: 'ocfl.noRoot' });
  });
  it.each(layouts)('of 1.0 takes objects of 1.0, by the layout %s', async (extension, config) => {
    home = await mkdtemp(join(tmpdir(), 'lantai-ocfl-'));
    folders.push(home);
    store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool });
    await createStorageRoot(store, { extension, config }, '1.0');
    repository = await openRepository({ store });
    for (const text of ['one', 'two']) await repository.putVersion(ID, version({ 'a.txt': text }));
    await repository.putVersion('urn:uuid:2', version({ 'b.txt': 'three' }));
    const { inventory } = await repository.getObject(ID);
    expect([inventory.spec, inventory.head]).toEqual(['1.0', 'v2']);
    expect(await readdir(objectFolder())).toContain('0=ocfl_object_1.0');
    expect(await validateRoot(store)).toEqual({ objects: 2, findings: [] });
    // The root grows up; what lies in it stays as it was and is valid there.
    await rename(join(home, 'root/0=ocfl_1.0'), join(home, 'root/0=ocfl_1.1'));
    await writeFile(join(home, 'root/0=ocfl_1.1'), 'ocfl_1.1\n');
    repository = await openRepository({ store });
    await repository.putVersion(ID, version({ 'a.txt': 'three' }));
    await repository.putVersion('urn:uuid:3', version({ 'a.txt': 'new' }));
    expect((await repository.getObject(ID)).inventory.spec).toBe('1.0');
    expect((await repository.getObject('urn:uuid:3')).inventory.spec).toBe('1.1');
    expect(await errors()).toEqual([]);
  });

  it('is finished when its making was interrupted', async () => {
    await rename(join(home, 'root/0=ocfl_1.1'), join(home, 'lost'));
    await createStorageRoot(store);
    expect(await errors()).toEqual([]);
  });
});
