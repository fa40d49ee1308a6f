import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { signIn } from './harness/people.ts';
import { CLERK, furnish } from './harness/stock.ts';
import { w } from './harness/words.ts';

journey(
  'Asking: the box completes, understands signs and fields, narrows, and asks what was meant',
  (world) => {
    let clerk: Visitor;
    let page: Page;

    beforeAll(async () => {
      await furnish(world);
      clerk = await world.visitor();
      page = clerk.page;
      await signIn(page, CLERK);
    });

    const box = () => page.locator('#search-everywhere');
    const ask = async (q: string): Promise<string[]> => {
      await page.goto(`/console/search?q=${encodeURIComponent(q)}`);
      return found();
    };
    const found = async (): Promise<string[]> => {
      await page.locator('.hits[aria-busy="false"] .hits-head').waitFor();
      return page.locator('.hit h2').allTextContents();
    };
    const total = async (): Promise<number> => {
      await page.locator('.hits[aria-busy="false"] .hits-head').waitFor();
      return Number(/\d+/.exec((await page.locator('.hits-head p').textContent()) ?? '')?.[0]);
    };

    it('1. while typing, the words of titles are offered, and taken by key', async () => {
      await page.goto('/console/search');
      await box().fill('学校');
      const option = page.getByRole('option').first();
      await option.waitFor();
      expect(await option.textContent()).toContain('学校建设');
      await look(clerk, 'asking-1-completions');
      await box().press('ArrowDown');
      await box().press('Enter');
      await page.waitForURL(/q=/);
      for (const title of await found()) expect(title).toContain('学校建设');
    });

    it('2. signs: any of two, but not a third; brackets; a phrase; a wildcard', async () => {
      const either = await ask('(水利 OR 林业) -报告');
      expect(either.length).toBeGreaterThan(0);
      for (const title of either) {
        expect(title).toMatch(/水利|林业/);
        expect(title).not.toContain('报告');
      }
      for (const title of await ask('"学校建设的通知"')) expect(title).toContain('学校建设的通知');
      for (const title of await ask('题名:粮食*批复')) expect(title).toMatch(/粮食.*批复/);
    });

    it('3. fields and ranges, in either script: document number in any brackets, years in Chinese numerals', async () => {
      expect(await ask('文號：石民（1983）10号')).toEqual([expect.stringContaining('第10号')]);
      const year = await ask('年度:一九八三');
      expect(year.length).toBeGreaterThan(0);
      expect(await ask('年度:1983..1983')).toEqual(year);
      expect(await ask('责任者:财政局')).toEqual([]);
    });

    it('4. within what was found, more words are asked', async () => {
      await ask('水利 OR 林业');
      const before = await total();
      await page.getByLabel(w('search.within')).fill('通知');
      await page.getByLabel(w('search.within')).press('Enter');
      await page.waitForURL((url) => (url.searchParams.get('q') ?? '').endsWith('通知'));
      await expect.poll(total).toBeLessThan(before);
      await expect
        .poll(async () => (await found()).every((title) => /(水利|林业).*通知/.test(title)))
        .toBe(true);
    });

    it('5. the form asks the same, and shows the line it makes', async () => {
      await page.getByRole('button', { name: w('search.form'), exact: true }).click();
      await page.getByLabel(w('search.form.any')).fill('水利 林业');
      await page.getByLabel(w('search.form.title')).fill('批复');
      expect(await page.locator('.ask-line code').textContent()).toBe('(水利 OR 林业) 题名:批复');
      await look(clerk, 'asking-5-form');
      await page
        .locator('.ask-form')
        .getByRole('button', { name: w('search.act') })
        .click();
      await page.waitForURL((url) => url.searchParams.get('q') === '(水利 OR 林业) 题名:批复');
      for (const title of await found()) expect(title).toMatch(/(水利|林业).*批复/);
    });

    it('6. where nothing is found, it asks whether the archive’s own word was meant', async () => {
      expect(await ask('粮食争购')).toEqual([]);
      const meant = page.getByRole('button', { name: /粮食征购/ });
      await meant.waitFor();
      await look(clerk, 'asking-6-meant');
      await meant.click();
      await page.waitForURL((url) => url.searchParams.get('q') === '粮食征购');
      expect((await found()).length).toBeGreaterThan(0);
    });

    it('7. it fits a telephone, in three languages', async () => {
      await page.setViewportSize({ width: 390, height: 800 });
      for (const language of ['zh-TW', 'en', 'zh-CN'] as const) {
        await page.evaluate((l) => localStorage.setItem('lantai.language', l), language);
        await page.goto(`/console/search?q=${encodeURIComponent('水利')}`);
        await found();
        await page.locator('.ask-again button[aria-expanded]').click();
        await look(clerk, `asking-7-${language}`);
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(wide, language).toBeLessThanOrEqual(390);
      }
    });
  },
);
