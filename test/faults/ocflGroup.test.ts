import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createStorageRoot, filesystemStore, openRepository, validateRoot } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { oneOf } from '../support/ocflVersions.ts';

const pool = createDigestPool(1);
const homes: string[] = [];
afterAll(async () => {
  await pool.close();
  for (const home of homes) await rm(home, { recursive: true, force: true });
});

interface Ask {
  kind: 'build' | 'flush' | 'place' | 'head' | 'release';
  ask: {
    lists?: readonly (readonly string[])[];
    list?: readonly { built: string; objectPath: string; isNew: boolean }[];
  };
}

/** Sees what is asked of the threads, and may answer in their place. */
const watched = (on: (wish: Ask, go: () => Promise<unknown>) => Promise<unknown>): DigestPool => ({
  ...pool,
  ask: async <T>(script: URL, request: unknown) =>
    (await on(request as Ask, () => pool.ask(script, request))) as T,
});

async function newRoot(of: DigestPool = pool) {
  const home = await mkdtemp(join(tmpdir(), 'lantai-group-'));
  homes.push(home);
  const at = { root: join(home, 'root'), staging: join(home, 'staging') };
  const store = filesystemStore({ ...at, pool: of });
  await createStorageRoot(store);
  return { home, ...at, ...(await opened(at)), repository: await openRepository({ store }) };
}

async function opened(at: { root: string; staging: string }) {
  const store = filesystemStore({ ...at, pool });
  const fresh = await openRepository({ store });
  return {
    countOf: async (id: string, version?: string) =>
      text((await fresh.openFile(id, 'count.txt', { version, verify: true })).stream),
    async demandSound() {
      await fresh.sweepStaging();
      expect((await validateRoot(store)).findings.filter((f) => f.severity !== 'info')).toEqual([]);
      for (const what of ['drafts', 'locks'])
        expect(await readdir(join(at.staging, what)), `nothing is left of ${what}`).toEqual([]);
    },
  };
}

const ids = [0, 1, 2, 3].map((n) => `urn:test:${n}`);

describe('objects that are written together', () => {
  it('are flushed to the last folder before they are moved, moved before they are named, and flushed again before they count', async () => {
    /** What would survive a power cut at this moment. */
    const safe = new Set<string>();
    const seen: string[] = [];
    let root = '';
    const demandSafe = (paths: readonly string[], when: string) => {
      for (const path of paths) expect(safe.has(path), `${path} is flushed ${when}`).toBe(true);
    };
    const changed = new Set<string>();
    const { repository, ...at } = await newRoot(
      watched(async ({ kind, ask }, go) => {
        seen.push(kind);
        if (kind === 'place')
          for (const { built } of ask.list ?? []) {
            const names = await readdir(built, { recursive: true });
            demandSafe([built, ...names.map((name) => join(built, name))], 'before it is moved');
          }
        if (kind === 'head')
          demandSafe(
            (ask.list ?? []).map((one) => join(root, one.objectPath)),
            'before its version is named',
          );
        const answer = await go();
        if (kind === 'flush') for (const path of (ask.lists ?? []).flat()) safe.add(path);
        for (const { objectPath, isNew } of (kind === 'place' || kind === 'head' ? ask.list : []) ?? []) {
          const folder = join(root, isNew ? dirname(objectPath) : objectPath);
          safe.delete(folder);
          changed.add(folder);
        }
        return answer;
      }),
    );
    root = at.root;
    for (const list of [ids.slice(0, 2), ids]) {
      const outcomes = await repository.putVersions(list.map((id) => oneOf(id, `${list.length}`)));
      expect(outcomes.every((o) => 'result' in o)).toBe(true);
      demandSafe([...changed], 'before it counts');
    }
    for (const kind of ['build', 'flush', 'place', 'head', 'release']) expect(seen).toContain(kind);
    await at.demandSound();
  });

  it('leave the one alone of which the disk says, when it is flushed, that there is no room', async () => {
    let fail = false;
    const { repository, countOf, demandSound, staging } = await newRoot(
      watched(async ({ kind }, go) => {
        const answer = await go();
        if (kind !== 'flush' || !fail || !Array.isArray(answer)) return answer;
        fail = false;
        const full = { fault: { message: 'ENOSPC: no space left on device, fsync', code: 'ENOSPC' } };
        return answer.map((one, i) => (i === 1 ? { error: full } : one));
      }),
    );
    for (const o of await repository.putVersions(ids.slice(0, 2).map((id) => oneOf(id, 'first'))))
      expect(o).toHaveProperty('result');
    fail = true;
    const outcomes = await repository.putVersions(ids.map((id) => oneOf(id, 'second')));
    expect(outcomes.map((o) => ('error' in o ? (o.error as { code: string }).code : 'written'))).toEqual([
      ...['written', 'ENOSPC', 'written', 'written'],
    ]);
    expect(await Promise.all(ids.map((id) => countOf(id)))).toEqual(['second', 'first', 'second', 'second']);
    expect(await readdir(join(staging, 'drafts'))).toEqual([]);
    expect(await readdir(join(staging, 'locks'))).toEqual([]);
    await demandSound();
  });

  it('are not acknowledged when the folders they were moved into can not be flushed', async () => {
    let placed = false;
    const { repository } = await newRoot(
      watched(async ({ kind, ask }, go) => {
        const answer = await go();
        if (kind === 'place') placed = true;
        if (kind !== 'flush' || !placed) return answer;
        return (ask.lists ?? []).map(() => ({ error: { fault: { message: 'EIO', code: 'EIO' } } }));
      }),
    );
    await expect(repository.putVersions(ids.map((id) => oneOf(id, 'first')))).rejects.toThrow('EIO');
  });
});

describe('a writer of objects that are written together, killed before any of its steps', () => {
  it('leaves each as it was or as it was to be, and all it acknowledged', { timeout: 600_000 }, async () => {
    const program = fileURLToPath(new URL('./ocflGroupWriter.ts', import.meta.url));
    for (let step = 1; ; step++) {
      const home = await mkdtemp(join(tmpdir(), 'lantai-group-'));
      homes.push(home);
      const { said, signal } = await new Promise<{ said: string; signal: unknown }>((resolve) => {
        execFile(process.execPath, [program, home, String(step)], (e, stdout) =>
          resolve({ said: stdout, signal: e && 'signal' in e ? e.signal : null }),
        );
      });
      if (said.endsWith('all\n')) {
        expect(step, 'it was killed before each of its steps').toBeGreaterThan(6);
        return;
      }
      expect(signal, `step ${step}`).toBe('SIGKILL');
      const { countOf, demandSound } = await opened({
        root: join(home, 'root'),
        staging: join(home, 'staging'),
      });
      const acknowledged = said.trim().split('\n');
      expect(acknowledged.length).toBeGreaterThanOrEqual(2);
      const demand = async () => {
        for (const line of acknowledged) {
          const [id = '', version = '', count] = line.split(' ');
          expect(await countOf(id, version), `${id} ${version} after step ${step}`).toBe(count);
        }
      };
      await demand();
      await demandSound();
      await demand();
      for (const id of ids.slice(0, 2)) expect(await countOf(id)).toMatch(/^(first|second)$/);
    }
  });
});
