import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { createStaging } from '#kernel/staging';
import { type Checks, createChecks } from '#modules/checks';
import { type Classified, createClassified } from '#modules/classified';
import { type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { contentStore } from '../content.ts';
import type { FilingDeps } from '../deps.ts';
import { createFiling, type Filing } from '../module.ts';

/** Filing over a database and a folder of the test's own, with two agencies of the county. */
export interface FilingHouse {
  house: SmallHouse;
  filing: Filing;
  classified: Classified;
  deps: FilingDeps;
  checks: Checks;
  folder: string;
  civil: string;
  school: string;
  /** Fonds of the two agencies. */
  fonds: { civil: string; school: string };
  today: { set(day: string): void };
  uploaded(actor: Actor, name: string, content: string): Promise<string>;
  close(): Promise<void>;
}

export async function filingHouse(): Promise<FilingHouse> {
  const house = await smallHouse();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-filing-'));
  await mkdir(join(folder, 'staging'));
  const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  const archiveId = house.county;
  const agency = (code: string, name: string) => house.holdings.addAgency(keeper, { archiveId, code, name });
  const civil = await agency('J012', '县民政局');
  const school = await agency('K021', '县第一中学');
  const fondsOf = async (agencyId: string, number: string, name: string) =>
    (await house.holdings.addFonds(keeper, { archiveId, agencyId, number, name })).id;
  const fonds = {
    civil: await fondsOf(civil, 'J012', '县民政局'),
    school: await fondsOf(school, 'K021', '县第一中学'),
  };
  let day = '2026-03-01';
  const digests = createDigestPool(1);
  const staging = createStaging(join(folder, 'staging'));
  const { db, clock, audit, holdings } = house;
  const classified = createClassified({
    db,
    clock,
    newId,
    audit,
    folder: join(folder, 'blocked/doors'),
    key: randomBytes(32),
  });
  const checks = createChecks({
    db,
    clock,
    newId,
    audit,
    jobs: { enqueue: async () => newId() },
    log: silentLog,
    packages: {
      look: () => Promise.reject(new Error('no packages here')),
      held: () => Promise.reject(new Error('no packages here')),
    },
    services: {},
    codes: { templates: holdings.codeTemplatesInUse, isVoid: holdings.isVoidCode },
    formats: async () => ({}),
    today: () => day,
    timeZone: 'Asia/Shanghai',
    scratch: join(folder, 'scratch'),
  });
  const deps: FilingDeps = {
    db,
    clock,
    newId,
    audit,
    holdings,
    classified,
    staging,
    digests,
    content: contentStore(join(folder, 'filing')),
    batch: async () => undefined,
    jobs: { enqueue: async () => newId() },
    checks,
    today: () => day,
    timeZone: 'Asia/Shanghai',
  };
  return {
    house,
    filing: createFiling(deps),
    classified,
    deps,
    checks,
    folder,
    civil,
    school,
    fonds,
    today: {
      set(next) {
        day = next;
      },
    },
    async uploaded(actor, name, content) {
      const id = randomBytes(16).toString('hex');
      const metadata = { filename: name, relativePath: null, person: actor.id };
      await writeFile(join(staging.folder, id), content);
      await writeFile(
        join(staging.folder, `${id}.json`),
        JSON.stringify({ size: Buffer.byteLength(content), metadata }),
      );
      return id;
    },
    async close() {
      await checks.stop();
      await digests.close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
