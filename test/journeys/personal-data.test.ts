import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { addPerson, type Person, signIn } from './harness/people.ts';
import { CLERK, furnish, HEAD, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const AUDITOR: Person = {
  username: 'jiangmou',
  password: 'shen-ji-yuan-2026',
  name: '江审计',
  roles: ['auditor'],
};
const APPLICANT = { name: '白云川', idType: 'identityCard', idNumber: '990111195001010017' };

journey(
  'Personal data is masked, shown in full for a reason, and the showing is found in the trail',
  (world) => {
    let heads: Api;
    let certificate: string;

    beforeAll(async () => {
      const unit = await unitId(await furnish(world), SCANS.codes.pdf);
      await addPerson(world.house, AUDITOR);
      const clerks = await apiOf(world.house.url, CLERK);
      heads = await apiOf(world.house.url, HEAD);
      const asked = await clerks.post('/api/v1/certificates', {
        unitId: unit,
        pages: [1],
        include: 'images',
        matter: '移民安置名册所载',
        applicant: APPLICANT,
        purpose: 'livelihood',
        language: 'zh-CN',
      });
      expect(asked.status, await asked.clone().text()).toBe(201);
      certificate = ((await asked.json()) as { id: string }).id;
      // Decided: nothing about it waits for anybody, so its deciding is no reason any more.
      const decided = await heads.post(`/api/v1/certificates/${certificate}/decision`, {
        decision: 'rejected',
        note: '依据不足',
      });
      expect(decided.ok).toBe(true);
    });

    it('1. it stands masked on the page, and is not in the answer', async () => {
      const answer = await heads.get(`/api/v1/certificates/${certificate}`);
      expect(await answer.text()).not.toContain(APPLICANT.idNumber);
    });

    it('2. who may see it in full chooses a reason first', async () => {
      const head = await world.visitor();
      const { page } = head;
      await signIn(page, HEAD);
      await page.goto(`/console/certificates/${certificate}`);
      await page.getByRole('button', { name: w('personal.show') }).click();
      expect(await page.getByText(APPLICANT.idNumber).count()).toBe(0);
      const why = page.getByRole('region', { name: w('personal.show') });
      const show = why.getByRole('button', { name: w('personal.show') });
      expect(await show.isDisabled()).toBe(true);
      await why.getByRole('combobox', { name: w('personal.why') }).click();
      await page.locator('.ant-select-dropdown').getByTitle(w('personal.reason.inquiry')).click();
      await look(head, 'personal-01-reason');
      await show.click();
      await page.getByText(APPLICANT.idNumber).waitFor();
      await page.getByText(w('personal.shown', { reason: w('personal.reason.inquiry') })).waitFor();
      await look(head, 'personal-02-shown');
      await head.close();
    });

    it('3. the audit administrator finds who saw it and why, and the trail does not repeat it', async () => {
      const auditor = await world.visitor();
      const { page } = auditor;
      await signIn(page, AUDITOR);
      await page.goto('/console/audit?act=personal.unmasked');
      const row = page.getByRole('row').filter({ hasText: HEAD.name }).first();
      await row.waitFor();
      await row.getByRole('cell').nth(1).dblclick();
      const entry = page.getByRole('dialog');
      await entry.getByText(w('audit.purpose'), { exact: true }).waitFor();
      await look(auditor, 'personal-03-audit');
      const { items } = await (await apiOf(world.house.url, AUDITOR)).read<{
        items: { actor: { name: string }; purpose: string | null }[];
      }>('/api/v1/audit/entries?act=personal.unmasked');
      expect(items).toMatchObject([
        { actor: { name: HEAD.name }, purpose: expect.stringContaining('inquiry') },
      ]);
      expect(JSON.stringify(items)).not.toContain(APPLICANT.idNumber);
    });
  },
);
