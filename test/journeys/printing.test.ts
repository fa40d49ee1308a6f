import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { readPdfText } from '#formats/pdf';
import { openSheets } from '#formats/sheets';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { CLERK, furnish } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { FONDS } from './material/catalogue.ts';

journey(
  'Printing: a catalogue of filed documents is set up, looked at, made and taken; a list leaves as a workbook',
  (world) => {
    let archivist: Visitor;
    let page: Page;
    let folder: string;

    beforeAll(async () => {
      await furnish(world);
      folder = world.house.folder;
      archivist = await world.visitor();
      page = archivist.page;
    });

    const choose = async (label: string, option: string) => {
      await page.getByRole('combobox', { name: label }).click();
      await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
    };
    const drawer = () => page.getByRole('dialog', { name: w('printing.print') });
    const preview = () => drawer().getByAltText(w('printing.previewPage', { n: 1 }));
    const drawn = () => drawer().locator('.print-preview[aria-busy=false] img').first().waitFor();
    const taken = async (name: string): Promise<string> => {
      const waiting = page.waitForEvent('download');
      await drawer()
        .getByRole('link', { name: w('printing.download') })
        .click();
      const path = join(folder, name);
      await (await waiting).saveAs(path);
      return path;
    };
    const text = async (path: string) => {
      const pages: string[] = [];
      for await (const one of readPdfText(path)) pages.push(one.text.replaceAll(/\s/g, ''));
      return pages;
    };

    it('1. chosen rows of the table are printed as a catalogue; the first pages are seen before', async () => {
      await signIn(page, CLERK);
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}&level=item`);
      const rows = page.getByRole('table', { name: w('holdings.table') }).getByRole('checkbox');
      for (const n of [1, 2, 3]) await rows.nth(n).check();
      await page
        .getByRole('region', { name: w('list.chosen', { n: 3 }) })
        .getByRole('button', { name: w('printing.print'), exact: true })
        .click();
      await preview().waitFor();
      await drawn();
      await look(archivist, 'print-01-preview');
    });

    it('2. another title is seen at once, and kept for the archive', async () => {
      const before = await preview().getAttribute('src');
      await drawer().getByLabel(w('printing.formTitle'), { exact: true }).fill('本馆归档文件目录');
      await expect.poll(() => preview().getAttribute('src')).not.toBe(before);
      await drawn();
      await drawer()
        .getByRole('button', { name: w('printing.keep') })
        .click();
      await drawer().getByText(w('printing.own')).waitFor();
      await look(archivist, 'print-02-kept');
    });

    it('3. margins that leave no room are refused with what to do', async () => {
      archivist.guard.expect(422, '/print-previews');
      const left = drawer().getByLabel(w('printing.margin.left'), { exact: true });
      await left.fill('100');
      const right = drawer().getByLabel(w('printing.margin.right'), { exact: true });
      await right.fill('100');
      await choose(w('printing.paper'), w('printing.paper.A5'));
      await drawer()
        .getByText(w('error.printing.margins', { least: 40 }))
        .waitFor();
      await drawer()
        .getByRole('button', { name: w('act.clear'), exact: true })
        .click();
      await drawn();
    });

    it('4. the file is made by a job and holds the three documents, in Chinese type', async () => {
      await drawer()
        .getByRole('button', { name: w('printing.start') })
        .click();
      await drawer().getByText(w('printing.state.done')).waitFor();
      await look(archivist, 'print-03-done');
      const pages = await text(await taken('catalogue.pdf'));
      expect(pages[0]).toContain('本馆归档文件目录');
      expect(pages.join('')).toContain('序号档号文号责任者题名日期密级页数备注');
      expect(pages.join('')).toContain(FONDS);
    });

    it('5. the same list leaves as a workbook', async () => {
      await drawer()
        .getByRole('button', { name: w('printing.again') })
        .click();
      await drawer().getByText('.xlsx', { exact: true }).click();
      await drawer()
        .getByRole('button', { name: w('printing.start') })
        .click();
      await drawer().getByText(w('printing.state.done')).waitFor();
      const book = await openSheets(await taken('catalogue.xlsx'));
      const rows: string[][] = [];
      for await (const batch of book.sheets[0]!.rows()) for (const row of batch) rows.push(row.cells);
      await book.close();
      expect(rows).toHaveLength(4);
      await page.keyboard.press('Escape');
    });

    it('6. a fonds has its finding aid, and labels on a smaller window', async () => {
      await page.goto(`/console/holdings?archive=${ARCHIVE.code}`);
      await page.getByRole('treeitem').filter({ hasText: FONDS }).locator('.tree-name').click();
      await page
        .locator('.page-head')
        .getByRole('button', { name: w('printing.print'), exact: true })
        .click();
      await drawn();
      await look(archivist, 'print-04-finding-aid');
      await page.setViewportSize({ width: 1024, height: 768 });
      await choose(w('printing.form'), w('printForm.labels'));
      await drawn();
      await look(archivist, 'print-05-labels');
      await drawer()
        .getByRole('button', { name: w('printing.start') })
        .click();
      await drawer().getByText(w('printing.state.done')).waitFor();
      expect((await text(await taken('labels.pdf'))).join('')).toContain(FONDS);
      await page.keyboard.press('Escape');
    });

    it('7. what was printed is listed for the person, and deleted', async () => {
      await page.getByRole('link', { name: w('rail.printing') }).click();
      const table = page.getByRole('table', { name: w('printing.mine') });
      await expect.poll(() => table.getByRole('row').count()).toBe(4);
      await table.getByText(`${w('printForm.labels')} ${FONDS}`).waitFor();
      await look(archivist, 'print-06-mine');
      await table
        .getByRole('button', { name: w('printing.remove') })
        .first()
        .click();
      await expect.poll(() => table.getByRole('row').count()).toBe(3);
    });
  },
);
