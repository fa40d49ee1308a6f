import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import type { Api } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { CLERK, furnish, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { codeOf, FONDS } from './material/catalogue.ts';

journey(
  'Table: a cataloguer narrows it, keeps the view, writes into cells, pastes from a spreadsheet and changes many',
  (world) => {
    let api: Api;
    let clerk: Visitor;
    let page: Page;

    beforeAll(async () => {
      api = await furnish(world);
      clerk = await world.visitor();
      page = clerk.page;
    });

    const unit = async (code: string) =>
      api.read<{ title: string; fondsId: string }>(`/api/v1/units/${await unitId(api, code)}`);
    const archiveId = async () =>
      (await api.read<{ archive: { id: string } }>(`/api/v1/units/${await unitId(api, codeOf(1))}`)).archive
        .id;
    const table = () => page.getByRole('table', { name: w('holdings.table') });
    const choose = async (label: string, option: string, at: Page | Locator = page) => {
      await at.getByRole('combobox', { name: label }).last().click();
      await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
    };
    const cell = (row: number, column: string) =>
      table()
        .getByRole('columnheader')
        .allInnerTexts()
        .then((heads) => {
          const at = heads.findIndex((h) => h.replace(/ [↑↓]$/, '') === column);
          return table().locator(`tbody tr[data-row="${row}"] td`).nth(at);
        });
    const paste = async (at: Locator, text: string) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
      await at.click();
      await page.keyboard.press('ControlOrMeta+V');
    };

    it('1. the table is narrowed by a condition, sorted and grouped; the address holds it all', async () => {
      await signIn(page, CLERK);
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await table().waitFor();
      await page.getByRole('button', { name: w('condition.add') }).click();
      await page.getByLabel(w('condition.value')).fill('通知');
      await page.getByRole('button', { name: w('condition.use') }).click();
      await page
        .getByRole('button', {
          name: w('condition.remove', { condition: `${w('field.title')} ${w('condition.contains')} 通知` }),
        })
        .waitFor();
      await table()
        .getByRole('button', { name: w('field.date') })
        .click();
      await expect
        .poll(() => table().locator('th[aria-sort="ascending"]').textContent())
        .toContain(w('field.date'));
      await choose(w('groups.by'), w('field.year'));
      await page.getByRole('table', { name: w('groups.title', { field: w('field.year') }) }).waitFor();
      expect(new URL(page.url()).searchParams.get('where')).toBe('[["title","contains","通知"]]');
      await look(clerk, 't-01-narrowed');
    });

    it('2. what is looked at is kept as a view, and opened again from anywhere', async () => {
      await page.getByRole('button', { name: w('views.save') }).click();
      await page.getByLabel(w('views.name')).fill('通知，按日期');
      await page.getByRole('button', { name: w('views.keep'), exact: true }).click();
      await page.getByText(w('views.kept', { name: '通知，按日期' })).waitFor();
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await choose(w('views.choose'), '通知，按日期');
      await page.getByRole('table', { name: w('groups.title', { field: w('field.year') }) }).waitFor();
      await expect.poll(() => new URL(page.url()).searchParams.get('sort')).toBe('date');
    });

    it('3. a cell is written where it stands; what breaks a rule is said at once; and it is undone', async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await table().waitFor();
      await page.getByRole('button', { name: w('grid.edit') }).click();
      const title = await cell(0, w('field.title'));
      const before = await title.textContent();
      await title.click();
      await page.keyboard.press('F2');
      await page.keyboard.press('End');
      await page.keyboard.type('（补）');
      await page.keyboard.press('Enter');
      await expect.poll(() => title.textContent()).toBe(`${before}（补）`);
      const date = await cell(1, w('field.date'));
      await date.dblclick();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('19901345');
      await page.getByText(w('unitForm.wrong.date')).waitFor();
      await look(clerk, 't-02-writing');
      await page.keyboard.press('Escape');
      await page.keyboard.press('ControlOrMeta+Z');
      await expect.poll(() => title.textContent()).toBe(before);
      await page.keyboard.press('ControlOrMeta+Y');
      await expect.poll(() => title.textContent()).toBe(`${before}（补）`);
      await page.keyboard.press('ControlOrMeta+Z');
      await expect.poll(() => title.textContent()).toBe(before);
    });

    it('3a. somebody else wrote the same cell meanwhile: both texts are shown, and nothing is lost', async () => {
      const id = await unitId(api, codeOf(3));
      const { version, title: was } = await api.read<{ version: number; title: string }>(
        `/api/v1/units/${id}`,
      );
      const row = table().locator('tbody tr[data-row]', { hasText: codeOf(3) });
      const at = Number(await row.getAttribute('data-row'));
      const title = await cell(at, w('field.title'));
      await title.dblclick();
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.type('我写的题名');
      const theirs = await api.patch(`/api/v1/units/${id}`, { title: '别人写的题名', version });
      expect(theirs.status).toBe(200);
      clerk.guard.expect(409, '/api/v1/units/');
      await page.keyboard.press('Enter');
      const words = w('grid.conflict', {
        field: w('field.title'),
        theirs: '别人写的题名',
        mine: '我写的题名',
      });
      await page.getByText(words).waitFor();
      await look(clerk, 't-02a-two-people');
      await page.getByRole('button', { name: w('grid.keepMine') }).click();
      await expect.poll(() => title.textContent()).toBe('我写的题名');
      await expect.poll(async () => (await unit(codeOf(3))).title).toBe('我写的题名');
      await page.keyboard.press('ControlOrMeta+Z');
      await expect.poll(async () => (await unit(codeOf(3))).title).toBe('别人写的题名');
      expect(was).not.toBe('别人写的题名');
    });

    it('4. rows come from a spreadsheet: looked at with what the rules say, then written, new ones below', async () => {
      const { fondsId: fonds } = await unit(codeOf(1));
      const made = async (input: object): Promise<string> => {
        const answer = await api.post('/api/v1/units', { fondsId: fonds, ...input });
        return ((await answer.json()) as { id: string }).id;
      };
      const volume = await made({ level: 'file', title: '粘贴用案卷', referenceCode: `${FONDS}-9-1` });
      await made({ parentId: volume, title: '卷内第一件', referenceCode: `${FONDS}-9-1-1` });
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}&fonds=${fonds}&parent=${volume}&mode=edit`);
      await table().waitFor();
      await paste(
        await cell(0, w('field.title')),
        '卷内第一件\t1990-13-45\r\n"第二件，\n两行的题名"\t19900312\r\n第三件\t1991\r\n',
      );
      const panel = page.getByRole('region', { name: w('paste.title') });
      await panel.getByText(w('paste.counts', { changed: 0, added: 2, refused: 1 })).waitFor();
      await look(clerk, 't-03-paste');
      await panel.getByRole('button', { name: w('paste.write', { n: 2 }) }).click();
      await expect.poll(() => table().locator('tbody tr[data-row]').count()).toBe(3);
      await table().getByText('第三件').waitFor();
    });

    it('5. many are changed at one stroke: looked at before, done in a job, and taken back as a whole', async () => {
      const { fondsId } = await unit(codeOf(1));
      const rows = Array.from({ length: 80 }, (_, n) => ({
        fondsId,
        input: { level: 'item', title: `石桥县民政局第${n + 1}号材料` },
      }));
      const sheet = await api.post(`/api/v1/archives/${await archiveId()}/sheet`, { dryRun: false, rows });
      expect(await sheet.json()).toMatchObject({ added: 80, refused: 0 });
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await table().waitFor();
      await page.getByRole('checkbox', { name: w('list.chooseAll') }).check();
      const bulk = page.locator('section.bulk');
      await bulk.getByRole('button', { name: new RegExp(w('list.everything', { n: '\\d+' })) }).click();
      const said = await bulk.locator('b').textContent();
      // What comes in while one looks on is chosen too.
      await table().locator('tbody tr[data-row="5"]').hover();
      await page.mouse.wheel(0, 4_000);
      await table().locator('tbody tr[data-row="55"]').waitFor({ state: 'attached' });
      expect(await bulk.locator('b').textContent()).toBe(said);
      await look(clerk, 't-03a-all-that-fit');
      await bulk.getByRole('button', { name: w('bulkEdit.open') }).click();
      const panel = page.getByRole('region', { name: w('bulkEdit.title') });
      await panel.getByLabel(w('bulkEdit.find')).fill('民政局');
      await panel.getByLabel(w('bulkEdit.with')).fill('民政科');
      await panel.getByLabel(w('bulkEdit.reason')).fill('统一用字');
      await panel.getByRole('button', { name: w('bulkEdit.preview') }).click();
      await panel.locator('ins').first().waitFor();
      await look(clerk, 't-04-bulk-preview');
      await panel.getByRole('button', { name: w('bulkEdit.begin') }).click();
      await page.getByRole('button', { name: w('grid.undo') }).waitFor({ timeout: 60_000 });
      await look(clerk, 't-05-bulk-done');
      expect((await unit(codeOf(2))).title).toContain('民政科');
      await page.getByRole('button', { name: w('grid.undo') }).click();
      await page.getByRole('link', { name: w('grid.undone') }).waitFor();
      await expect.poll(async () => (await unit(codeOf(2))).title).not.toContain('民政科');
    });
  },
);
