import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { createKeySet } from '#kernel/signing/keyset';
import { button } from './harness/acts.ts';
import { AGENCY, CLERK, foundWithAgency, person } from './harness/agency.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { signedIn } from './harness/people.ts';
import { w } from './harness/words.ts';
import { writeHandover } from './material/handover.ts';

const KEEPER = person('baoguan', '方守藏', 'custody');
const SECOND = person('baoguan2', '顾长存', 'custody');
const ITEM = 'check.item.env';
const MANUAL = ['check.item.env', 'check.item.process-safe', 'check.item.content-readable'] as const;

journey(
  'A scheme of the four natures is changed by two, a batch is checked by it, people answer, the report is taken home',
  (world) => {
    let clerk: Visitor;
    let keeper: Visitor;
    let second: Visitor;
    const toSchemes = async ({ page }: Visitor) => {
      await page.goto('/console/natures/schemes');
      await page.getByLabel(w('check.stage')).click();
      await page.getByText(w('check.stage.YJ'), { exact: true }).last().click();
      await page.getByText(w('check.item.virus')).first().waitFor();
    };

    beforeAll(async () => {
      const { house } = world;
      await foundWithAgency(house, [KEEPER, SECOND]);
      await writeHandover(join(house.folder, '移交.zip'), AGENCY.code);
      [clerk, keeper, second] = await Promise.all([
        signedIn(world, CLERK),
        signedIn(world, KEEPER),
        signedIn(world, SECOND),
      ]);
    });

    it('1. one person writes a version: an item less, another told something else', async () => {
      const { page } = keeper;
      await toSchemes(keeper);
      await look(keeper, 'n-1-schemes');
      await button(page, 'check.newVersion').click();
      await page.getByRole('checkbox', { name: `${w(ITEM)}: ${w('check.ticked')}` }).uncheck();
      await page
        .getByRole('checkbox', { name: `${w('check.item.av-installed')}: ${w('check.ticked')}` })
        .uncheck();
      const days = page.getByRole('checkbox', { name: w('check.parameter.demandDigest') });
      await days.scrollIntoViewIfNeeded();
      await look(keeper, 'n-2-editing');
      await page.getByLabel(w('check.reasonForChange')).fill('环境另行检查');
      await page.getByText(w('check.comparedGone')).first().waitFor();
      await look(keeper, 'n-3-compared');
      await button(page, 'check.propose').click();
      await page.getByText('环境另行检查').waitFor();
      expect(await button(page, 'check.approve').count()).toBe(0);
      await look(keeper, 'n-4-proposed');
    });

    it('2. another puts it into force, seeing what it changes', async () => {
      const { page } = second;
      await toSchemes(second);
      await page.getByText(w('check.comparedGone')).first().waitFor();
      await button(page, 'check.approve').click();
      await page.getByText(w('check.schemeVersion', { name: w('check.inForce'), n: 1 })).waitFor();
      await look(second, 'n-5-in-force');
    });

    it('3. a batch is checked by it, and what only people can tell is answered in the report', async () => {
      const { page } = clerk;
      await page.goto('/console/transfers');
      await button(page, 'transfer.new').click();
      const drawer = page.getByRole('dialog');
      await drawer.getByLabel(w('transfer.name')).fill('2023年度文书档案');
      await drawer.getByRole('button', { name: w('transfer.new') }).click();
      await page.waitForURL(/\/transfers\/[0-9a-f-]{36}$/);
      await page.locator('input[type=file]').first().setInputFiles(join(world.house.folder, '移交.zip'));
      await page.getByText('移交.zip').first().waitFor();
      await button(page, 'transfer.act.precheck').click();
      await page.getByRole('link', { name: w('check.reportTitle') }).click();
      const waiting = page.getByRole('region', { name: w('check.awaited') });
      await waiting.waitFor();
      // The item that was left out is not asked for.
      expect(await waiting.getByText(w(MANUAL[0])).count()).toBe(0);
      await waiting.getByText(w(MANUAL[1])).waitFor();
      await waiting.getByRole('checkbox', { name: w('check.tickAll') }).check();
      await waiting.getByLabel(w('check.answerReason')).fill('逐项核对');
      await look(clerk, 'n-6-answers');
      await waiting.getByRole('button', { name: w('check.answerAllYes') }).click();
      await waiting.waitFor({ state: 'detached' });
      await page.getByText('逐项核对').first().waitFor();
      await look(clerk, 'n-7-report');
    });

    it('4. the report is taken home as PDF, XML and JSON', async () => {
      const { page } = clerk;
      const take = async (name: Parameters<typeof w>[0]) => {
        const download = page.waitForEvent('download');
        await page.getByRole('link', { name: w(name) }).click();
        return readFile(await (await download).path());
      };
      expect((await take('check.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
      expect((await take('check.xml')).toString()).toContain('<checkReport');
      expect(JSON.parse((await take('check.json')).toString())).toMatchObject({
        format: 'lantai-check-report',
        schemeVersion: 1,
        stage: 'YJ',
      });
    });

    it('5. one person proposes a certificate to trust, another puts it into force, and it is ended with a reason', async () => {
      const file = join(world.house.folder, 'system.pem');
      const { pdf } = await createKeySet({
        archiveCode: 'OA',
        archiveName: '云州县公文系统',
        statementAlgorithm: 'sm2',
        pdfAlgorithm: 'p256',
        now: new Date(),
        years: 5,
      });
      await writeFile(file, pdf.certificatePem);
      const at = async ({ page }: Visitor) => {
        await page.goto('/console/natures');
        await page.getByRole('link', { name: w('trust.title') }).click();
        await page.getByRole('heading', { name: w('trust.title') }).waitFor();
      };
      await at(keeper);
      await button(keeper.page, 'trust.propose').click();
      await keeper.page.getByLabel(w('trust.file')).setInputFiles(file);
      await keeper.page.getByLabel(w('trust.usedFor')).fill('县公文系统的电子印章');
      await button(keeper.page, 'trust.propose').click();
      await keeper.page.getByRole('region', { name: w('trust.waiting') }).waitFor();
      // Who proposed does not decide.
      expect(await button(keeper.page, 'trust.approve').count()).toBe(0);
      await at(second);
      await second.page.getByText(w('trust.compareFirst')).waitFor();
      await look(second, 'n-11-trust');
      await button(second.page, 'trust.approve').click();
      const inForce = second.page.getByRole('region', { name: w('trust.inForce') });
      await inForce.getByText('县公文系统的电子印章').waitFor();
      await button(second.page, 'trust.end').click();
      await second.page.getByLabel(w('trust.endReason')).fill('系统停用');
      await button(second.page, 'trust.end').click();
      await second.page
        .getByRole('region', { name: w('trust.former') })
        .getByText('系统停用')
        .waitFor();
    });

    it('6. and all of it fits a telephone', async () => {
      await clerk.page.setViewportSize({ width: 390, height: 844 });
      await look(clerk, 'n-8-report-narrow');
      await keeper.page.setViewportSize({ width: 390, height: 844 });
      await toSchemes(keeper);
      await look(keeper, 'n-9-schemes-narrow');
      await keeper.page.goto('/console/natures');
      await look(keeper, 'n-10-runs-narrow');
      await keeper.page.goto('/console/natures/trust');
      await keeper.page.getByText('系统停用').waitFor();
      await look(keeper, 'n-12-trust-narrow');
    });
  },
);
