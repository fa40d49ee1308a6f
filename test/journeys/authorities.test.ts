import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { button } from './harness/acts.ts';
import type { Api } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { CLERK, furnish, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { FONDS } from './material/catalogue.ts';
import { SCANS } from './material/scans.ts';

const BUREAU = '石桥县民政局';
const FORMER = '石桥县革命委员会民政组';

journey(
  'Authorities: names over time, relations, records, a thesaurus, a merge, EAC-CPF, the file of a fonds',
  (world) => {
    let clerk: Visitor;
    let page: Page;
    let api: Api;
    let bureau = '';
    const file = (name: string) => join(world.house.folder, name);

    beforeAll(async () => {
      api = await furnish(world);
      clerk = await world.visitor();
      page = clerk.page;
      await signIn(page, CLERK);
    });

    const pick = async (typed: string, name: string) => {
      const box = page.getByRole('combobox', { name: w('authority.choose') });
      await box.click();
      await box.fill(typed);
      await page
        .locator('.ant-select-dropdown:visible .ant-select-item-option')
        .filter({ hasText: name })
        .first()
        .click();
    };
    const list = (query = '') => page.goto(`/console/authorities?archive=${ARCHIVE.code}${query}`);
    const add = async (name: string, more?: () => Promise<void>) => {
      await button(page, 'authority.new').click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('authority.name')).fill(name);
      await more?.();
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/\/authorities\/[0-9a-f-]{36}/);
      await page.getByRole('heading', { name, level: 1 }).waitFor();
    };

    it('1. a body is entered with its former name, its dates and its history', async () => {
      await page.getByRole('link', { name: w('rail.authorities') }).click();
      await page.getByRole('heading', { name: w('authority.none') }).waitFor();
      await look(clerk, 'au-01-empty');
      await add(BUREAU, async () => {
        const form = page.getByRole('dialog');
        await form.getByRole('button', { name: w('authority.addName') }).click();
        const former = form.locator('.authority-names tbody tr').nth(1);
        await former.getByLabel(w('authority.form.other')).fill(FORMER);
        await former.getByLabel(w('authority.from'), { exact: true }).fill('1968');
        await former.getByLabel(w('authority.to'), { exact: true }).fill('1978-03');
        await form.getByLabel(w('authority.element.history')).fill('1949年10月设民政科，1978年3月改局。');
        await look(clerk, 'au-02-form');
      });
      bureau = new URL(page.url()).pathname;
      await page.getByText('1968—1978-03').waitFor();
    });

    it('2. its superior is named, and stands on both', async () => {
      await list();
      await add('石桥县人民政府');
      await list();
      await page.getByRole('link', { name: BUREAU }).click();
      await button(page, 'authority.addRelation').click();
      // Typed in the other script.
      await pick('石橋縣人民', '石桥县人民政府');
      await page
        .locator('form')
        .getByRole('button', { name: w('act.save'), exact: true })
        .click();
      await page.locator('.authority-relations').getByRole('link', { name: '石桥县人民政府' }).waitFor();
      await look(clerk, 'au-03-related');
      await page.locator('.authority-relations').getByRole('link', { name: '石桥县人民政府' }).click();
      await page.locator('.authority-relations').getByRole('link', { name: BUREAU }).waitFor();
      await page.locator('.relation-type', { hasText: w('authority.relation.subordinate') }).waitFor();
    });

    it('3. records whose creator is written like one of its names are linked, looked at first', async () => {
      await list();
      await page.getByRole('button', { name: w('act.more') }).click();
      await page.getByRole('menuitem', { name: w('authority.linkWritten') }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('button', { name: w('authority.linkWrittenPreview') }).click();
      await drawer.locator('.notice').getByRole('link', { name: BUREAU }).waitFor();
      await look(clerk, 'au-04-preview');
      await drawer.getByRole('button', { name: w('authority.linkWrittenRun') }).click();
      await drawer.locator('.notice.is-done').waitFor();
      await page.goto(bureau);
      await page.locator('.authority-records li').first().waitFor();
      await look(clerk, 'au-05-records');
    });

    it('4. a record shows its creator; a subject is linked by hand, another record related, and stands on both', async () => {
      const one = await unitId(api, SCANS.codes.traditional);
      const other = await unitId(api, SCANS.codes.pdf);
      await page.goto(`/console/units/${one}?tab=links`);
      await button(page, 'authority.relate').click();
      await page.getByLabel(w('authority.relateCode')).fill(SCANS.codes.pdf);
      await page.getByRole('combobox', { name: w('authority.relateType') }).click();
      await page
        .locator('.ant-select-dropdown:visible')
        .getByTitle(w('unitRelation.replyTo'), { exact: true })
        .click();
      await page
        .locator('form')
        .getByRole('button', { name: w('act.save'), exact: true })
        .click();
      await page.locator('.relation-type', { hasText: w('unitRelation.repliedBy') }).waitFor();
      await look(clerk, 'au-06-unit-links');
      await page.goto(`/console/units/${other}?tab=links`);
      await page.locator('.relation-type', { hasText: w('unitRelation.replyTo') }).waitFor();
    });

    it('5. a thesaurus comes in as a table and is opened from the top', async () => {
      await writeFile(
        file('词表.csv'),
        '\ufeff主题词,非正式主题词,上位词,范围注释\r\n灾害救济,救灾;赈灾,社会救济,含水旱虫灾\r\n五保供养,,社会救济,\r\n',
      );
      await list('&class=subject');
      await page.getByRole('button', { name: w('act.more') }).click();
      await page.getByRole('menuitem', { name: w('authority.newVocabulary') }).click();
      const drawer = page.getByRole('dialog');
      await drawer.getByLabel(w('authority.vocabularyCode')).fill('ZTC');
      await drawer.getByLabel(w('authority.vocabularyName')).fill('民政主题词表');
      await drawer.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/vocabulary=/);
      await page.getByRole('button', { name: w('act.more') }).click();
      await page.getByRole('menuitem', { name: w('authority.importTerms') }).click();
      await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file('词表.csv'));
      await page
        .getByRole('dialog')
        .getByText(w('authority.imported', { added: 3, updated: 0, skipped: 0 }))
        .waitFor();
      await page
        .getByRole('dialog')
        .locator('form, .stack')
        .getByRole('button', { name: w('act.close'), exact: true })
        .last()
        .click();
      await button(page, 'authority.tree').click();
      await page.getByRole('button', { name: w('authority.expand', { name: '社会救济' }) }).click();
      await page.getByRole('link', { name: '灾害救济' }).waitFor();
      await look(clerk, 'au-07-thesaurus');
    });

    it('6. a duplicate is merged, and its address leads on', async () => {
      await list();
      await add('石橋縣民政局（重）');
      const duplicate = page.url();
      await button(page, 'authority.merge').click();
      await pick(FORMER, BUREAU);
      await look(clerk, 'au-08-merge');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: w('authority.merge'), exact: true })
        .click();
      await page.waitForURL(new RegExp(bureau));
      await page.goto(duplicate);
      await page.getByRole('heading', { name: BUREAU, level: 1 }).waitFor();
      await page.getByText(w('authority.mergedFrom', { name: '石橋縣民政局（重）' })).waitFor();
    });

    it('6b. the merge is looked at before it is taken back, and the record stands for itself again', async () => {
      await page.goto(bureau);
      await page.getByRole('heading', { name: BUREAU, level: 1 }).waitFor();
      const merges = page.locator('section').filter({ hasText: w('authority.merges') });
      await merges.getByRole('button', { name: w('authority.mergeBack'), exact: true }).click();
      const form = page.getByRole('dialog');
      await form.getByText(w('authority.mergeBackText', { name: '石橋縣民政局（重）' })).waitFor();
      await form.getByText(w('authority.mergeBackLeaving', { names: '石橋縣民政局（重）' })).waitFor();
      await look(clerk, 'au-08b-merge-back');
      await form.getByRole('button', { name: w('authority.mergeBack'), exact: true }).click();
      await page.getByText(w('authority.mergeBackDone')).waitFor();
      await merges.getByText(w('authority.mergeBackAt', { by: '' }).trim()).waitFor();
      await expect.poll(() => page.locator('dd').getByText('石橋縣民政局（重）').count()).toBe(0);
      await look(clerk, 'au-08c-merge-taken-back');
      await list();
      await page.getByRole('link', { name: '石橋縣民政局（重）' }).click();
      await page.getByRole('heading', { name: '石橋縣民政局（重）', level: 1 }).waitFor();
      await page.goto(bureau);
      await page.getByRole('heading', { name: BUREAU, level: 1 }).waitFor();
    });

    it('7. it goes out as EAC-CPF, and the same comes in again as an update', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: w('authority.exportEac') }).click(),
      ]);
      await download.saveAs(file('局.xml'));
      await list('&do=eac');
      await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file('局.xml'));
      await page
        .getByRole('dialog')
        .getByText(w('authority.imported', { added: 0, updated: 1, skipped: 0 }))
        .waitFor();
      await look(clerk, 'au-09-eac');
    });

    it('8. the file of the fonds names its creator and holds its papers', async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await button(page, 'fondsFile.title').click();
      await button(page, 'authority.nameCreator').click();
      await pick('民政局', BUREAU);
      await page.getByRole('dialog').getByRole('link', { name: BUREAU }).waitFor();
      await page
        .getByRole('region', { name: w('fondsFile.heading.arrangement') })
        .getByRole('button', { name: w('fondsFile.add') })
        .click();
      const form = page.getByRole('dialog').last();
      await form.getByLabel(w('fondsFile.name')).fill('1983年度文书档案整理方案');
      await form.getByLabel(w('fondsFile.dated')).fill('1984-03');
      await form.locator('input[type=file]').setInputFiles(file('词表.csv'));
      await form.getByRole('button', { name: w('fondsFile.save'), exact: true }).click();
      await page.getByText('1983年度文书档案整理方案').waitFor();
      await page.getByRole('link', { name: '词表.csv' }).waitFor();
      await look(clerk, 'au-10-fonds-file');
      await page.goto(bureau);
      await page
        .getByRole('link', { name: new RegExp(FONDS) })
        .first()
        .waitFor();
      await page.setViewportSize({ width: 1024, height: 768 });
      await look(clerk, 'au-11-narrow');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });
  },
);
