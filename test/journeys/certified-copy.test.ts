import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { type Api, apiOf, verifyUpload } from './harness/api.ts';
import type { Visitor } from './harness/browser.ts';
import type { House } from './harness/house.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, signIn } from './harness/people.ts';
import { program } from './harness/programs.ts';
import { CLERK, furnish, HEAD, textRead, unitId } from './harness/stock.ts';
import { w } from './harness/words.ts';
import { SCANS } from './material/scans.ts';

const MATTER = '白云川一户于一九八四年因修建水库迁出，列入移民安置名册';
const ID_NUMBER = '990111195001010017';

journey(
  'J3 a citizen needs proof: a certified copy is asked for, approved, checked and taken back',
  (world) => {
    let house: House;
    let clerk: Visitor;
    let head: Visitor;
    let api: Api;
    let unit: string;
    let certificatePage: string;
    let number: string;
    let paper: string;
    let trust: string;

    beforeAll(async () => {
      house = world.house;
      api = await furnish(world);
      unit = await unitId(api, SCANS.codes.pdf);
      await textRead(api, unit);
      [clerk, head] = await Promise.all([world.visitor(), world.visitor()]);
    });

    const word = (page: Page) => page.locator('.verdict').textContent();

    it('1. the clerk asks for a certified copy of one page, for an applicant and a purpose', async () => {
      const { page } = clerk;
      await signIn(page, CLERK);
      await page.goto(`/console/units/${unit}?page=2`);
      await page.getByRole('list', { name: w('viewer.pages') }).waitFor();
      await page.waitForLoadState('networkidle');
      await look(clerk, 'j3-01-item');
      await page.getByRole('button', { name: w('certificates.request') }).click();
      const form = page.getByRole('dialog', { name: w('certificates.request') });
      await form.getByLabel(w('certificates.matter')).fill(MATTER);
      await form.getByText(w('certificates.pagesChosen', { n: 1, total: 2 })).waitFor();
      await form.getByText(w('certificates.include.both')).click();
      await form.getByLabel(w('certificates.applicant')).fill('白云川');
      await form.getByLabel(w('certificates.idNumber')).fill(ID_NUMBER);
      await form.getByText(w('purpose.livelihood')).click();
      await look(clerk, 'j3-02-request');
      await form.getByRole('button', { name: w('certificates.send') }).click();
      await page.waitForURL(/\/certificates\/[0-9a-f-]{36}/);
      certificatePage = page.url();
      await page.getByText(w('certificates.state.requested')).waitFor();
    });

    it('2. she can not approve it herself, though she may approve others’; the identity number is masked', async () => {
      const { page } = clerk;
      await page.getByText(w('certificates.own')).waitFor();
      expect(await page.getByRole('button', { name: w('act.approve'), exact: true }).count()).toBe(0);
      expect(await page.getByText(ID_NUMBER).count()).toBe(0);
      await look(clerk, 'j3-03-waits');
      const own = await apiOf(house.url, CLERK);
      const id = certificatePage.split('/').at(-1);
      const answer = await own.post(`/api/v1/certificates/${id}/decision`, {
        decision: 'approved',
        note: '',
      });
      expect(await answer.json()).toMatchObject({ code: 'certificate.samePerson' });
      expect(answer.status).toBeGreaterThanOrEqual(400);
    });

    it('3. the second person finds it in his work, sees the page and the applicant in full, and approves', async () => {
      const { page } = head;
      await signIn(page, HEAD);
      await page.getByRole('region', { name: w('work.waiting') }).waitFor();
      await look(head, 'j3-04-his-work');
      await page.getByRole('link', { name: w('work.verb.certificate'), exact: true }).click();
      await page.getByText(MATTER).waitFor();
      await page.getByText(ID_NUMBER).waitFor();
      const pages = page.getByRole('region', { name: w('certificates.chosenPages') });
      const picture = pages.getByRole('img', { name: w('page.n', { n: 2 }) });
      await picture.waitFor();
      await expect
        .poll(() => picture.evaluate((img) => Number(Reflect.get(img, 'naturalWidth'))))
        .toBeGreaterThan(200);
      expect(await pages.getByRole('img').count()).toBe(1);
      await page.getByLabel(w('decision.note')).fill('同意');
      await look(head, 'j3-05-decide');
      await page.getByRole('button', { name: w('act.approve'), exact: true }).click();
      await page.getByText(w('certificates.state.issued')).waitFor();
      number = (await page.locator('h1 .code').first().textContent())?.trim() ?? '';
      expect(number).toMatch(/\d/);
      await look(head, 'j3-06-issued');
    });

    it('4. the clerk downloads it; the archive’s certificate proves it without the network', async () => {
      const { page } = clerk;
      await page.reload();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: w('act.download') }).click(),
      ]);
      expect(download.suggestedFilename()).toContain(number);
      paper = join(house.folder, 'paper.pdf');
      await download.saveAs(paper);
      trust = join(house.folder, 'trust.pem');
      const pem = await (await fetch(`${house.url}/api/v1/archives/${ARCHIVE.code}/trust.pem`)).text();
      await writeFile(trust, pem);
      const genuine = { verdict: 'genuine', number };
      expect(await verifyFile(paper, { trust: [pem], now: new Date() })).toMatchObject(genuine);
      const proved = await house.lantai('verify', paper, '--trust', trust);
      expect(proved.document).toMatchObject({ ...genuine, signer: { archiveCode: ARCHIVE.code } });
      expect(proved.code).toBe(0);
      // What the file brings along is no trust.
      const untrusted = await house.lantai('verify', paper);
      expect(untrusted.document).toMatchObject({ verdict: 'unknown' });
      expect(untrusted.code).toBe(1);
    });

    it.skipIf(!program('pdfsig'))(
      '5. another PDF reader (pdfsig) finds the signature valid over the whole file',
      () => {
        const said = execFileSync('pdfsig', ['-nocert', paper], { encoding: 'utf8' });
        expect(said).toContain('Signature is Valid');
        expect(said).toContain('Total document signed');
      },
    );

    it.skipIf(!program('pdftotext'))(
      '6. the text on the paper is text: matter, number, reference code, page',
      () => {
        const said = execFileSync('pdftotext', ['-layout', paper, '-'], { encoding: 'utf8' }).replace(
          /\s/g,
          '',
        );
        for (const part of [
          '居民身份证',
          '民生与落实政策',
          '1984年4月4日',
          MATTER,
          number,
          SCANS.codes.pdf,
          ARCHIVE.name,
        ])
          expect(said).toContain(part);
        expect(said).toContain(SCANS.inPdf.simplified);
        expect(said).not.toContain('土方三万立方米');
        expect(said).not.toContain(ID_NUMBER);
      },
    );

    it('7. anybody can check it: by its number, and by the file, on a page without JavaScript', async () => {
      const anybody = await world.visitor({ javaScriptEnabled: false });
      const { page } = anybody;
      await page.goto(`/verify/${encodeURIComponent(number)}`);
      expect(await word(page)).toBe('真实有效');
      await page.locator('input[type=file]').setInputFiles(paper);
      await page.locator('form[method=post] button').click();
      await page.waitForURL('**/verify');
      expect(await word(page)).toBe('真实有效');
      anybody.guard.expect(404, '/verify/');
      await page.goto(`/verify/${encodeURIComponent(number.replace(/\d(?=\D*$)/, 'X'))}`);
      expect(await word(page)).toBe('查无此证');
      await anybody.close();
      const reader = await world.visitor();
      await reader.page.goto(`/verify/${encodeURIComponent(number)}`);
      await look(reader, 'j3-07-verify-by-number');
      await reader.page.locator('input[type=file]').setInputFiles(paper);
      await reader.page.locator('form[method=post] button').click();
      await reader.page.locator('.verdict').waitFor();
      await look(reader, 'j3-08-verify-by-file');
      await reader.close();
    });

    it('8. one changed byte, and bytes put behind it, make it altered', async () => {
      const bytes = await readFile(paper);
      const at = Math.floor(bytes.length / 3);
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await verifyUpload(house.url, 'changed.pdf', changed)).toContain('已被更改');
      expect(
        await verifyUpload(house.url, 'longer.pdf', Buffer.concat([bytes, Buffer.from('\n%more')])),
      ).toContain('已被更改');
      const path = join(house.folder, 'changed.pdf');
      await writeFile(path, changed);
      const answer = await house.lantai('verify', path, '--trust', trust);
      expect(answer.document).toMatchObject({ verdict: 'altered' });
      expect(answer.code).toBe(1);
    });

    it('9. it is taken back with a reason; from then on every check says so', async () => {
      const { page } = head;
      await page.getByRole('button', { name: w('certificates.revoke') }).click();
      await page.getByLabel(w('certificates.revokeReason')).fill('所据页次有误');
      await page.getByRole('button', { name: w('certificates.revoke') }).click();
      await page.getByText(w('certificates.state.revoked'), { exact: true }).waitFor();
      await look(head, 'j3-09-revoked');
      const anybody = await world.visitor({ javaScriptEnabled: false });
      await anybody.page.goto(`/verify/${encodeURIComponent(number)}`);
      expect(await word(anybody.page)).toBe('已撤销');
      await anybody.page.getByText('所据页次有误').waitFor();
      await anybody.close();
      expect(await verifyUpload(house.url, paper)).toContain('已撤销');
      const list = join(house.folder, 'revocations.json');
      const url = `${house.url}/api/v1/archives/${ARCHIVE.code}/revocations.json`;
      await writeFile(list, Buffer.from(await (await fetch(url)).arrayBuffer()));
      const answer = await house.lantai('verify', paper, '--trust', trust, '--revocations', list);
      expect(answer.document).toMatchObject({ verdict: 'revoked', revocation: 'checked' });
      expect(answer.code).toBe(1);
    });

    it('10. the record’s history tells it, and the audit trail fits', async () => {
      const { page } = clerk;
      await page.goto(`/console/units/${unit}?tab=history`);
      await page.getByText(w('history.certificate.issued', { approver: HEAD.name, number })).waitFor();
      const audit = await house.lantai('audit', 'verify');
      expect(audit.code, JSON.stringify(audit.document)).toBe(0);
    });
  },
);
