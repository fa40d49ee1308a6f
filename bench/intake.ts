import { randomFillSync } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { createIdentifierPool } from '#formats/pronom';
import { systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { systemClock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { inspectFile } from '#modules/digitisation';
import { createHoldings } from '#modules/holdings';
import type { IncomingFile } from '#modules/preservation';
import { catalogueIndex } from '../src/main/searchIndex.ts';
import { holdContent } from '../src/modules/preservation/commands/hold.ts';
import { createIdentifying } from '../src/modules/preservation/formats/identifying.ts';
import { openHeld } from '../test/support/openHeld.ts';

export const name = 'intake';

/** Noise, which no compression makes small: so many pixels each way come to about so many bytes. */
const CASES = [
  { what: 'JPEG of 10 kB', pixels: 85, pdf: false, units: 40, files: 10, rounds: 10 },
  { what: 'JPEG of 1 MB', pixels: 850, pdf: false, units: 20, files: 5, rounds: 3 },
  { what: 'PDF of 1 MB', pixels: 850, pdf: true, units: 20, files: 5, rounds: 3 },
  { what: 'JPEG of 40 MB', pixels: 5_300, pdf: false, units: 3, files: 1, rounds: 3 },
  { what: 'PDF of 40 MB', pixels: 5_300, pdf: true, units: 3, files: 1, rounds: 3 },
];

interface Cost {
  ms: number;
  processorMs: number;
}

/**
 * Taking files in: digests, opening each, its object, its rows in the catalogue; with their formats told and without; in turn, the best of
 * some: time, and processor time of this process with its threads, which other work hardly changes.
 */
export async function run({ db, print }: { db: Database; print(line: string): void }) {
  const results: Record<string, unknown> = {};
  const clock = systemClock;
  const audit = createAuditTrail(clock, newId, 'sha256');
  const holdings = createHoldings({
    db,
    clock,
    audit,
    newId,
    reachBetween: async () => 0,
    fondsOnHold: async () => [],
    jobs: createJobs(db, silentLog, newId),
    index: catalogueIndex(),
  });
  const bench = systemActor('bench');
  const archiveId = await holdings.addArchive(bench, {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
  const fonds = await holdings.addFonds(bench, { archiveId, number: 'J019', name: '县民政局' });
  const digests = createDigestPool();
  const identifying = createIdentifying(createIdentifierPool({}, 1), silentLog);
  for (const c of CASES) {
    const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-intake-'));
    const held = await openHeld(db, folder);
    try {
      const files = await makeFiles(join(folder, 'in'), c);
      const take = async (identify: Parameters<typeof holdContent>[0]['identify']): Promise<Cost> => {
        const units = [];
        for (let n = 0; n < c.units; n++) {
          const id = await holdings.createUnit(bench, { fondsId: fonds.id, title: `第${n + 1}件` });
          units.push({ id, archiveId, paths: files.slice(n * c.files, (n + 1) * c.files) });
        }
        const deps = {
          db,
          clock,
          audit,
          newId,
          identify,
          scratch: join(folder, 'scratch'),
          repository: held.preservation.repository,
          writing: held.preservation.writing,
          snapshots: holdings.unitSnapshots,
          attachObjects: holdings.attachObjects,
        };
        const opened = async function* (paths: readonly string[]): AsyncGenerator<IncomingFile> {
          for (const path of paths) {
            const { digests: found, size } = await digests.digestFile(path, ['sha512', 'sha256']);
            const { mediaType, pages, technical, checks } = await inspectFile(path);
            const name = basename(path);
            const named = { path, name, nameBytes: Buffer.from(name) };
            yield {
              ...named,
              mediaType,
              bytes: size,
              digests: found,
              pages,
              technical,
              checks,
            };
          }
        };
        const list = units.map(({ paths, ...unit }) => ({ ...unit, files: opened(paths) }));
        const from = performance.now();
        const before = process.cpuUsage();
        for (const o of await holdContent(deps, { id: null, name: 'bench' }, list, async () => {}))
          if (o.status === 'failed') throw o.error;
        const { user, system } = process.cpuUsage(before);
        const each = (ms: number) => ms / files.length;
        return { ms: each(performance.now() - from), processorMs: each((user + system) / 1000) };
      };
      // The thread reads its signatures once.
      await take(async (file) => (await identifying.identify([file]))[0]);
      const [without, told]: [Cost[], Cost[]] = [[], []];
      for (let round = 0; round < c.rounds; round++) {
        without.push(await take(async () => undefined));
        told.push(await take(async (file) => (await identifying.identify([file]))[0]));
      }
      const best = (list: Cost[], of: keyof Cost) => round2(Math.min(...list.map((c) => c[of])));
      const both = (of: keyof Cost) => ({ told: best(told, of), without: best(without, of) });
      const more = (of: keyof Cost) => Math.round((best(told, of) / best(without, of) - 1) * 100);
      results[c.what] = {
        files: files.length,
        msPerFile: both('ms'),
        processorMsPerFile: both('processorMs'),
        percentMore: { time: more('ms'), processor: more('processorMs') },
      };
      print(
        `${c.what}: ${best(told, 'ms')} ms a file, ${best(without, 'ms')} without telling formats (${more('ms')} % more); ` +
          `processor ${best(told, 'processorMs')} and ${best(without, 'processorMs')} ms (${more('processorMs')} % more)`,
      );
    } finally {
      await held.close();
      await rm(folder, { recursive: true, force: true });
    }
  }
  await identifying.close();
  await digests.close();
  return results;
}

const round2 = (n: number): number => Math.round(n * 100) / 100;

/** Scans, and PDFs of one, no two alike; in memory all of them. */
async function makeFiles(folder: string, c: (typeof CASES)[number]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const noise = randomFillSync(Buffer.alloc(c.pixels * c.pixels * 3));
  const raw = { width: c.pixels, height: c.pixels, channels: 3 } as const;
  const scan = await sharp(noise, { raw }).jpeg({ quality: 90 }).toBuffer();
  const paths: string[] = [];
  for (let i = 0; i < c.units * c.files; i++) {
    const path = join(folder, `${i + 1}.${c.pdf ? 'pdf' : 'jpg'}`);
    // A comment of the picture tells it from the others.
    const words = Buffer.alloc(8);
    words.writeUInt32BE(i, 4);
    const own = Buffer.concat([scan.subarray(0, 2), Buffer.from('fffe000a', 'hex'), words, scan.subarray(2)]);
    await writeFile(path, c.pdf ? await pdfOf(own) : own);
    paths.push(path);
  }
  return paths;
}

async function pdfOf(scan: Buffer): Promise<Buffer> {
  const pdf = new PDFDocument({ size: 'A4' });
  const bytes = pdf.toArray();
  pdf.image(scan, 0, 0, { width: 500 });
  pdf.end();
  return Buffer.concat(await bytes);
}
