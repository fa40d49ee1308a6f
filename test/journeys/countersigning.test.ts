import { afterAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { foundByApi } from './harness/founding.ts';
import { type House, startHouse } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ADMINISTRATORS, ARCHIVE, type Founded, signIn } from './harness/people.ts';
import { w } from './harness/words.ts';

const NEIGHBOUR: Founded = { code: '990112', name: '白鹭县档案馆', level: 'county' };
const AUDITOR = ADMINISTRATORS.auditor;

/** Sets a house up and lets its audit administrator set the password. */
async function furnish(house: House, archive: Founded): Promise<Api> {
  await foundByApi(house, archive);
  const reset = await house.lantai('user', 'reset', AUDITOR.username, '--password', AUDITOR.password);
  expect(reset.code, reset.stderr).toBe(0);
  return apiOf(house.url, AUDITOR);
}

const pem = async (house: House, path: string) => (await fetch(house.url + path)).text();
/** Both certificates of a house: whose checkpoints come, and whose signatures. */
const keysOf = async (house: House, archive: Founded) =>
  `${await pem(house, '/api/v1/audit/trust.pem')}\n${await pem(house, `/api/v1/archives/${archive.code}/trust.pem`)}`;

/** A minute is long to wait for what is signed. */
const SIGNED = { LANTAI_AUDIT_CHECKPOINT_SECONDS: '3' };
let neighbour: House;

journey(
  'Two archives sign each other’s trail, and anybody sees that it only grew',
  (world) => {
    let me: Visitor;
    afterAll(() => neighbour?.stop());

    it('1. both are set up, and sign their first checkpoints', async () => {
      const apis = [await furnish(world.house, ARCHIVE), await furnish(neighbour, NEIGHBOUR)];
      for (const api of apis)
        await expect
          .poll(
            async () => (await api.read<{ items: unknown[] }>('/api/v1/audit/checkpoints')).items.length > 0,
            { interval: 1_000 },
          )
          .toBe(true);
    });

    it('2. the audit administrator sees how the trail is kept, and has the whole verified', async () => {
      me = await world.visitor();
      await signIn(me.page, AUDITOR);
      await me.page.getByRole('link', { name: w('rail.audit') }).click();
      await me.page.getByRole('link', { name: w('trail.title') }).click();
      await me.page.getByText(w('trail.verifiedNever')).waitFor();
      await me.page.getByRole('button', { name: w('trail.verify') }).click();
      await me.page.getByText(w('trail.whole')).waitFor();
      await look(me, 'checkpoints');
    });

    it('3. she trusts the neighbour by its certificates; its address comes from the settings alone', async () => {
      await me.page.getByRole('link', { name: w('peers.title') }).click();
      await look(me, 'countersigning-none');
      const form = me.page.getByRole('form', { name: w('peers.add') });
      await form.getByLabel(w('peers.name')).fill(NEIGHBOUR.name);
      await form.getByLabel(w('peers.certificate')).fill(await keysOf(neighbour, NEIGHBOUR));
      await form.getByRole('combobox', { name: w('peers.address') }).click();
      await me.page.locator('.ant-select-dropdown').getByTitle(neighbour.url).click();
      await form.getByLabel(w('peers.archiveCode')).fill(NEIGHBOUR.code);
      await form.getByRole('button', { name: w('peers.addAct'), exact: true }).click();
      await me.page.getByRole('heading', { name: NEIGHBOUR.name }).waitFor();
    });

    it('4. the neighbour declines as long as it does not trust us, and the page says so in its words', async () => {
      me.guard.expect(422, '/api/v1/audit/peers/ask');
      await me.page.getByRole('button', { name: w('peers.ask') }).click();
      await me.page.getByRole('alert').locator('p').filter({ hasText: NEIGHBOUR.name }).waitFor();
    });

    it('5. once it does, its countersignature comes back and stands under the checkpoint', async () => {
      const there = await apiOf(neighbour.url, AUDITOR);
      const added = await there.post('/api/v1/audit/peers', {
        name: ARCHIVE.name,
        certificate: await keysOf(world.house, ARCHIVE),
      });
      expect(added.status).toBe(204);
      await me.page.getByRole('button', { name: w('peers.ask') }).click();
      await me.page.getByText(w('peers.came')).waitFor();
      await look(me, 'countersigning');
      const upTo = new RegExp(w('peers.signedUpTo', { size: '\\d+' }));
      await me.page.getByRole('link', { name: upTo }).click();
      const panel = me.page.getByRole('dialog');
      await panel.getByText(NEIGHBOUR.name).waitFor();
      await look(me, 'checkpoint');
    });

    it('6. by hand it goes as well: their request is pasted and signed here', async () => {
      const there = await apiOf(neighbour.url, AUDITOR);
      const request = await there.read(
        `/api/v1/audit/peers/request?peer=${encodeURIComponent(ARCHIVE.name)}`,
      );
      await me.page.goto('/console/audit/countersigning');
      const form = me.page.getByRole('form', { name: w('peers.theirs') });
      await form.getByRole('textbox').fill(JSON.stringify(request));
      await form.getByRole('button', { name: w('peers.sign'), exact: true }).click();
      await form.getByText(w('peers.takeBack')).waitFor();
      await look(me, 'countersigning-by-hand');
    });

    it('7. a little later the proof that the trail only grew is one click away, and computed in the browser', async () => {
      const api = await apiOf(world.house.url, AUDITOR);
      const heads = () => api.read<{ items: { size: number }[] }>('/api/v1/audit/checkpoints');
      await expect.poll(async () => (await heads()).items.length, { interval: 1_000 }).toBeGreaterThan(1);
      const { items } = await heads();
      const first = items.at(-1)?.size ?? 0;
      await me.page.goto(`/console/audit/checkpoints?row=${first}`);
      const panel = me.page.getByRole('dialog');
      await panel.getByRole('button', { name: w('trail.grown') }).click();
      await panel
        .getByText(new RegExp(w('trail.grownHolds', { first: String(first), second: '\\d+' })))
        .waitFor();
      await look(me, 'checkpoint-grown');
    });

    it('8. all of it fits, the other archive’s signatures included', async () => {
      const answer = await world.house.lantai('audit', 'verify');
      expect(answer.document).toMatchObject({ valid: true });
      expect(answer.code).toBe(0);
    });
  },
  async () => {
    neighbour = await startHouse(SIGNED);
    return { ...SIGNED, LANTAI_PEERS: neighbour.url };
  },
);
