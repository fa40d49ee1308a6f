import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inOneBuffer, Thread, ThreadPool } from './threads.ts';

const here = new URL('.', import.meta.url);
const SCRIPT = `
import { answerRequests } from '${new URL('threads.ts', here).href}';
import { Refusal } from '${new URL('errors.ts', here).href}';
let asked = 0;
answerRequests(async (wish) => {
  if (wish === 'count') return ++asked;
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

  it('is ended when nobody asks it for a while, never while it works, and begins anew when asked', async () => {
    const thread = new Thread({ script, idleMs: 300 });
    expect(await thread.ask('count', limit)).toBe(1);
    expect(await thread.ask('count', limit)).toBe(2);
    await pause(1_000);
    expect(await thread.ask('count', limit)).toBe(1);
    await expect(thread.ask('hang', { timeoutMs: 1_000 })).rejects.toMatchObject({ why: 'timedOut' });
    await thread.stop();
  }, 60_000);

  it('shares its queue in a pool, in which a hanging request holds up nobody else', async () => {
    const pool = new ThreadPool({ script, size: 2, recycleAfter: 2 });
    const hanging = pool.ask('hang', { timeoutMs: 1500 }).catch((e: { why: string }) => e.why);
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((w) => pool.ask(w, limit)));
    expect(answers).toEqual(['did a', 'did b', 'did c', 'did d', 'did e']);
    expect(await hanging).toBe('timedOut');
    await pool.close();
  });
});

describe('bytes handed over', () => {
  it('lie in one buffer of their own, in order, whatever buffers they were parts of', () => {
    const pool = Buffer.from('abcdef');
    const { buffer, views } = inOneBuffer([pool.subarray(1, 3), new Uint8Array(0), pool.subarray(4, 6)]);
    expect(Buffer.from(buffer).toString()).toBe('bcef');
    expect(views.map((v) => Buffer.from(v).toString())).toEqual(['bc', '', 'ef']);
    expect(pool.toString()).toBe('abcdef');
  });
});
