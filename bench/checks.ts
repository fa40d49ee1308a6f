import { execFile } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { digestBytes } from '#kernel/checksums';
import { newId } from '#kernel/ids';
import { type CheckSubject, createLookers, runScheme, shippedScheme } from '#modules/checks';
import { smallPdf } from '../src/modules/checks/testing/subjects.ts';

export const name = 'checks';

const ITEMS = 1_000;
const ROUNDS = 2;
const run_ = promisify(execFile);

/** Some bytes that no two files share, of a format that is told by its bytes. */
function padded(head: Buffer, tail: Buffer, bytes: number): Buffer {
  const middle = randomFillSync(Buffer.alloc(Math.max(0, bytes - head.length - tail.length)));
  return Buffer.concat([head, middle, tail]);
}

/** A PDF, a JPEG and a metadata file: 200 kB in all. */
function filesOf(n: number): { name: string; content: Buffer }[] {
  const pdf = smallPdf(`Notice number ${n}`);
  const jpeg = Buffer.from('ffd8ffe000104a46494600010101006000600000', 'hex');
  return [
    { name: '正文.pdf', content: padded(pdf.subarray(0, -6), Buffer.from('\n%%EOF\n'), 120_000) },
    { name: '附件.jpg', content: padded(jpeg, Buffer.from('ffd9', 'hex'), 78_000) },
    {
      name: '元数据.xml',
      content: Buffer.from(`<?xml version="1.0"?><记录><题名>第${n}件</题名></记录>`.padEnd(2_000)),
    },
  ];
}

/** Records with their files as somebody else's package would have them: digests said, metadata complete. */
async function makeItems(folder: string) {
  const items: { n: number; files: { name: string; path: string; bytes: number; sha512: string }[] }[] = [];
  for (let n = 1; n <= ITEMS; n++) {
    const place = join(folder, String(n));
    await mkdir(place, { recursive: true });
    const files = [];
    for (const { name: called, content } of filesOf(n)) {
      const path = join(place, called);
      await writeFile(path, content);
      files.push({
        name: called,
        path,
        bytes: content.length,
        sha512: digestBytes(content, ['sha512']).digests.sha512 ?? '',
      });
    }
    items.push({ n, files });
  }
  return items;
}

function subjectOf(items: Awaited<ReturnType<typeof makeItems>>): CheckSubject {
  return {
    kind: 'package',
    title: 'bench',
    carrier: 'online',
    declared: [{ items: items.length, source: '登记表' }],
    package: { kind: 'handover', findings: [] },
    transmission: null,
    total: items.length,
    async *units() {
      for (const { n, files } of items)
        yield {
          key: String(n),
          level: 'item',
          category: 'WS',
          metadata: {
            referenceCode: `Z109-WS·2011·Y-${String(n).padStart(6, '0')}`,
            title: `关于第${n}号事项的通知`,
            creator: '水务局',
            date: '20110305',
            classification: '公开',
          },
          events: null,
          declaredFiles: files.length,
          expectsFiles: true,
          async *files() {
            for (const { name: called, path, bytes, sha512 } of files)
              yield {
                name: called,
                path: `${n}/${called}`,
                bytes,
                said: { name: called, bytes, digests: [{ algorithm: 'sha512', digest: sha512 }] },
                source: { path },
              };
          },
        };
    },
  };
}

/** Judging records of three files and 200 kB by the whole scheme of transfer, but for what opens documents; best of some. */
export async function run({ print }: { print(line: string): void }) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-checks-'));
  try {
    const items = await makeItems(join(folder, 'in'));
    const shipped = shippedScheme('YJ');
    // Opening a sample of documents has its own line: it is as slow as the documents are.
    const closed = {
      ...shipped,
      items: shipped.items.filter((i) => !['content-complete', 'content-readable'].includes(i.slug)),
    };
    const judge = async (scheme: typeof shipped) => {
      const lookers = createLookers({});
      const began = performance.now();
      const spent = process.cpuUsage();
      const { results, totals } = await runScheme({
        subject: subjectOf(items),
        scheme,
        lookers,
        today: '2026-03-01',
        seed: newId(),
        services: {},
        scratch: join(folder, 'scratch'),
      });
      const ms = performance.now() - began;
      const { user, system } = process.cpuUsage(spent);
      await lookers.close();
      const wrong = results.filter((r) => r.state === 'failed' && r.slug !== 'av-installed');
      if (wrong.length > 0) throw new Error(`the bench's own records fail: ${wrong.map((r) => r.slug)}`);
      return { ms, totals, processorMs: (user + system) / 1000 };
    };
    const peer = async () => {
      const began = performance.now();
      const to = join(folder, 'copy');
      await cp(join(folder, 'in'), to, { recursive: true });
      const copied = performance.now() - began;
      await rm(to, { recursive: true });
      const hashing = performance.now();
      await run_('sh', ['-c', 'find . -type f -print0 | xargs -0 sha512sum > /dev/null'], {
        cwd: join(folder, 'in'),
      });
      return copied + performance.now() - hashing;
    };
    let best = Number.POSITIVE_INFINITY;
    let beside = Number.POSITIVE_INFINITY;
    let share = 0;
    let processor = Number.POSITIVE_INFINITY;
    for (let round = 0; round < ROUNDS; round++) {
      const { ms, totals, processorMs } = await judge(closed);
      processor = Math.min(processor, processorMs / ITEMS);
      if (ms < best) {
        best = ms;
        share = totals.identifyingMs / (ms * availableParallelism());
      }
      beside = Math.min(beside, await peer());
    }
    const whole = await judge(shipped);
    const perSecond = (ms: number) => Math.round((ITEMS / ms) * 1000);
    const heap = Math.round(process.memoryUsage().rss / 1e6);
    print(
      `judged              ${perSecond(best)} records/s (${ITEMS} of 3 files and 200 kB; ${availableParallelism()} processors)`,
    );
    print(`identification      ${Math.round(share * 100)} % of processor time`);
    print(
      `processor time      ${processor.toFixed(1)} ms a record, of all threads; load ${loadavg()[0]?.toFixed(1)}`,
    );
    print(`with 1 % opened     ${perSecond(whole.ms)} records/s`);
    print(`cp + sha512sum      ${perSecond(beside)} records/s`);
    print(`memory              ${heap} MB`);
    return {
      recordsPerSecond: perSecond(best),
      identificationShare: share,
      processorMsPerRecord: processor,
      load: loadavg()[0],
      openedPerSecond: perSecond(whole.ms),
      peerPerSecond: perSecond(beside),
      memoryMb: heap,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
