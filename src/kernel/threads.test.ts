import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Thread, ThreadPool } from './threads.ts';

const here = new URL('.', import.meta.url);
const SCRIPT = `
import { answerRequests } from '${new URL('threads.ts', here).href}';
import { Refusal } from '${new URL('errors.ts', here).href}';
answerRequests(async (wish) => {
  if (wish === 'hang') for (;;);
  if (wish === 'exit') process.exit(3);
  if (wish === 'eat') { const all = []; for (;;) all.push(new Array(1e6).fill(Math.random())); }
  if (wish === 'refuse') throw new Refusal('test.refused', 'No.', { a: 1 });
  if (wish === 'fail') throw new TypeError('broken');
  return 'did ' + wish;
});`;

describe('a thread of its own', () => {
  let folder: string;
  let script: URL;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'threads-'));
    await writeFile(join(folder, 'script.mjs'), SCRIPT);
    script = pathToFileURL(join(folder, 'script.mjs'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const limit = { timeoutMs: 20_000 };

  it('answers, refuses and fails as its script does', async () => {
    const thread = new Thread({ script });
    expect(await thread.ask('work', limit)).toBe('did work');
    await expect(thread.ask('refuse', limit)).rejects.toMatchObject({
      code: 'test.refused',
      detail: { a: 1 },
    });
    await expect(thread.ask('fail', limit)).rejects.toMatchObject({ name: 'TypeError', message: 'broken' });
    await thread.stop();
  });

  it('is ended when it hangs, dies or eats memory, and works again afterwards', async () => {
    const thread = new Thread({ script, maxHeapMb: 64 });
    expect(await thread.ask('first', limit)).toBe('did first');
    await expect(thread.ask('hang', { timeoutMs: 300 })).rejects.toMatchObject({ why: 'timedOut' });
    await expect(thread.ask('exit', limit)).rejects.toMatchObject({ why: 'died' });
    await expect(thread.ask('eat', limit)).rejects.toMatchObject({ why: 'outOfMemory' });
    expect(await thread.ask('work', limit)).toBe('did work');
    await thread.stop();
  });

  it('is ended when the asker gives up', async () => {
    const thread = new Thread({ script });
    const giveUp = AbortSignal.timeout(200);
    await expect(thread.ask('hang', { ...limit, signal: giveUp })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await thread.stop();
  });

  it('shares its queue in a pool, in which a hanging request holds up nobody else', async () => {
    const pool = new ThreadPool({ script, size: 2, recycleAfter: 2 });
    const hanging = pool.ask('hang', { timeoutMs: 1500 }).catch((e: { why: string }) => e.why);
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((w) => pool.ask(w, limit)));
    expect(answers).toEqual(['did a', 'did b', 'did c', 'did d', 'did e']);
    expect(await hanging).toBe('timedOut');
    await pool.close();
  });
});
