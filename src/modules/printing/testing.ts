import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { fondsFilesOf } from '../../../test/support/fondsFiles.ts';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import type { Wanted } from './commands/order.ts';
import type { PrintingDeps } from './deps.ts';
import { FORM_KINDS, type Form } from './domain/forms.ts';
import { createPrinting } from './module.ts';

export type PrintHouse = Awaited<ReturnType<typeof printHouse>>;

/** A county archive with one fonds: a series with a volume of five documents, and documents by item in two boxes. */
export async function printHouse() {
  const house: SmallHouse = await smallHouse();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-printing-'));
  const clock = fixedClock('2026-03-01T02:00:00Z');
  const archivist = house.person(ALL, house.county);
  const people = new Map<string, Actor>([[archivist.id!, archivist]]);
  const queue: string[] = [];
  const audit = createAuditTrail(clock, newId, 'sha256');
  const { fondsFiles, close } = fondsFilesOf(house, { folder, clock, audit });
  const deps: PrintingDeps = {
    fondsFiles,
    db: house.db,
    clock,
    newId,
    log: silentLog,
    audit,
    jobs: {
      async enqueue(_tx, _kind, data) {
        if ('id' in data) queue.push(String(data.id));
        return newId();
      },
    },
    holdings: house.holdings,
    actorById: async (id) => people.get(id),
    folder: join(folder, 'printed'),
    settings: { keepDays: 7, mostKept: 50 },
    publicUrl: 'https://dag.example.cn',
    timeZone: 'Asia/Shanghai',
  };
  const printing = createPrinting(deps);
  const { holdings } = house;
  const fonds = await holdings.addFonds(archivist, {
    archiveId: house.county,
    number: 'J019',
    name: '石桥县民政局',
    dates: '1950-2012',
    history:
      '石桥县民政局成立于1950年3月，主管救灾、优抚、婚姻登记等工作。1968年并入县革命委员会生产指挥组，1979年恢复。',
    custody: '1985年至2013年分五次接收进馆。',
    scope: '反映全县救灾救济、优抚安置、基层政权建设、社会团体登记、婚姻登记等工作的文书档案。',
  });
  const make = (input: Parameters<typeof holdings.createUnit>[1]) => holdings.createUnit(archivist, input);
  const series = await make({ fondsId: fonds.id, level: 'series', title: '救灾救济类', date: '1950-1987' });
  const file = await make({
    fondsId: fonds.id,
    parentId: series,
    level: 'file',
    referenceCode: 'J019-001-012',
    title: '石桥县民政局、农林局关于一九六二年春荒救济和《灾民安置办法》的请示、批复（附名册）',
    creator: '石桥县民政局',
    date: '19620103-19621220',
    retention: 'CQ',
    category: 'WS',
  });
  const titles = [
    '关于发放一九六二年春荒救济粮的请示',
    '关于同意发放春荒救济粮的批复',
    `关于${'转发地区行政公署民政处'.repeat(8)}救灾工作会议纪要的通知`,
    'Letter from the International Red Cross (Geneva) concerning relief supplies, ref. ICRC/1962/0417-B',
    '𠮷家村灾民安置名册',
  ];
  const items: string[] = [];
  for (const [i, title] of titles.entries())
    items.push(
      await make({
        fondsId: fonds.id,
        parentId: file,
        level: 'item',
        referenceCode: `J019-001-012-${String(i + 1).padStart(3, '0')}`,
        title,
        creator: i % 2 ? '石桥县人民委员会' : '石桥县民政局',
        docNo: `民救〔1962〕${i + 1}号`,
        date: `196201${String(i + 10)}`,
        pages: [3, 2, 14, 1, 26][i],
        retention: 'CQ',
        category: 'WS',
      }),
    );
  for (const [n, dept] of [
    [1, '办公室'],
    [2, '办公室'],
    [3, '优抚安置科（双拥工作领导小组办公室）'],
  ] as const)
    for (let i = 1; i <= 3; i++)
      await make({
        fondsId: fonds.id,
        level: 'item',
        referenceCode: `J019-WS·2011·D30·${n < 3 ? 'BGS' : 'YFK'}-${String((n < 3 ? n - 1 : 0) * 3 + i).padStart(4, '0')}`,
        title: `关于做好${2011}年度第${n}组第${i}项工作的通知`,
        creator: '石桥县民政局',
        docNo: `石民发〔2011〕${n}${i}号`,
        date: `2011030${i}`,
        pages: n === 2 && i === 2 ? null : 4,
        year: 2011,
        retention: 'D30',
        category: 'WS',
        description: { dept, ...(n < 3 ? { boxNo: String(n) } : {}) },
      });
  const run = (id: string, signal = new AbortController().signal) =>
    printing.jobs[0]!.run({ id: newId(), data: { id }, attempt: 1, signal, progress() {} });

  return {
    house,
    deps,
    clock,
    printing,
    fondsFiles,
    archivist,
    people,
    queue,
    fonds,
    series,
    file,
    items,
    run,
    wanted: (form: Form, more: Partial<Wanted> = {}): Wanted =>
      Object.assign(
        {
          archiveId: house.county,
          form,
          format: 'pdf' as const,
          language: 'zh-CN' as const,
          choice: { kind: 'fonds' as const, id: fonds.id },
          settings: FORM_KINDS[form].settings,
          name: form,
        },
        more,
      ),
    /** Orders it, does the job, and takes the file. */
    async made(wanted: Wanted, actor: Actor = archivist) {
      const id = await printing.order(actor, wanted);
      await run(id);
      const order = await printing.one(actor, id);
      const path = join(deps.folder, id, `file.${wanted.format}`);
      return { order, path, bytes: order.state === 'done' ? await readFile(path) : Buffer.alloc(0) };
    },
    async close() {
      await close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
