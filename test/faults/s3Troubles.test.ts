import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStorageRoot, type OcflRepository, openRepository, openStore, type Store } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { contentOf, errorsOf, ID, version } from '../contracts/stores/words.ts';
import { s3Missing, s3Program, startS3, type TestS3 } from '../support/s3.ts';
import { type Trouble, type TroubledLine, troubledLine } from '../support/troubledLine.ts';

const LIMITS = { connectMs: 1_000, callMs: 1_000, idleMs: 500, tries: 3 };

describe.skipIf(!s3Program)(`an S3 server at the end of a bad line${s3Missing}`, () => {
  let s3: TestS3;
  let pool: DigestPool;
  let line: TroubledLine;
  let store: Store;
  let repository: OcflRepository;
  let asked: string[] = [];
  beforeAll(async () => {
    s3 = await startS3();
    pool = createDigestPool(1);
  });
  afterAll(async () => {
    await s3.stop();
    await pool.close();
  });
  beforeEach(async () => {
    line = await troubledLine(s3.endpoint);
    const location = { ...s3.location(), endpoint: line.endpoint };
    ({ store } = await openStore(location, { pool, limits: LIMITS }));
    await createStorageRoot(store);
    repository = await openRepository({ store });
    await repository.putVersion(ID, version({ a: 'one' }));
    asked = [];
  });
  afterEach(() => line.close());

  /** Trouble for requests that fit, the first so many of them. */
  function befalls(trouble: Trouble, most: number, fits: (method: string, path: string) => boolean): void {
    let left = most;
    line.trouble((method, path) => {
      if (!fits(method, path)) return undefined;
      asked.push(path);
      return left-- > 0 ? trouble : undefined;
    });
  }
  const all = () => true;
  const large = randomBytes(3_000_000);
  const putLarge = () =>
    repository.putVersion(ID, {
      ...version({}),
      files: [{ logicalPath: 'large', source: { bytes: large } }],
    });
  const read = async () => buffer((await repository.openFile(ID, 'large', { verify: true })).stream);
  const isContent = (method: string, path: string) => method === 'GET' && path.includes('/content/large');

  it.each(['cutBefore', 'cutAfter', 'busy'] as const)(
    'is asked again when a call ends in %s',
    async (trouble) => {
      // Every third request goes wrong, whatever it is.
      let n = 0;
      line.trouble(() => (n++ % 3 === 0 ? trouble : undefined));
      const put = await repository.putVersion(ID, version({ b: 'two' }));
      expect(put).toMatchObject({ version: 'v2', written: true });
      line.trouble(() => undefined);
      expect(await contentOf(repository)).toEqual({ a: 'one', b: 'two' });
      expect(await errorsOf(store)).toEqual([]);
    },
  );

  it.each(['half', 'stall'] as const)('goes on where a download broke off (%s)', async (trouble) => {
    await putLarge();
    befalls(trouble, 2, isContent);
    expect((await read()).equals(large)).toBe(true);
    expect(asked.length).toBe(3);
  });

  it('is given up with a clear word when it breaks off again and again', async () => {
    await putLarge();
    befalls('half', 100, isContent);
    // Each time some more comes, so that it is not for ever, yet far from whole: the last piece is cut to nothing.
    const whole = await read().then(
      () => true,
      (e: { code: string }) => e.code,
    );
    expect([true, 'store.unreachable']).toContain(whole);
  });

  it('is caught when it gives wrong bytes, on reading and on writing', async () => {
    await putLarge();
    befalls('wrongByte', 1, isContent);
    await expect(read()).rejects.toMatchObject({ code: 'ocfl.contentDamaged' });
    expect((await read()).equals(large)).toBe(true);
    befalls('wrongByte', 1, (method, path) => method === 'GET' && path.includes('/v3/content/b'));
    await expect(repository.putVersion(ID, version({ b: 'two' }))).rejects.toMatchObject({
      code: 'ocfl.notWritten',
    });
    line.trouble(() => undefined);
    expect((await repository.getObject(ID)).head).toBe('v2');
    await repository.putVersion(ID, version({ b: 'two' }));
    expect(await errorsOf(store)).toEqual([]);
  });

  it('is waited for no longer than the limits when it says nothing', async () => {
    const before = performance.now();
    befalls('silence', 100, all);
    await expect(repository.getObject(ID)).rejects.toMatchObject({ code: 'store.slow' });
    expect(performance.now() - before).toBeLessThan(6_000);
  });

  it('leaves the old head and no damage when it vanishes in the middle of a write', async () => {
    for (let n = 1; n < 30; n += 4) {
      let left = n;
      line.trouble(() => (left-- > 0 ? undefined : 'cutBefore'));
      const put = await repository.putVersion(ID, version({ [`file${n}`]: 'x' })).then(
        () => 'written',
        (e: { code: string }) => e.code,
      );
      line.trouble(() => undefined);
      // This process lives, so that its lock lapses only with time: others are refused until then, and readers are not.
      expect(['written', 'store.unreachable', 'ocfl.locked']).toContain(put);
      const content = await contentOf(repository);
      expect(content.a).toBe('one');
    }
  });

  it('is written to again by the same process soon after a write it broke off', async () => {
    let begun = false;
    line.trouble((method, path) => {
      begun ||= method === 'PUT' && path.includes('/v2/');
      return begun ? 'cutBefore' : undefined;
    });
    const put = () => repository.putVersion(ID, version({ b: 'two' }));
    await expect(put()).rejects.toMatchObject({ code: 'store.unreachable' });
    line.trouble(() => undefined);
    await expect(put()).rejects.toMatchObject({ code: 'ocfl.locked' });
    await setTimeout(6_000);
    expect(await put()).toMatchObject({ version: 'v2' });
    expect(await errorsOf(store)).toEqual([]);
  });

  it('says in one sentence what is wrong when it is not there at all', async () => {
    await s3.kill();
    try {
      await expect(repository.getObject(ID)).rejects.toMatchObject({
        code: 'store.unreachable',
        message: expect.stringMatching(/^The store s3:\/\/.* can not be reached/),
      });
    } finally {
      await s3.restart();
    }
    expect(await contentOf(repository)).toEqual({ a: 'one' });
  });
});
