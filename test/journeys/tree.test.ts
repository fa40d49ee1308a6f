import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { type Api, apiOf } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, addPerson, FIRST, setUp, signIn } from './harness/people.ts';
import { archiveId, CLERK, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';

journey(
  'Tree: files are cut and pasted, renumbered with a preview, found by their old codes, and put back',
  (world) => {
    let clerk: Visitor;
    let page: Page;
    let api: Api;
    let archive: string;
    const made: Record<string, string> = {};

    beforeAll(async () => {
      const { house } = world;
      const installer = await world.visitor();
      await setUp(installer.page, house, ARCHIVE);
      await installer.close();
      await addPerson(house, { ...CLERK, archive: ARCHIVE.code });
      api = await apiOf(house.url, FIRST);
      archive = await archiveId(api);
      const hers = await apiOf(house.url, CLERK);
      const add = async (path: string, body: object): Promise<string> => {
        const answer = await hers.post(path, body);
        expect(answer.status, await answer.clone().text()).toBe(201);
        return ((await answer.json()) as { id: string }).id;
      };
      const fonds = await add(`/api/v1/archives/${archive}/fonds`, { number: 'J030', name: '石桥县水利局' });
      for (const year of ['1985', '1986'])
        made[year] = await add('/api/v1/units', {
          fondsId: fonds,
          level: 'series',
          title: `${year}年水利工程`,
        });
      for (let n = 1; n <= 6; n++)
        made[`卷${n}`] = await add('/api/v1/units', {
          fondsId: fonds,
          parentId: made[n <= 4 ? '1985' : '1986'],
          level: 'file',
          title: `水库加固第${n}卷`,
          referenceCode: `J030-2-${n <= 4 ? n : n + 10}`,
        });
      await add('/api/v1/units', {
        fondsId: fonds,
        parentId: made.卷1,
        level: 'item',
        title: '关于水库加固的报告',
        referenceCode: 'J030-2-1-01',
      });
      made.fonds = fonds;
      clerk = await world.visitor();
      page = clerk.page;
    });

    const row = (text: string) => page.getByRole('treeitem').filter({ hasText: text });
    const order = async () =>
      (await page.getByRole('treeitem').locator('.tree-name').allTextContents())
        .map((text) => /第(\d)卷|(\d{4})年/.exec(text))
        .flatMap((found) => found?.[1] ?? found?.[2] ?? []);

    it('1. a link opens the tree where the file stands; it is walked and opened by key', async () => {
      await signIn(page, CLERK);
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}&fonds=${made.fonds}&parent=${made.卷2}`);
      await row('第2卷').waitFor();
      expect(await row('第2卷').getAttribute('aria-current')).toBe('true');
      await page.getByRole('tree').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      expect(await order()).toEqual(['1985', '1986']);
      await page.keyboard.press('ArrowRight');
      await row('第4卷').waitFor();
      await row('1986年').locator('.tree-fold').click();
      await row('第6卷').waitFor();
      expect(await order()).toEqual(['1985', '1', '2', '3', '4', '1986', '5', '6']);
      await look(clerk, 't-01-tree');
    });

    it('2. three files are chosen in a row, cut, and pasted under another series', async () => {
      await row('第1卷').locator('.tree-name').click();
      await row('第3卷')
        .locator('.tree-name')
        .click({ modifiers: ['Shift'] });
      await page.getByText(w('tree.chosen', { n: 3 })).waitFor();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Control+x');
      await page.getByText(w('tree.cutState', { n: 3 })).waitFor();
      await look(clerk, 't-02-cut');
      await row('1986年').locator('.tree-name').click();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Control+v');
      await page.getByText(w('arrange.done.move', { n: 3 })).waitFor();
      await expect.poll(order).toEqual(['1985', '4', '1986', '5', '6', '1', '2', '3']);
      await look(clerk, 't-03-pasted');
    });

    it('3. what the rules forbid is said before anything is done', async () => {
      await row('1985年').locator('.tree-name').click();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Control+x');
      await row('第5卷').locator('.tree-name').click();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Control+v');
      await page.getByText(w('error.arrange.level')).waitFor();
      await page.keyboard.press('Escape');
      expect(await order()).toEqual(['1985', '4', '1986', '5', '6', '1', '2', '3']);
    });

    it('4. the class is renumbered in the order of the tree: old and new side by side, then done', async () => {
      await row('1986年').locator('.tree-name').click();
      await page
        .getByRole('button', { name: w('tree.renumber') })
        .first()
        .click();
      const form = page.getByRole('dialog');
      await form.getByText('J030-2-15').first().waitFor();
      await look(clerk, 't-04-renumber');
      const first = form.getByRole('row').nth(1);
      expect(await first.locator('td').allTextContents()).toEqual(['J030-2-15', 'J030-2-1', '水库加固第5卷']);
      await form.getByRole('textbox', { name: w('arrange.reason') }).fill('按实体排列顺序重编');
      await form.getByRole('button', { name: w('arrange.act.renumber'), exact: true }).click();
      await page.getByText(w('arrange.done.renumber', { n: 6 })).waitFor();
      await row('J030-2-3').filter({ hasText: '第1卷' }).waitFor();
    });

    it('5. the old code still finds the file, and what stood below it followed', async () => {
      expect(await unitId(api, 'J030-2-15')).toBe(made.卷5);
      expect(await unitId(api, 'J030-2-3-01')).toBe(await unitId(api, 'J030-2-1-01'));
      await page.goto(`/console/units/${made.卷5}`);
      await page.getByText('J030-2-15').first().waitFor();
    });

    it('6. the renumbering is taken back, and every file has its code again', async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}&fonds=${made.fonds}&parent=${made['1986']}`);
      await row('1986年').waitFor();
      const hers = await apiOf(world.house.url, CLERK);
      const { items } = await hers.read<{ items: { id: string; kind: string }[] }>(
        `/api/v1/arrangement?archive=${archive}`,
      );
      const { id } = items.find((one) => one.kind === 'renumber')!;
      const answer = await hers.post(`/api/v1/arrangement/${id}/take-back`, { reason: '顺序有误' });
      expect(await answer.json()).toMatchObject({ state: 'done' });
      expect(await unitId(api, 'J030-2-1')).toBe(made.卷1);
      await page.reload();
      await row('1986年').locator('.tree-fold').click();
      await row('J030-2-15').waitFor();
    });

    it('7. one is moved up by key, and dragged out again, with a mark where it would stand', async () => {
      await row('第6卷').locator('.tree-name').click();
      await page.getByRole('tree').focus();
      await page.keyboard.press('Alt+ArrowUp');
      await expect.poll(order).toEqual(['1985', '1986', '6', '5', '1', '2', '3']);
      await row('第3卷').dragTo(row('1985年'));
      await expect.poll(order).toEqual(['1985', '1986', '6', '5', '1', '2']);
      await page
        .locator('.ant-notification-notice')
        .last()
        .getByRole('button', { name: w('arrange.undo') })
        .click();
      await expect.poll(order).toEqual(['1985', '1986', '6', '5', '1', '2', '3']);
      await look(clerk, 't-05-dragged');
    });

    it('8. it fits a narrow window, in three languages', async () => {
      await page.setViewportSize({ width: 1024, height: 720 });
      for (const language of ['zh-TW', 'en', 'zh-CN'] as const) {
        await page.evaluate((l) => localStorage.setItem('lantai.language', l), language);
        await page.reload();
        await row('1986年').waitFor();
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect(wide, language).toBeLessThanOrEqual(1024);
        await look(clerk, `t-06-narrow-${language}`);
      }
    });
  },
);
