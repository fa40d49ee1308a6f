import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ADMINISTRATORS, addPerson, type Person, signIn } from './harness/people.ts';
import { archiveId, CLERK, furnish, textRead, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const CUSTODIAN: Person = {
  username: 'baoguan',
  password: 'ku-fang-qi-yao-shi',
  name: '石敬之',
  roles: ['custody'],
};
const KEEPER = ADMINISTRATORS.administrator;
const DISK = '二号盘';
/** The words of after the backup: only the storage root has them when the database is gone. */
const LATER_TITLE = '关于水库工程的请示（更正题名）';

interface Held {
  path: string;
  versions: { message: string | null }[];
}
interface ObjectState {
  copies: { storeName: string; condition: string; checkedAt: string | null }[];
}

/** What the console shows and hands out of the holdings. */
interface Picture {
  units: unknown;
  exported: string;
  hits: unknown;
  pages: unknown;
  file: string;
  history: unknown;
}

let backups: string;

journey(
  'J6 a bit flips and is mended; the database burns and comes back from the storage root',
  (world) => {
    let head: Api;
    let api: Api;
    let unit: string;
    let objectId: string;
    let held: string;
    let original: Buffer;
    let keeper: Visitor;
    let custodian: Visitor;
    let before: Picture;
    beforeAll(async () => {
      head = await furnish(world);
      await addPerson(world.house, CUSTODIAN);
      const reset = await world.house.lantai('user', 'reset', KEEPER.username, '--password', KEEPER.password);
      expect(reset.code, reset.stderr).toBe(0);
    });
    afterAll(() => rm(backups, { recursive: true, force: true }));

    const objectState = (): Promise<ObjectState> =>
      api.read(`/api/v1/preservation/objects/${encodeURIComponent(objectId)}`);
    const heldAs = (): Promise<Held> =>
      api.read(`/api/v1/preservation/packages/${encodeURIComponent(objectId)}`);
    const conditions = async () => (await objectState()).copies.map((copy) => copy.condition);

    /** Everything of the archive's catalogue and of one record's content, as staff get it. */
    async function picture(): Promise<Picture> {
      const reader = await apiOf(world.house.url, CLERK);
      const at = await archiveId(reader);
      const sha = (bytes: ArrayBuffer) => createHash('sha256').update(Buffer.from(bytes)).digest('hex');
      const exported = await reader.get(`/api/v1/archives/${at}/units.xlsx`);
      expect(exported.status).toBe(200);
      const file = await reader.get(`/api/v1/units/${unit}/content/1`);
      expect(file.status).toBe(200);
      const found = await reader.read<{ hits: object[] }>(
        `/api/v1/search?q=${encodeURIComponent(SCANS.inPdf.simplified)}`,
      );
      return {
        units: await reader.read(`/api/v1/archives/${at}/units?limit=200`),
        exported: sha(await exported.arrayBuffer()),
        hits: found.hits,
        pages: await reader.read(`/api/v1/units/${unit}/pages`),
        file: sha(await file.arrayBuffer()),
        history: await reader.read(`/api/v1/units/${unit}`),
      };
    }

    it('1. an archive holds records on one disk alone, and the preservation page says what that means', async () => {
      unit = await unitId(head, SCANS.codes.pdf);
      objectId = `urn:uuid:${unit}`;
      await textRead(head, unit);
      api = await apiOf(world.house.url, CUSTODIAN);
      // What was read is saved into the package a little later, as a version of its own.
      await expect
        .poll(async () => (await heldAs()).versions[0]?.message, { timeout: 170_000, interval: 1_000 })
        .toBe('text saved');
      keeper = await world.visitor();
      await signIn(keeper.page, KEEPER);
      await keeper.page.getByRole('link', { name: w('rail.keeping') }).click();
      await keeper.page.getByText(w('keeping.risk.oneStore')).waitFor();
      await look(keeper, 'j6-01-one-store');
    });

    it('2. the system administrator adds a second disk; each copy counts once it has been verified there', async () => {
      const { page } = keeper;
      await mkdir(join(world.house.folder, 'disk2'), { recursive: true });
      await page.getByRole('link', { name: w('keeping.part.stores'), exact: true }).click();
      const form = page.getByRole('form', { name: w('stores.add') });
      await form.getByLabel(w('stores.name')).fill(DISK);
      await form.getByLabel(w('stores.address')).fill(join(world.house.folder, 'disk2'));
      await form.getByRole('button', { name: w('stores.addAct') }).click();
      await page.getByText(w('stores.addedAs', { name: DISK })).waitFor();
      await expect.poll(conditions, { interval: 1_000 }).toEqual(['sound', 'sound']);
      await look(keeper, 'j6-02-two-stores');
    });

    it('3. a bit flips on the first disk', async () => {
      const { path } = await heldAs();
      const folder = join(world.house.data, 'storage', path, 'v1/content/content');
      const [name = ''] = await readdir(folder);
      held = join(folder, name);
      original = await readFile(held);
      await flipBit(held, Math.floor(original.length / 2));
      expect((await readFile(held)).equals(original)).toBe(false);
    });

    it('4. the custodian has everything verified, and the run finds it', async () => {
      custodian = await world.visitor();
      const { page } = custodian;
      await signIn(page, CUSTODIAN);
      await page.getByRole('link', { name: w('rail.keeping') }).click();
      await page.getByRole('checkbox', { name: w('keeping.fixity.repair') }).uncheck();
      await page.getByRole('button', { name: w('keeping.fixity.all') }).click();
      await page.getByText(w('keeping.risk.damaged', { n: 1 })).waitFor();
      await page
        .getByRole('region', { name: w('keeping.failures') })
        .getByText(SCANS.codes.pdf)
        .first()
        .waitFor();
      await look(custodian, 'j6-04-found');
      expect((await conditions()).toSorted()).toEqual(['damaged', 'sound']);
    });

    it('5. it waits in her work with one verb, which leads to how the record is held', async () => {
      const { page } = custodian;
      await page.getByRole('link', { name: w('rail.work'), exact: true }).click();
      const alarms = page.getByRole('region', { name: w('work.alarms') });
      await alarms.getByText(SCANS.codes.pdf).waitFor();
      await look(custodian, 'j6-05-work');
      const row = alarms.getByRole('listitem').filter({ hasText: SCANS.codes.pdf });
      await row.getByRole('link', { name: w('keeping.alarm.look') }).click();
      await page.getByText(w('copy.condition.damaged')).waitFor();
      await look(custodian, 'j6-06-object');
    });

    it('6. she mends it from the sound copy: the time line tells it, the alarm is over, the byte is back', async () => {
      const { page } = custodian;
      await page.getByRole('button', { name: w('object.mend') }).click();
      const timeline = page.getByRole('list', { name: w('object.events') });
      await timeline.getByText(w('object.event.repair.success', { store: w('copy.main') })).waitFor();
      await page.getByText(w('object.next.sound')).waitFor();
      await look(custodian, 'j6-07-mended');
      expect((await readFile(held)).equals(original)).toBe(true);
      const { items } = await api.read<{ items: { state: string; objectId: string }[] }>(
        '/api/v1/preservation/alarms',
      );
      expect(items.filter((alarm) => alarm.objectId === objectId).map((alarm) => alarm.state)).toEqual([
        'solved',
      ]);
    });

    it('7. anybody of the staff may read what a package says of itself, in its own words', async () => {
      const { page } = custodian;
      await page.getByRole('link', { name: w('object.part.package') }).click();
      const tree = page.getByRole('tree', { name: w('package.tree') });
      await tree.getByText('inventory.json', { exact: true }).click();
      await page.getByText(w('package.part.inventory')).waitFor();
      await page.getByText(objectId).first().waitFor();
      await look(custodian, 'j6-08-package');
    });

    it('8. a backup is made, and a drill proves that it comes back', async () => {
      const { page } = keeper;
      await page.goto('/console/preservation/backups');
      await page.getByRole('button', { name: w('backups.start') }).click();
      const runs = page.getByRole('region', { name: w('backups.runs') }).last();
      await runs.getByText(w('backup.state.done')).first().waitFor();
      await page.getByRole('button', { name: w('backups.drill') }).click();
      await page.getByRole('table').getByText(w('backups.equal')).waitFor({ timeout: 180_000 });
      await look(keeper, 'j6-09-backups');
      // A page without scripts, as everything below /api is.
      const report = await page.getByRole('link', { name: w('backups.report') }).getAttribute('href');
      const answer = await page.request.get(report ?? '');
      expect(await answer.text()).toContain(w('backup.report.passed'));
    });

    it('9. after the backup a title is put right; a little later the storage root has it', async () => {
      const clerk = await apiOf(world.house.url, CLERK);
      const { version } = await clerk.read<{ version: number }>(`/api/v1/units/${unit}`);
      const changed = await clerk.patch(`/api/v1/units/${unit}`, { version, title: LATER_TITLE });
      expect(changed.status, await changed.clone().text()).toBe(200);
      await expect
        .poll(
          async () => (await api.read<{ waitingRows: number }>('/api/v1/preservation/segments')).waitingRows,
          {
            interval: 1_000,
          },
        )
        .toBe(0);
      before = await picture();
      expect(JSON.stringify(before.units)).toContain(LATER_TITLE);
      expect(before.hits).toHaveLength(1);
    });

    it('10. the database burns; accounts come back from the backup, the holdings from the storage root', async () => {
      await Promise.all([keeper.close(), custodian.close()]);
      await world.house.halt();
      await world.house.burnDatabase();
      const restored = await world.house.lantai('restore');
      expect(restored.document, restored.stderr).toMatchObject({ restored: { equal: true } });
      const rebuilt = await world.house.lantai('rebuild');
      expect(rebuilt.document, rebuilt.stderr).toMatchObject({ troubles: { count: 0 } });
      expect(rebuilt.code).toBe(0);
      await world.house.serve();
    });

    it('11. what the console shows and hands out is what it was, to the byte', async () => {
      const after = await picture();
      expect(after).toEqual(before);
      const clerk = await world.visitor();
      const { page } = clerk;
      await signIn(page, CLERK);
      await page.goto(`/console/units/${unit}`);
      await page.getByRole('heading', { name: LATER_TITLE }).waitFor();
      await page.getByRole('list', { name: w('viewer.pages') }).waitFor();
      await page.waitForLoadState('networkidle');
      await look(clerk, 'j6-11-back');
      await page.goto(`/console/search?q=${encodeURIComponent(SCANS.inPdf.traditional)}`);
      await page.getByText(LATER_TITLE).first().waitFor();
      await look(clerk, 'j6-12-search');
    });

    it('12. and all of it is still proved: copies, trail and store fit', async () => {
      const again = await world.visitor();
      await signIn(again.page, CUSTODIAN);
      await again.page.getByRole('link', { name: w('rail.keeping') }).click();
      await again.page
        .getByRole('region', { name: w('keeping.stores') })
        .getByText(DISK)
        .waitFor();
      await look(again, 'j6-13-after');
      const trail = await world.house.lantai('audit', 'verify');
      expect(trail.document, trail.stderr).toMatchObject({ valid: true });
    });
  },
  async () => {
    backups = await mkdtemp(join(tmpdir(), 'lantai-journey-backups-'));
    return {
      LANTAI_BACKUP: backups,
      LANTAI_BACKUP_AT: 'never',
      LANTAI_SEGMENT_DELAY_SECONDS: '1',
      // Left to itself the house mends what it finds before anybody has seen it.
      LANTAI_FIXITY_REPAIR: 'off',
    };
  },
);

/** One bit of one byte, in place. */
async function flipBit(path: string, at: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte.writeUInt8(byte.readUInt8(0) ^ 1, 0);
    await file.write(byte, 0, 1, at);
  } finally {
    await file.close();
  }
}
