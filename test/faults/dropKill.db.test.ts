import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { handoverZip } from '../../src/modules/transfer/testing/handover.ts';
import { type IntakeHouse, intakeHouse } from '../intake/house.ts';

const ROUNDS = Number(process.env.LANTAI_FAULT_ROUNDS ?? 2);
const WATCHER = fileURLToPath(new URL('./dropWatcher.ts', import.meta.url));
const EACH = 8;
let all: IntakeHouse;
let folder: string;
let systemId: string;

beforeAll(async () => {
  all = await intakeHouse();
  systemId = (await all.admitted({ drop: true })).id;
  folder = join(all.folder, 'drop', '990111', systemId);
  await all.house.intake.drop.look();
});
afterAll(() => all?.close());

/** Records with a file each, and a package; and one of each round that can not be taken. */
async function lay(round: number): Promise<void> {
  for (let i = 0; i < EACH; i++) {
    const at = join(folder, `r${round}-${i}.part`);
    await mkdir(at);
    const files = i === 0 ? [{ name: 'missing.txt' }] : [{ name: 'a.txt' }];
    const said = { id: `r${round}-${i}`, metadata: { title: `${round} ${i}`, date: '2025-01-01' }, files };
    await writeFile(join(at, 'record.json'), JSON.stringify(said));
    if (i > 0) await writeFile(join(at, 'a.txt'), `${round} ${i}`);
    await rename(at, join(folder, `r${round}-${i}`));
    await writeFile(join(folder, `r${round}-${i}.ready`), '');
  }
  await handoverZip(join(folder, `p${round}.zip.part`), [
    { code: `J012-WS·2023-Y-${String(round + 1).padStart(4, '0')}` },
  ]);
  await rename(join(folder, `p${round}.zip.part`), join(folder, `p${round}.zip`));
  await writeFile(join(folder, `p${round}.zip.ready`), '');
}

async function watch(kill: boolean): Promise<void> {
  const args = [WATCHER, all.db.url, all.folder, kill ? '1000' : '3'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
  await Promise.race([ready, ended]);
  if (kill) {
    await pause(Math.random() * 900);
    expect(child.exitCode, 'the watcher runs until it is killed').toBeNull();
    child.kill('SIGKILL');
  }
  await ended;
  if (!kill) expect(child.exitCode).toBe(0);
}

const names = async (...at: string[]) => (await readdir(join(folder, ...at))).sort();

describe('a watcher of drop folders that is killed at any moment', () => {
  it('loses nothing and doubles nothing, and every entry has its one receipt', {
    timeout: 600_000 + ROUNDS * 30_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await lay(round);
      await watch(true);
    }
    await watch(false);
    const rounds = Array.from({ length: ROUNDS }, (_, r) => r);
    const good = rounds.flatMap((r) => Array.from({ length: EACH - 1 }, (_, i) => `r${r}-${i + 1}`));
    expect(await names()).toEqual(['.taken', 'done', 'refused']);
    expect(await names('.taken')).toEqual([]);
    expect(await names('done')).toEqual(
      [...good, ...rounds.map((r) => `p${r}.zip`)].map((n) => `${n}.receipt.json`).sort(),
    );
    expect(await names('refused')).toEqual(rounds.flatMap((r) => [`r${r}-0`, `r${r}-0.receipt.json`]).sort());
    for (const name of good) {
      const told = JSON.parse(await readFile(join(folder, 'done', `${name}.receipt.json`), 'utf8'));
      expect(['taken', 'unchanged'], name).toContain(told.outcome);
      const { record, files } = await all.house.filing.record(all.clerk.actor, told.recordId);
      expect([record.files, files.map((f) => f.name)], name).toEqual([1, ['a.txt']]);
    }
    const count = async (of: string) =>
      (await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(of)}`.execute(all.db.owner)).rows[0]!
        .n;
    expect(await count('filing.record')).toBe(good.length);
    expect(await count('filing.file')).toBe(good.length);
    expect(await count('transfer.batch')).toBe(ROUNDS);
    expect(await count("transfer.batch where files = 1 and state = 'preparing'")).toBe(ROUNDS);
    expect(await count("intake.drop_entry where step <> 'over'")).toBe(0);
    expect(await count('intake.arrival')).toBe(good.length + 2 * ROUNDS);
    // Uploads of records are cleared away, those of packages wait with their batches.
    // What the kill left half written beside one is hidden, and swept away a day later.
    const waiting = (await readdir(all.house.staging.folder)).filter((n) => /^[0-9a-f]{32}$/.test(n));
    expect(waiting).toHaveLength(ROUNDS);
    const used = await sql<{
      items: number;
    }>`select items::int as items from intake.system where id = ${systemId}`.execute(all.db.owner);
    expect(used.rows[0]!.items).toBe(good.length + ROUNDS);
  });
});
