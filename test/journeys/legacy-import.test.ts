import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { openSheets } from '#formats/sheets';
import type { Visitor } from './harness/browser.ts';
import type { House } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { FIRST, setUp, signIn } from './harness/people.ts';
import { w } from './harness/words.ts';
import { type Catalogue, codeOf, FONDS, ODD_HEADING, writeCatalogue } from './material/catalogue.ts';
import { SCANS, writeScans } from './material/scans.ts';

journey('J1 legacy import: an Excel catalogue and a folder of scans become searchable records', (world) => {
  let house: House;
  let clerk: Visitor;
  let page: Page;
  let catalogue: Catalogue;
  let workbook: string;
  let importPage: string;

  beforeAll(async () => {
    house = world.house;
    workbook = join(house.folder, '石桥县民政局归档文件目录.xlsx');
    catalogue = await writeCatalogue(workbook);
    await writeScans(join(house.folder, 'scans'));
    clerk = await world.visitor();
    page = clerk.page;
  });

  /** The number before these words, among the large figures of a page. */
  const figure = async (words: string) => {
    const all = await page.locator('.figures li').allTextContents();
    return all.find((one) => one.endsWith(` ${words}`))?.split(' ')[0];
  };

  async function uploadCatalogue(): Promise<void> {
    await page.getByRole('link', { name: w('rail.imports') }).click();
    await page
      .getByRole('link', { name: w('imports.new') })
      .first()
      .click();
    await page.locator('input[type=file]').setInputFiles(workbook);
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
    await page.getByText(w('imports.mappingText')).waitFor();
  }
  async function check(): Promise<void> {
    await page.getByRole('button', { name: w('imports.check') }).click();
    await page.getByText(w('imports.state.checked')).waitFor();
  }

  it('1. the set-up link opens the empty install, once', async () => {
    await page.goto(house.setupUrl);
    await page.getByLabel(w('setup.archiveName')).waitFor();
    await look(clerk, 'j1-01-setup');
    await setUp(page, house);
    await look(clerk, 'j1-02-empty-holdings');
    const late = await world.visitor();
    await late.page.goto(house.setupUrl);
    await late.page.getByText(w('error.setup.done')).waitFor();
    await late.close();
  });

  it('2. she signs out and in again with her password', async () => {
    await page.getByRole('button', { name: FIRST.name }).click();
    await page.getByText(w('shell.signOut')).click();
    await page.waitForURL('**/sign-in');
    await look(clerk, 'j1-03-sign-in');
    clerk.guard.expect(401, '/api/v1/session');
    await page.getByLabel(w('signIn.username')).fill(FIRST.username);
    await page.getByLabel(w('signIn.password')).fill('not her password');
    await page.getByRole('button', { name: w('signIn.act') }).click();
    await page.getByText(w('error.session.wrong')).waitFor();
    await signIn(page, FIRST);
    await look(clerk, 'j1-04-my-work');
  });

  it('3. the workbook is read: its columns are recognised and shown, one is corrected', async () => {
    await uploadCatalogue();
    const title = page.locator('th', { hasText: '题名' });
    await title.getByText(w('imports.sure.sure')).waitFor();
    await page.getByText(w('imports.unmapped', { n: 1 })).waitFor();
    await look(clerk, 'j1-05-columns');
    const select = page.getByRole('combobox', { name: w('imports.fieldFor', { heading: ODD_HEADING }) });
    await select.click();
    await select.fill(w('field.persons'));
    await page.keyboard.press('Enter');
    await page.getByText(w('imports.unmapped', { n: 1 })).waitFor({ state: 'detached' });
    await page.getByLabel(w('imports.profile')).fill('民政局旧目录');
  });

  it('4. all rows are checked; problems are counted by kind and a click shows the rows', async () => {
    await check();
    expect(await figure(w('imports.figure.total'))).toBe(String(catalogue.rows));
    expect(await figure(w('imports.figure.willAccept'))).toBe(String(catalogue.accepted));
    expect(await figure(w('imports.figure.willReject'))).toBe(String(catalogue.rejected.size));
    const missing = page.locator('.histogram button', { hasText: '题名' }).first();
    await missing.click();
    const rows = page.getByRole('table', { name: w('imports.problemRows') });
    await rows.getByRole('row').nth(1).waitFor();
    expect(await rows.getByRole('row').count()).toBe(4 + 1);
    await look(clerk, 'j1-06-checked');
  });

  it('5. the import runs with live progress and ends with what went in and what came back', async () => {
    const live = page.waitForResponse((response) => /\/jobs\/[^/]+\/events$/.test(response.url()));
    await page.getByRole('button', { name: w('imports.run', { n: catalogue.accepted }) }).click();
    expect((await live).headers()['content-type']).toContain('text/event-stream');
    await page.getByRole('link', { name: w('imports.seeUnits') }).waitFor();
    expect(await figure(w('imports.figure.accepted'))).toBe(String(catalogue.accepted));
    expect(await figure(w('imports.figure.rejected'))).toBe(String(catalogue.rejected.size));
    importPage = page.url();
    await look(clerk, 'j1-07-result');
  });

  it('6. the rejected rows come back as a workbook, the reason in each row', async () => {
    const button = page.getByText(w('imports.rejects', { n: catalogue.rejected.size }));
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const path = join(house.folder, 'rejects.xlsx');
    await download.saveAs(path);
    const book = await openSheets(path);
    const rows: string[][] = [];
    for (const sheet of book.sheets)
      for await (const batch of sheet.rows()) rows.push(...batch.map((r) => r.cells));
    await book.close();
    const [headings = [], ...back] = rows;
    expect(headings.slice(0, 2)).toEqual(['档号', '题名']);
    const reasons = new Map(back.map((cells) => [Number(cells.at(-2)), cells.at(-1) ?? '']));
    expect([...reasons.keys()]).toEqual([...catalogue.rejected.keys()]);
    for (const [row, word] of catalogue.rejected) expect(reasons.get(row)).toContain(word);
  });

  it('7. the holdings show the records, in a table that goes out as a workbook', async () => {
    await page.getByRole('link', { name: w('imports.seeUnits') }).click();
    await page.getByText(w('list.span', { first: 1, last: 50, total: catalogue.accepted })).waitFor();
    await look(clerk, 'j1-08-holdings');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: w('act.xlsx') }).click(),
    ]);
    const path = join(house.folder, 'out.xlsx');
    await download.saveAs(path);
    const book = await openSheets(path);
    let rows = 0;
    for await (const batch of book.sheets[0]!.rows()) rows += batch.length;
    await book.close();
    expect(rows).toBe(catalogue.accepted + 1);
  });

  it('8. the same file again changes nothing, and its columns are known by now', async () => {
    await uploadCatalogue();
    await page.getByText(w('imports.profileUsed', { name: '民政局旧目录' })).waitFor();
    await check();
    expect(await figure(w('imports.figure.willAccept'))).toBe('0');
    expect(await figure(w('imports.figure.unchanged'))).toBe(String(catalogue.accepted));
    await look(clerk, 'j1-09-same-again');
  });

  const files = (state: 'held' | 'unmatched' | 'rejected') =>
    page
      .locator('.ant-segmented')
      .getByText(w(`scans.fileState.${state}`), { exact: true })
      .click();

  it('9. a folder of scans is sent and matched; what matches nothing is listed', async () => {
    await page.getByRole('link', { name: w('rail.scans') }).click();
    await page
      .getByRole('link', { name: w('scans.new') })
      .first()
      .click();
    await page.locator('input[type=file]').setInputFiles(join(house.folder, 'scans'));
    await page.getByText(/^\d+ 个文件/).waitFor();
    await look(clerk, 'j1-10-scans-chosen');
    await page.getByRole('button', { name: w('scans.send') }).click();
    await page.waitForURL(/\/scans\/[0-9a-f-]{36}/);
    await page.getByRole('button', { name: w('scans.run', { n: SCANS.matched }) }).waitFor();
    expect(await figure(w('scans.figure.unmatched'))).toBe(String(SCANS.unmatched.length));
    await files('unmatched');
    for (const name of SCANS.unmatched) await page.getByText(name).waitFor();
    await look(clerk, 'j1-11-unmatched');
  });

  it('10. the scans are taken in; what can not be taken in is listed with its reason', async () => {
    await page.getByRole('button', { name: w('scans.run', { n: SCANS.matched }) }).click();
    await page.getByText(w('scans.state.done')).first().waitFor();
    await files('held');
    await page.getByText(SCANS.pdf).waitFor();
    expect(await figure(w('scans.figure.held'))).toBe(String(SCANS.held));
    await look(clerk, 'j1-12-held');
    await files('rejected');
    await page.getByText(SCANS.broken).waitFor();
    await page.getByText(w('scanReason.image.broken')).waitFor();
  });

  it('11. units still without images are listed', async () => {
    await page.getByRole('link', { name: w('scans.without') }).click();
    const total = catalogue.accepted - SCANS.units;
    await page.getByText(w('list.span', { first: 1, last: 50, total })).waitFor();
  });

  const search = async (words: string) => {
    const box = page.getByRole('combobox', { name: w('search.label') });
    await box.fill(words);
    await box.press('Enter');
    await page.waitForURL((url) => url.pathname.endsWith('/search') && url.searchParams.get('q') === words);
  };
  /** Searches until the text of the pages has been read. */
  const searchUntil = async (words: string, code: string) => {
    await expect
      .poll(
        async () => {
          await page.goto(`/console/search?q=${encodeURIComponent(words)}`);
          await page.locator('.hits[aria-busy=false] .hits-head').waitFor();
          return page.locator('article.hit').allTextContents();
        },
        { interval: 1_500 },
      )
      .toEqual([expect.stringContaining(code)]);
  };

  it('12. words that stand only in a PDF find its page, in simplified and in traditional characters', async () => {
    await searchUntil(SCANS.inPdf.simplified, SCANS.codes.pdf);
    await search(SCANS.inPdf.traditional);
    await page.locator('article.hit', { hasText: SCANS.codes.pdf }).waitFor();
    await page.locator('article.hit mark', { hasText: SCANS.inPdf.simplified }).first().waitFor();
    await look(clerk, 'j1-13-hit-in-pdf');
  });

  it('13. words read from the images find them, whichever script either is in', async () => {
    await searchUntil(SCANS.inImage.traditional, SCANS.codes.folder);
    await searchUntil(SCANS.inTraditionalImage.simplified, SCANS.codes.traditional);
    await look(clerk, 'j1-14-hit-in-image');
  });

  it('14. the hit opens its page with the words marked on the picture', async () => {
    await page.locator('article.hit h2 a').first().click();
    await page.locator('.hit-mark.current').waitFor();
    await page.getByText(w('viewer.hit', { n: 1, total: 1 })).waitFor();
    await page.getByRole('button', { name: w('viewer.text') }).click();
    await page
      .getByRole('region', { name: w('viewer.text') })
      .locator('mark')
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    await look(clerk, 'j1-15-viewer');
    await page.getByRole('tab', { name: w('panel.history') }).click();
    await page.getByText(w('history.unit.contentHeld', { actor: FIRST.name, pages: 1 })).waitFor();
    await look(clerk, 'j1-16-history');
  });

  it('15. a pasted reference code goes straight to its record', async () => {
    const box = page.getByRole('combobox', { name: w('search.label') });
    await box.fill(codeOf(7).replaceAll('·', '.'));
    await box.press('Enter');
    await page.waitForURL(/\/units\//);
    await page.locator('.item-title', { hasText: '第7号' }).waitFor();
  });

  it('16. the import is taken back; what has been scanned by now stays and is said', async () => {
    await page.goto(importPage);
    await page.getByRole('button', { name: w('imports.takeBack') }).click();
    await page.getByLabel(w('imports.takeBackReason')).fill('目录版本不对');
    await look(clerk, 'j1-17-take-back');
    await page.getByRole('button', { name: w('imports.takeBack') }).click();
    await page.getByText(w('imports.state.takenBack')).first().waitFor();
    const removed = catalogue.accepted - SCANS.units;
    await page.getByText(w('imports.takenBackSome', { removed, kept: SCANS.units })).waitFor();
    await look(clerk, 'j1-18-taken-back');
    await page.getByRole('link', { name: w('rail.holdings') }).click();
    await page.getByText(w('list.span', { first: 1, last: SCANS.units, total: SCANS.units })).waitFor();
    await page.getByText(FONDS).first().waitFor();
    await look(clerk, 'j1-19-what-stays');
  });
});
