import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { textOf } from '../../src/formats/print/testing.ts';
import { button, state } from './harness/acts.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { CLERK, furnish, HEAD } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const FAMILY = '沈伯安先生家属';
const LETTERS = '沈伯安家书及手稿';

journey(
  'Accessions: a gift with its agreement, thirty of fifty boxes, what is late, a refusal by two, the certificate',
  (world) => {
    let clerk: Visitor;
    let page: Page;
    let gift = '';
    let source = '';

    beforeAll(async () => {
      await furnish(world);
      clerk = await world.visitor();
      page = clerk.page;
      await signIn(page, CLERK);
    });

    const register = (view = '') => page.goto(`/console/accessions?archive=${ARCHIVE.code}${view}`);
    const measure = (
      name: string,
      label: Parameters<typeof w>[0],
      n: string,
      of: Page | ReturnType<Page['getByRole']> = page,
    ) => of.getByRole('group', { name }).getByLabel(w(label), { exact: true }).fill(n);
    /** The words of a paper, without the room between its letters. */
    const paper = async (label: Parameters<typeof w>[0], at: Page = page): Promise<string> => {
      const href = await at
        .getByRole('link', { name: w(label), exact: true })
        .first()
        .getAttribute('href');
      const answer = await at.request.get(new URL(href ?? '', world.house.url).href);
      expect(answer.status(), href ?? '').toBe(200);
      return (await textOf(await answer.body())).join('\n').replaceAll(' ', '');
    };

    it('1. a donor is entered; how they are reached is masked', async () => {
      await page.getByRole('link', { name: w('rail.accessions') }).click();
      await page.getByRole('heading', { name: w('accession.none') }).waitFor();
      await look(clerk, 'ac-01-empty');
      await page.getByRole('tab', { name: w('accession.tab.sources') }).click();
      await button(page, 'accession.sources.new').click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('accession.sources.name')).fill(FAMILY);
      await form.getByLabel(w('accession.sources.data.telephone')).fill('13900000017');
      await form.getByLabel(w('accession.sources.wishes')).fill('原件不外借。');
      await look(clerk, 'ac-02-source');
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/accession-sources\/[0-9a-f-]{36}/);
      source = new URL(page.url()).pathname;
      await page.getByText('********017').waitFor();
      await button(page, 'accession.contact.add').click();
      await page.getByLabel(w('accession.contact.words')).fill('家属愿全部捐赠');
      await page
        .getByRole('form', { name: w('accession.contact.add') })
        .getByRole('button', { name: w('act.save'), exact: true })
        .click();
      await page.getByText('家属愿全部捐赠').waitFor();
    });

    it('2. the gift is registered as promised, fifty boxes, and its day is over', async () => {
      await register();
      await button(page, 'accession.new').click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('accession.name')).fill(LETTERS);
      await form.getByRole('combobox', { name: w('accession.sourceChoose') }).click();
      await page
        .locator('.ant-select-dropdown:visible .ant-select-item-option')
        .filter({ hasText: FAMILY })
        .click();
      await measure(w('accession.promised'), 'accession.measure.boxes', '50', form);
      await form.getByLabel(w('accession.dueOn')).fill('2026-01-31');
      await look(clerk, 'ac-03-form');
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/accessions\/[0-9a-f-]{36}/);
      gift = new URL(page.url()).pathname;
      await page.getByText(`${ARCHIVE.code}-ZJ-`).first().waitFor();
      await page.goto(`/console/?archive=${ARCHIVE.code}`);
      await page.locator('.work-row', { hasText: LETTERS }).getByText(w('work.kind.accessionDue')).waitFor();
      await register('&view=expected');
      await page
        .getByRole('row', { name: new RegExp(LETTERS) })
        .locator('.status.is-wrong')
        .waitFor();
      await look(clerk, 'ac-04-expected');
    });

    it('3. the agreement is drawn up and printed, thirty boxes come and are receipted', async () => {
      await page.goto(gift);
      await button(page, 'accession.deed.add').click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('accession.deed.signedOn')).fill('2026-01-20');
      await form.getByLabel(w('accession.deed.rights')).fill('著作权由家属保留。');
      const scan = join(world.house.folder, '协议扫描.txt');
      await writeFile(scan, '协议');
      await form.locator('input[type=file]').setInputFiles(scan);
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.getByRole('link', { name: '协议扫描.txt' }).waitFor();
      const deed = await paper('accession.deed.paper');
      for (const words of ['档案捐赠协议', FAMILY, LETTERS, '50', '著作权由家属保留', ARCHIVE.name])
        expect(deed).toContain(words);
      await button(page, 'accession.act.arrive').click();
      await measure(w('accession.extent'), 'accession.measure.boxes', '30');
      await page
        .getByRole('form', { name: w('accession.act.arrive') })
        .getByRole('button', { name: w('accession.act.arrive'), exact: true })
        .click();
      await state(page, 'accession.state.received');
      await page
        .getByText(w('accession.leftOf', { promised: '50 盒', came: '30 盒', left: '20 盒' }))
        .waitFor();
      expect(await paper('accession.receipt')).toContain('30盒');
      await look(clerk, 'ac-05-part');
    });

    it('4. it is accepted and arranged; the register counts what came of it', async () => {
      await button(page, 'accession.act.accept').click();
      await state(page, 'accession.state.accepted');
      await button(page, 'accession.arranged.add').click();
      const form = page.getByRole('form', { name: w('accession.arranged.add') });
      await form.getByRole('combobox', { name: w('accession.arranged.kind') }).click();
      await page
        .locator('.ant-select-dropdown:visible')
        .getByTitle(w('accession.arranged.unit'), { exact: true })
        .click();
      await form.getByLabel(w('accession.arranged.code')).fill(SCANS.codes.pdf);
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.getByText(w('accession.arranged.n', { n: 1 })).waitFor();
      await button(page, 'accession.act.arrange').click();
      await state(page, 'accession.state.arranged');
      await look(clerk, 'ac-06-arranged');
      // The entry tells where it came from, and leads back.
      await page.locator('a[href*="/units/"]').click();
      await page.getByRole('tab', { name: w('authority.tab') }).click();
      const cameFrom = page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name: w('accession.cameFrom') }) });
      await cameFrom.getByRole('link').click();
      await state(page, 'accession.state.arranged');
    });

    it('5. what is refused is decided by a second person, and goes back', async () => {
      await register();
      await button(page, 'accession.new').click();
      const form = page.getByRole('dialog');
      await form.getByLabel(w('accession.name')).fill('旧书刊一批');
      await form.getByLabel(w('accession.sourceName')).fill('某收藏者');
      await measure(w('accession.cameNow'), 'accession.measure.volumes', '10', form);
      await form.getByRole('button', { name: w('act.save'), exact: true }).click();
      await page.waitForURL(/accessions\/[0-9a-f-]{36}/);
      const refused = new URL(page.url()).pathname;
      await button(page, 'accession.act.propose').click();
      await page.getByRole('radio', { name: w('accession.verdict.none') }).check();
      await page.getByLabel(w('accession.reason'), { exact: true }).fill('均为公开出版物');
      await page
        .getByRole('form', { name: w('accession.act.propose') })
        .getByRole('button', { name: w('accession.act.propose'), exact: true })
        .click();
      await state(page, 'accession.state.proposed');
      // She may decide, but not on what she proposed.
      await expect(button(page, 'accession.act.approve').count()).resolves.toBe(0);
      const head = await world.visitor();
      await signIn(head.page, HEAD);
      await head.page
        .locator('.work-row', { hasText: '旧书刊一批' })
        .getByRole('link', { name: w('work.verb.accessionDecision') })
        .click();
      await button(head.page, 'accession.act.approve').click();
      await head.page
        .getByRole('form', { name: w('accession.act.approve') })
        .getByRole('button', { name: w('accession.act.approve'), exact: true })
        .click();
      await state(head.page, 'accession.state.refused');
      await head.close();
      await page.goto(refused);
      await button(page, 'accession.act.giveBack').click();
      await page
        .getByRole('form', { name: w('accession.act.giveBack') })
        .getByRole('button', { name: w('accession.act.giveBack'), exact: true })
        .click();
      await state(page, 'accession.state.returned');
    });

    it('6. the donor gets a certificate; the register goes out as a sheet and as a book', async () => {
      await page.goto(source);
      await button(page, 'accession.honour.add').click();
      const form = page.getByRole('form', { name: w('accession.honour.add') });
      await look(clerk, 'ac-07-honour');
      await form.getByRole('button', { name: w('accession.honour.add'), exact: true }).click();
      const certificate = await paper('accession.honour.certificate');
      for (const words of ['捐赠证书', FAMILY, LETTERS, ARCHIVE.name]) expect(certificate).toContain(words);
      expect(certificate).toMatch(/\n20\d\d年\d{1,2}月\d{1,2}日/);
      await register();
      await page.getByRole('row', { name: new RegExp(LETTERS) }).waitFor();
      const book = await paper('accession.print');
      expect(book).toContain(w('accession.register'));
      const sheet = await page.getByRole('link', { name: w('accession.exportXlsx') }).getAttribute('href');
      const answer = await page.request.get(new URL(sheet ?? '', world.house.url).href);
      expect((await answer.body()).subarray(0, 2).toString()).toBe('PK');
      await page.setViewportSize({ width: 1024, height: 768 });
      await look(clerk, 'ac-08-register');
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await register('&view=statistics');
      await page.getByRole('table', { name: w('accession.tab.statistics') }).waitFor();
      await look(clerk, 'ac-09-figures');
    });
  },
);
