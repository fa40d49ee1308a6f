import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import type { House } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { CLERK, furnish, HEAD, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { FONDS } from './material/catalogue.ts';
import { SCANS } from './material/scans.ts';

const VOLUME = { code: `${FONDS}-5-12`, title: '一九九〇年婚姻登记审批卷' };
const CODE = `${FONDS}-WS·1990·D30-0001`;
const CORRECTED = `${FONDS}-WS·1990·D30-0101`;
/** Reviewed and opened in this journey: all of one year. */
const YEAR = '1983';

journey(
  'Holdings: entries are made, corrected and moved; access is opened by two people, and closed',
  (world) => {
    let house: House;
    let clerk: Visitor;
    let head: Visitor;
    let api: Api;
    let page: Page;
    let opened: string;

    beforeAll(async () => {
      house = world.house;
      api = await furnish(world);
      [clerk, head] = await Promise.all([world.visitor(), world.visitor()]);
      page = clerk.page;
      opened = await unitId(api, SCANS.codes.traditional);
    });

    const choose = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
    };
    const newUnit = async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await page.getByRole('link', { name: w('holdings.newUnit') }).click();
      await page.getByRole('heading', { name: w('holdings.newUnit') }).waitFor();
      await page.getByLabel(w('field.title')).waitFor();
    };
    const title = () => page.locator('.item-title').textContent();

    it('1. an entry is made below a fonds; the archive gives the reference code', async () => {
      await signIn(page, CLERK);
      await newUnit();
      await page.getByLabel(w('field.title')).fill('石桥县民政局关于婚姻登记工作的通知');
      await page.getByLabel(w('field.date'), { exact: true }).fill('19900312');
      await page.getByLabel(w('field.docNo')).fill('石民〔1990〕1号');
      await page.getByLabel(w('field.year'), { exact: true }).fill('1990');
      await choose(w('field.retention'), w('retention.D30'));
      await look(clerk, 'h-01-new-entry');
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
      await page.getByText(CODE).first().waitFor();
      await look(clerk, 'h-02-new-entry-saved');
    });

    it('2. a wrong date is refused at its field; nothing is sent', async () => {
      await page.getByRole('link', { name: w('act.edit') }).click();
      await page.getByLabel(w('field.date'), { exact: true }).fill('19901345');
      await page.getByText(w('unitForm.wrong.date')).waitFor();
      await look(clerk, 'h-03-wrong-date');
      await page.getByRole('button', { name: w('act.cancel') }).click();
      await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
    });

    it('3. it is corrected, and the history says by whom and what', async () => {
      await page.getByRole('link', { name: w('act.edit') }).click();
      await page.getByLabel(w('field.title')).fill('石桥县民政局关于做好婚姻登记工作的通知');
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
      expect(await title()).toContain('做好');
      await page.getByRole('tab', { name: w('panel.history') }).click();
      const version = page.locator('details.version').first();
      await version
        .getByText(w('changes.sentence', { actor: CLERK.name, kind: w('changes.kind.edit'), version: 2 }))
        .waitFor();
      expect(await version.locator('ins').allTextContents()).toEqual([
        '石桥县民政局关于做好婚姻登记工作的通知',
      ]);
    });

    it('4. two tabs correct the same entry: the later one sees both versions and chooses', async () => {
      const other = await clerk.tab();
      const edit = `${new URL(page.url()).pathname}/edit`;
      await Promise.all([page.goto(edit), other.goto(edit)]);
      await other.getByLabel(w('field.title')).fill('关于婚姻登记工作的补充通知');
      await other.getByLabel(w('field.docNo')).fill('石民〔1990〕2号');
      await other.getByRole('button', { name: w('act.save'), exact: true }).click();
      await other.waitForURL(/\/units\/[0-9a-f-]{36}$/);
      await other.close();
      await page.bringToFront();
      await page.getByLabel(w('field.title')).fill('关于婚姻登记工作的通知（修订）');
      clerk.guard.expect(409, '/api/v1/units/');
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.getByText(w('conflict.title')).first().waitFor();
      await look(clerk, 'h-04-conflict');
      await page.getByRole('radio', { name: '关于婚姻登记工作的通知（修订）' }).check();
      await page.getByRole('button', { name: w('conflict.settle') }).click();
      expect(await page.getByLabel(w('field.docNo')).inputValue()).toBe('石民〔1990〕2号');
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
      expect(await title()).toBe('关于婚姻登记工作的通知（修订）');
      await page.getByText('石民〔1990〕2号').first().waitFor();
    });

    it('5. it is moved below a volume, and stands there', async () => {
      const item = page.url();
      await newUnit();
      await choose(w('field.level'), w('level.file'));
      await page.getByText(w('unitForm.codeTyped')).click();
      await page.getByRole('textbox', { name: w('field.referenceCode') }).fill(VOLUME.code);
      await page.getByLabel(w('field.title')).fill(VOLUME.title);
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.locator('.item-title', { hasText: VOLUME.title }).waitFor();
      await page.goto(item);
      await page.getByRole('button', { name: w('act.move') }).click();
      const form = page.getByRole('dialog', { name: w('move.title') });
      await form.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await form.getByLabel(w('tree.jump')).fill(VOLUME.title.slice(0, 8));
      await form.getByLabel(w('tree.jump')).press('Enter');
      await form.getByRole('treeitem').filter({ hasText: VOLUME.title }).locator('.tree-name').click();
      await form.getByText(w('move.where', { place: VOLUME.title })).waitFor();
      await look(clerk, 'h-05-move');
      await form.getByRole('button', { name: w('move.act') }).click();
      await form.waitFor({ state: 'detached' });
      await page
        .getByRole('navigation', { name: w('crumbs') })
        .getByText(VOLUME.title)
        .click();
      await page
        .getByRole('table', { name: w('holdings.table') })
        .getByText(CODE)
        .waitFor();
      // The way back by the crumbs opens the tree there, and marks the volume.
      const marked = page.getByRole('treeitem', { selected: true });
      await marked.getByText(VOLUME.title).waitFor();
      expect(await marked.count()).toBe(1);
      await look(clerk, 'h-06-in-the-volume');
    });

    it('5a. its number is corrected with a reason; the old one still finds it and is listed as void', async () => {
      const table = page.getByRole('table', { name: w('holdings.table') });
      await table.getByText(CODE).click();
      await page.getByRole('link', { name: w('act.edit') }).click();
      await page.getByRole('textbox', { name: w('field.referenceCode'), exact: true }).fill(CORRECTED);
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.getByText(w('unitForm.wrong.codeReason')).waitFor();
      await page.getByLabel(w('unitForm.codeReason')).fill('与纸质目录不符');
      await look(clerk, 'h-06a-renumber');
      await page.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
      await page.getByText(CORRECTED).first().waitFor();
      expect(page.url()).toContain(await unitId(api, CODE));
      await page
        .getByRole('navigation', { name: w('crumbs') })
        .getByRole('link', { name: FONDS })
        .click();
      await page.getByRole('button', { name: w('voidCodes.open') }).click();
      const register = page.getByRole('table', { name: w('voidCodes.title') });
      await register.getByText(CODE, { exact: true }).waitFor();
      await register.getByText('与纸质目录不符').waitFor();
      await look(clerk, 'h-06b-void-numbers');
    });

    it('6. a whole year is proposed for opening in one act; nothing is open yet', async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}&year=${YEAR}`);
      await page.getByRole('checkbox', { name: w('list.chooseAll') }).check();
      const bulk = page.locator('section.bulk');
      await look(clerk, 'h-07-chosen');
      await bulk.getByRole('button', { name: w('access.propose') }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('textbox', { name: w('access.reason') }).fill('形成已满二十五年');
      await look(clerk, 'h-08-propose');
      await form.getByRole('button', { name: w('access.send') }).click();
      await page.getByText(w('access.sent'), { exact: true }).waitFor();
      await page.getByRole('link', { name: w('rail.accessChanges') }).click();
      await look(clerk, 'h-09-access-changes');
      await page.locator('tbody a').first().click();
      await page.getByText(w('accessChanges.own')).waitFor();
      expect(await page.getByRole('button', { name: w('act.approve'), exact: true }).count()).toBe(0);
      const own = await apiOf(house.url, CLERK);
      const id = new URL(page.url()).pathname.split('/').at(-1);
      const answer = await own.post(`/api/v1/access-changes/${id}/decision`, {
        decision: 'approved',
        note: '',
      });
      expect(await answer.json()).toMatchObject({ code: 'access.samePerson' });
      expect((await (await apiOf(house.url)).get(`/api/v1/units/${opened}`)).status).toBe(404);
    });

    const decide = async () => {
      const his = head.page;
      await his.goto('/console/');
      await his
        .getByRole('link', { name: w('work.verb.accessChange'), exact: true })
        .first()
        .click();
      await his.getByRole('button', { name: w('act.approve'), exact: true }).waitFor();
      await look(head, 'h-10-decide');
      await his.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await his.getByText(w('accessChanges.state.approved')).first().waitFor();
    };

    it('7. the second person agrees; the public finds the records at once, without JavaScript', async () => {
      await signIn(head.page, HEAD);
      await decide();
      const anybody = await world.visitor({ javaScriptEnabled: false });
      await anybody.page.goto('/');
      await anybody.page.getByRole('searchbox').fill('學校建設');
      await anybody.page.getByRole('search').getByRole('button').click();
      await anybody.page.getByText(SCANS.codes.traditional).waitFor();
      await anybody.page.locator('.hits h3 a').filter({ hasText: '第2号' }).click();
      await anybody.page.getByText(w('portal.pages', { n: 1 })).waitFor();
      await anybody.page.locator('.strip a').first().click();
      await anybody.page.locator('img.image').waitFor();
      await anybody.close();
    });

    it('8. it fits a narrow telephone, in three languages, for everybody', async () => {
      const phone = await world.visitor({ viewport: { width: 360, height: 740 } });
      for (const lang of ['zh-CN', 'zh-TW', 'en'] as const) {
        const pages = {
          home: `/?lang=${lang}`,
          search: `/search?q=${encodeURIComponent('学校建设')}`,
          nothing: `/search?q=${encodeURIComponent('没有这样的字')}`,
          item: `/item/${opened}?q=${encodeURIComponent('学校')}`,
          page: `/item/${opened}/page/1`,
          verify: '/verify',
        };
        for (const [name, address] of Object.entries(pages)) {
          const answer = await phone.page.goto(address);
          if (name === 'home') expect((await answer?.body())?.length).toBeLessThan(50_000);
          expect(await phone.page.locator('html').getAttribute('lang')).toBe(lang);
          const wide = await phone.page.evaluate('document.documentElement.scrollWidth');
          expect(wide, `${name} is wider than the telephone`).toBeLessThanOrEqual(360);
          await look(phone, `portal-${name}-${lang}`);
        }
      }
      await phone.close();
    });

    it('9. one of them is closed again with reason and basis; from that moment it is gone', async () => {
      await page.goto(`/console/units/${opened}`);
      await page.getByRole('button', { name: w('access.propose') }).click();
      const form = page.getByRole('dialog');
      await form.getByRole('radio', { name: w('access.restricted.meaning') }).check();
      await form.getByRole('textbox', { name: w('access.reason') }).fill('涉及个人隐私');
      await form.getByRole('textbox', { name: w('access.basis') }).fill('《档案法》第二十八条');
      await form.getByRole('button', { name: w('access.send') }).click();
      await page.getByText(w('access.sent'), { exact: true }).waitFor();
      await decide();
      const anybody = await world.visitor({ javaScriptEnabled: false });
      anybody.guard.expect(404, `/item/${opened}`);
      await anybody.page.goto(`/search?q=${encodeURIComponent(SCANS.codes.traditional)}`);
      expect(await anybody.page.getByText(SCANS.codes.traditional).count()).toBe(0);
      await anybody.page.goto(`/item/${opened}`);
      await anybody.page.getByText(w('portal.missing')).waitFor();
      await anybody.close();
    });
  },
);
