import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, systemActor } from '#kernel/actor';
import { type Database, sql } from '#kernel/db';
import { syncFolder } from '#kernel/durably';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { readConfig } from '../src/main/config.ts';
import { listen, prepareQueues } from '../src/main/serve.ts';
import { openHouse } from '../src/main/wire.ts';

export const name = 'sending';

const BYTES = 10_000;
const RECORDS = 800;
const AT_ONCE = [1, 8] as const;
const BATCH = 100;

/**
 * Records of an office system with a file of 10 kB each, through the API over the network of this machine: one a request on
 * connections that stay open, and in batches. Beside it the least that could be written for each: three rows in a transaction, and the
 * file with what flushes it.
 */
export async function run({ db, print }: { db: Database; print(line: string): void }) {
  const data = await mkdtemp(join(tmpdir(), 'lantai-bench-sending-'));
  const config = readConfig({
    LANTAI_DATA: data,
    LANTAI_PORT: '0',
    LANTAI_OCR_WORKERS: '0',
    LANTAI_REQUESTS_PER_SECOND: '0',
  });
  await prepareQueues(db, silentLog);
  const house = await openHouse({ config, db, publicUrl: 'http://bench.example', log: silentLog });
  house.sequencer.start();
  const app = await listen(house);
  const results: Record<string, number> = {};
  const tell = (what: string, seconds: number) => {
    results[what] = Math.round(RECORDS / seconds);
    print(`${what}: ${results[what]} records/s`);
  };
  try {
    const address = app.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const token = await systemToken(house);
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const call = sender(address.port, token, agent);
    await each(50, 1, (n) => call('PUT', `/records/warm-${n}`, message()));
    await sql`create table bench_row (id uuid primary key, n int, what text, body jsonb)`.execute(db.owner);
    for (const atOnce of AT_ONCE) {
      const how = atOnce === 1 ? 'one connection' : `${atOnce} connections`;
      tell(`rows and file by hand, ${how}`, await timed(() => each(RECORDS, atOnce, () => byHand(db, data))));
      tell(
        `API, ${how}`,
        await timed(() => each(RECORDS, atOnce, (n) => call('PUT', `/records/${atOnce}-${n}`, message()))),
      );
    }
    tell(
      `API, batches of ${BATCH}`,
      await timed(() =>
        each(RECORDS / BATCH, 1, (n) =>
          call('POST', '/records', {
            records: Array.from({ length: BATCH }, (_, i) => ({ id: `b-${n}-${i}`, ...message() })),
          }),
        ),
      ),
    );
    agent.destroy();
  } finally {
    await app.close();
    await house.close();
    await rm(data, { recursive: true, force: true });
  }
  return results;
}

type House = Awaited<ReturnType<typeof openHouse>>;

async function systemToken(house: House): Promise<string> {
  const system = systemActor('bench');
  const archiveId = await house.holdings.addArchive(system, {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
  const agencyId = await house.holdings.addAgency(system, { archiveId, code: 'J012', name: '县民政局' });
  await house.holdings.addFonds(system, { archiveId, agencyId, number: 'J012', name: '县民政局' });
  const id = await house.intake.register(
    system,
    { archiveId, agencyId },
    {
      name: '办公自动化系统',
      vendor: null,
      sends: ['records'],
      categories: null,
      dayItems: 1_000_000,
      dayBytes: 1e12,
      totalItems: null,
      totalBytes: null,
      addresses: null,
      validUntil: null,
      onward: 'prepare',
      drop: false,
    },
  );
  const decider: Actor = {
    ...system,
    kind: 'person',
    id: newId(),
    rights: new Map([[archiveId, new Set(['filing.read', 'rights.approve'] as const)]]),
  };
  await house.intake.decide(decider, id, { agreed: true, note: '', version: 1 });
  return (await house.intake.createToken(system, id, { name: 'bench', days: 1 }, { address: '' })).secret;
}

const message = () => ({
  metadata: {
    title: '关于做好社会救助工作的通知',
    creator: '县民政局',
    date: '2025-03-01',
    docNo: '石民〔2025〕12号',
  },
  files: [{ name: '正文.pdf', content: randomBytes(BYTES).toString('base64') }],
});

function sender(port: number, token: string, agent: Agent) {
  return (method: string, url: string, payload: object) =>
    new Promise<void>((resolve, reject) => {
      const body = JSON.stringify(payload);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const asked = request(
        { agent, host: '127.0.0.1', port, path: `/api/v1/intake${url}`, method, headers },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (piece: string) => {
            text += piece;
          });
          answer.on('end', () => {
            const ok =
              answer.statusCode === 201 || (answer.statusCode === 200 && !text.includes('"refused"'));
            if (ok) resolve();
            else reject(new Error(`${answer.statusCode}: ${text.slice(0, 300)}`));
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
}

/** Three rows in one transaction, and a file that is there after a power cut. */
async function byHand(db: Database, folder: string): Promise<void> {
  const shelf = join(folder, 'by-hand');
  await mkdir(shelf, { recursive: true });
  const path = join(shelf, newId());
  const file = await open(`${path}.tmp`, 'wx');
  await file.writeFile(randomBytes(BYTES));
  await file.sync();
  await file.close();
  await rename(`${path}.tmp`, path);
  await syncFolder(shelf);
  await db.system(async (tx) => {
    for (const what of ['record', 'file', 'trail'])
      await sql`insert into bench_row values (${newId()}, 1, ${what}, ${JSON.stringify(message().metadata)}::jsonb)`.execute(
        tx,
      );
  });
}

async function each(many: number, atOnce: number, work: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < many; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / 1_000;
}
