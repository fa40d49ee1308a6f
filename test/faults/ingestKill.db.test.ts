import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_KIND_NAMES } from '#modules/packages';
import { furnishedHouse, holdingsOf, inEmptyHouse, system } from '../support/furnishedHouse.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const WRITER = fileURLToPath(new URL('./ingestWriter.ts', import.meta.url));
let from: Awaited<ReturnType<typeof furnishedHouse>>;

beforeAll(async () => {
  from = await furnishedHouse();
  await from.hold(
    Array.from({ length: 12 }, (_, i) => ({
      code: `J019-WS·2004·D10-${String(i + 1).padStart(4, '0')}`,
      title: `第${i + 1}号通知`,
      text: `第${i + 1}号通知的正文`,
    })),
  );
}, 240_000);
afterAll(() => from.close());

/** Runs the writer over packages, and kills it after a moment where one is named. @returns what it said of each */
async function take(to: { db: { url: string }; folder: string }, paths: string[], killAfter: number | null) {
  const args = [WRITER, to.db.url, join(to.folder, 'data'), '990111', ...paths];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  let out = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      if (out.includes('ready\n')) resolve();
    });
  });
  await Promise.race([ready, ended]);
  if (killAfter !== null) {
    await pause(killAfter);
    child.kill('SIGKILL');
  }
  await ended;
  if (killAfter === null) expect(child.exitCode).toBe(0);
  return out
    .split('\n')
    .slice(1, -1)
    .map((line) => JSON.parse(line) as { accepted: boolean; newEntries: number; newFiles: number });
}

describe('packages killed at any moment of being taken in, and taken in again', () => {
  it('are here whole, once, whatever kind was begun with', {
    timeout: 600_000 + ROUNDS * 60_000,
  }, async () => {
    const paths: string[] = [];
    for (const [i, kind] of PACKAGE_KIND_NAMES.entries()) {
      const target = join(from.out, i % 2 === 0 ? `${kind}.zip` : kind);
      await from.house.packages.export(system, { id: '990111', kind, target });
      paths.push(target);
    }
    const wanted = await holdingsOf(from);
    await inEmptyHouse(async (to) => {
      const { repository } = to.house.preservation;
      for (let round = 0; round < ROUNDS; round++) {
        const turned = paths.map((_, i) => paths[(i + round) % paths.length]!);
        const said = await take(to, turned, 100 + Math.random() * 2500);
        for (const { accepted } of said) expect(accepted).toBe(true);
        const { rows } = await holdingsOf(to);
        expect(rows.length).toBeLessThanOrEqual(wanted.rows.length);
        // What was acknowledged is there whole.
        if (said.length > 0) expect(rows.length).toBe(wanted.rows.length);
      }
      const said = await take(to, paths, null);
      expect(said.map((s) => s.accepted)).toEqual(paths.map(() => true));
      expect(said.slice(1).map((s) => [s.newEntries, s.newFiles])).toEqual(paths.slice(1).map(() => [0, 0]));
      expect(await holdingsOf(to)).toEqual(wanted);
      for (const { object_id: id } of wanted.rows)
        if (typeof id === 'string') {
          expect(await repository.verify(id)).toEqual([]);
          expect(await repository.listVersions(id)).toHaveLength(1);
        }
    });
  });
});
