import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const name = 'sheets';

const ROWS = 300_000;
const CHILD = join(import.meta.dirname, 'support', 'sheet-case.ts');

interface Measured {
  rows: number;
  characters: number;
  seconds: number;
  cpuSeconds: number;
  peakMiB: number;
}

/** Writing and reading 300,000 rows of 15 columns, each in a process of its own, beside hucre's streams. */
export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-sheets-'));
  try {
    const inline = join(folder, 'inline.xlsx');
    const shared = join(folder, 'shared.xlsx');
    const written = await measure('write', inline);
    const writtenByHucre = await measure('writeByHucre', join(folder, 'hucre.xlsx'));
    const { characters } = await measure('buildShared', shared);
    const cases = {
      write: written,
      'write, hucre': writtenByHucre,
      'read, inline strings': await measure('read', inline),
      'read in a thread, inline strings': await measure('readInWorker', inline),
      'read, inline strings, hucre': await measure('readByHucre', inline),
      'read, 3 million shared strings': await measure('read', shared),
      'read in a thread, 3 million shared strings': await measure('readInWorker', shared),
      'read, 3 million shared strings, hucre': await measure('readWholeByHucre', shared),
    };
    return {
      rows: ROWS,
      columns: 15,
      limit: { rowsPerSecond: 25_000, peakMiB: 250 },
      cases: Object.entries(cases).map(([what, measured]) => ({
        what,
        rowsPerSecond: Math.round(measured.rows / measured.seconds),
        seconds: Number(measured.seconds.toFixed(2)),
        rowsPerCpuSecond: Math.round(measured.rows / measured.cpuSeconds),
        peakMiB: measured.peakMiB,
        complete: measured.rows === ROWS && measured.characters === characters,
      })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(what: string, path: string): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, what, path, String(ROWS)]);
  return JSON.parse(stdout) as Measured;
}
