import { type Actor, type Capability, publicActor } from '#kernel/actor';
import { type AuditTrail, createAuditTrail } from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { type Database, openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs, type Jobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings, type Holdings, type HoldingsDeps } from '#modules/holdings';
import { catalogueIndex } from '../../src/main/searchIndex.ts';
import { freshDatabase } from './database.ts';

/** The kernel, holdings and search over a database of the test's own, with two archives below a province. */
export interface SmallHouse {
  db: Database;
  clock: ReturnType<typeof fixedClock>;
  newId: typeof newId;
  audit: AuditTrail;
  /** Prepared by the test that needs it. */
  jobs: Jobs;
  holdings: Holdings;
  province: string;
  county: string;
  neighbour: string;
  /** A person with these capabilities in these archives. */
  person(capabilities: readonly Capability[], ...archives: string[]): Actor;
  close(): Promise<void>;
}

export const ALL: readonly Capability[] = [
  'holdings.read',
  'holdings.write',
  'content.read',
  'master.read',
  'content.export',
  'import.run',
  'access.propose',
  'access.decide',
  'certificate.request',
  'certificate.approve',
];

export async function smallHouse(
  /** Asked before a fonds changes hands; without it nobody's reach depends on that. */
  reachBetween: HoldingsDeps['reachBetween'] = async () => 0,
): Promise<SmallHouse> {
  const fresh = await freshDatabase();
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
  const clock = fixedClock('2026-03-01T02:00:00Z');
  const audit = createAuditTrail(clock, newId, 'sha256');
  const jobs = createJobs(db, silentLog, newId);
  const holdings = createHoldings({
    db,
    clock,
    newId,
    audit,
    jobs,
    reachBetween,
    fondsOnHold: async () => [],
    index: catalogueIndex(),
  });
  const system: Actor = { ...publicActor(), kind: 'system', name: 'test' };
  const found = async (parentId: string | null, code: string, name: string, level: string) =>
    holdings.addArchive(system, { parentId, code, name, level });
  const province = await found(null, '990001', '云江省档案馆', 'province');
  const city = await found(province, '990101', '青岚市档案馆', 'city');
  const county = await found(city, '990111', '石桥县档案馆', 'county');
  const neighbour = await found(city, '990112', '白鹭县档案馆', 'county');
  return {
    db,
    clock,
    newId,
    audit,
    jobs,
    holdings,
    province,
    county,
    neighbour,
    person: (capabilities, ...archives) => ({
      kind: 'person',
      id: newId(),
      name: '王某',
      language: 'zh-CN',
      /** Has always just proved who they are. */
      get authenticatedAt() {
        return clock.now();
      },
      rights: new Map(archives.map((a) => [a, new Set(capabilities)])),
    }),
    async close() {
      await jobs.stop();
      await db.close();
      await fresh.drop();
    },
  };
}
