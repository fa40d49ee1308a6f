import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, open, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PACKAGE_KIND_NAMES } from '#modules/packages';
import { furnishedHouse } from '../support/furnishedHouse.ts';
import type { KeptHouse } from '../support/keptHouse.ts';
import { runLantaiWith } from '../support/runCheck.ts';

const ROUNDS = Number(process.env.LANTAI_EXPORT_KILLS ?? 8);
const CLI = fileURLToPath(new URL('../../src/main/cli.ts', import.meta.url));

let from: KeptHouse & { out: string };
let out: string;
let settings: Record<string, string>;
beforeAll(async () => {
  from = await furnishedHouse();
  out = await mkdtemp(join(tmpdir(), 'lantai-commands-'));
  settings = {
    LANTAI_DATA: from.house.config.dataDir,
    LANTAI_DATABASE_URL: from.db.url,
    LANTAI_OCR_WORKERS: '0',
  };
});
afterAll(async () => {
  await from.close();
  await rm(out, { recursive: true });
});

/** A command of the platform over the house, and the document it answers with. */
async function lantai(...words: string[]) {
  const { status, stdout, stderr } = await runLantaiWith(settings, ...words, '--json');
  return { status, stderr, json: stdout.trim() === '' ? undefined : (JSON.parse(stdout) as never) };
}
const codes = (json: unknown) =>
  (json as { results: { findings: { code: string; severity: string }[] }[] }).results.flatMap((r) =>
    r.findings.filter((f) => f.severity === 'error').map((f) => f.code),
  );

describe.each(PACKAGE_KIND_NAMES)('export and ingest of %s by the command line', (kind) => {
  it('end with 0 where all went well, 1 where something was refused, 2 where nothing could be done; what was written is valid', {
    timeout: 600_000,
  }, async () => {
    const target = join(out, `${kind}.zip`);
    const done = await lantai('export', '990111', '--format', kind, '-o', target);
    expect(done, done.stderr).toMatchObject({ status: 0, json: { kind, leftOut: 0, withoutContent: 0 } });
    expect(await lantai('export', '990111', '--format', kind, '-o', target)).toMatchObject({ status: 2 });
    expect(await lantai('export', 'NOTHING', '--format', kind, '-o', join(out, 'x'))).toMatchObject({
      status: 2,
    });

    const judged = await lantai('check', target, '--kind', kind === 'dip' ? 'eark' : kind);
    expect({ status: judged.status, errors: codes(judged.json) }).toEqual({ status: 0, errors: [] });
    // Recognised, it is the same.
    const recognised = await lantai('check', target);
    expect(recognised).toMatchObject({
      status: 0,
      json: { results: [{ kind: kind === 'dip' ? 'eark' : kind, valid: true }] },
    });

    const again = await lantai('ingest', target, '--archive', '990111');
    expect(again, again.stderr).toMatchObject({
      status: 0,
      json: { results: [{ kind, accepted: true, newEntries: 0, newFiles: 0 }] },
    });

    const damaged = join(out, `damaged-${kind}.zip`);
    await copyFile(target, damaged);
    const file = await open(damaged, 'r+');
    const { size } = await file.stat();
    await file.write(Buffer.alloc(40, 0x55), 0, 40, Math.floor(size / 2));
    await file.close();
    expect(await lantai('check', damaged)).toMatchObject({ status: 1 });
    expect(await lantai('ingest', damaged, target, '--archive', '990111')).toMatchObject({
      status: 1,
      json: { results: [{ accepted: false }, { accepted: true }] },
    });
    expect(await lantai('ingest', join(out, 'nothing'), target, '--archive', '990111')).toMatchObject({
      status: 2,
    });
    expect(await lantai('ingest', target, '--archive', '000000')).toMatchObject({ status: 2 });
  });
});

it('a handover leaves by the annex of 2012 where that is asked for; other kinds have no layout', {
  timeout: 120_000,
}, async () => {
  const target = join(out, 'annex.zip');
  expect(
    await lantai('export', '990111', '--format', 'handover', '--layout', '2012', '-o', target),
  ).toMatchObject({ status: 0 });
  const judged = await runLantaiWith(settings, 'check', target);
  expect(judged).toMatchObject({ status: 0, stdout: expect.stringContaining('layout of 2012') });
  expect(
    await lantai('export', '990111', '--format', 'bag', '--layout', '2012', '-o', join(out, 'y')),
  ).toMatchObject({ status: 2 });
});

it('an export that is killed at any moment leaves nothing under its name, or the whole', {
  timeout: 60_000 + ROUNDS * 60_000,
}, async () => {
  const target = join(out, 'killed.zip');
  let killed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const env = { ...process.env, ...settings };
    const child = spawn(process.execPath, [CLI, 'export', '990111', '--format', 'bag', '-o', target], {
      env,
      stdio: 'ignore',
    });
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
    await Promise.race([pause(500 + Math.random() * 6_000), ended]);
    child.kill('SIGKILL');
    await ended;
    if (child.signalCode === 'SIGKILL') killed++;
    if (!(await stat(target).catch(() => null))) continue;
    expect(await lantai('check', target)).toMatchObject({ status: 0 });
    await rm(target);
  }
  expect(killed).toBeGreaterThan(0);
  expect(await lantai('export', '990111', '--format', 'bag', '-o', target)).toMatchObject({ status: 0 });
  // What a killed one leaves beside it is hidden.
  const left = (await readdir(out)).filter((n) => n.includes('killed') && n !== 'killed.zip');
  expect(left.every((n) => n.startsWith('.'))).toBe(true);
});
