import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { button, state } from './harness/acts.ts';
import { AGENCY, CLERK, foundWithAgency, OFFICER, RECEIVING, SECURITY } from './harness/agency.ts';
import { apiOf } from './harness/api.ts';
import { beginBatch, givePackage, sendAndRegister } from './harness/batch.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, FIRST, signedIn, signIn } from './harness/people.ts';
import { w } from './harness/words.ts';
import { codeOf, writeHandover } from './material/handover.ts';

const NOTICE = '关于报送年度归档情况的通知';
const TITLE = '石桥县民政局2023年度文书档案移交';

journey('J2 notices, questions, what is due; a deposit is sealed and compared at handover', (world) => {
  let clerk: Visitor;
  let officer: Visitor;
  let receiving: Visitor;
  let head: Visitor;
  let batch = '';
  let deposit = '';
  const file = (name: string) => join(world.house.folder, name);

  beforeAll(async () => {
    const { house } = world;
    await foundWithAgency(house, [RECEIVING]);
    await writeHandover(file('移交.zip'), AGENCY.code);
    await writeFile(file('正文.txt'), `正文 ${codeOf(AGENCY.code, 1)}`);
    await writeFile(file('留存.txt'), '不移交的底稿');
    await writeFile(file('附件（机密）.txt'), 'x');
    [clerk, officer, receiving, head] = await Promise.all([
      signedIn(world, CLERK),
      signedIn(world, OFFICER),
      signedIn(world, RECEIVING),
      signedIn(world, FIRST),
    ]);
  });

  it('1. the archive writes to its agencies; one takes note, and the archive sees who did', async () => {
    const { page } = receiving;
    await page.getByRole('link', { name: w('rail.notices') }).click();
    await button(page, 'notice.new').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('notice.name')).fill(NOTICE);
    await drawer.getByLabel(w('notice.body')).fill('请于期限内完成年终归档，并在本系统提交。');
    await drawer.getByLabel(w('notice.dueOn')).fill('2099-03-31');
    await look(receiving, 'j2-40-notice-new');
    await drawer.getByRole('button', { name: w('notice.issue'), exact: true }).click();
    await page.waitForURL(/\/notices\/[0-9a-f-]{36}$/);
    await page.getByText(w('notice.waits')).waitFor();
    await look(receiving, 'j2-41-notice-sent');
    // It waits on the agency's first page.
    await clerk.page.goto('/console/');
    await clerk.page.getByRole('link', { name: NOTICE }).click();
    await clerk.page.getByLabel(w('notice.acknowledgeHint')).fill('已布置，按期完成');
    await button(clerk.page, 'notice.acknowledge').click();
    await state(clerk.page, 'notice.notedColumn');
    await look(clerk, 'j2-42-noted');
    await page.reload();
    await page.getByText('已布置，按期完成').waitFor();
  });

  it('2. a question about a batch is answered, and both sides see it', async () => {
    batch = await beginBatch(clerk, TITLE);
    const { page } = clerk;
    const say = page.getByRole('form', { name: w('remark.add') });
    await say.getByRole('radio', { name: w('remark.question') }).check();
    await say.getByLabel(w('remark.text')).fill('照片随文书一并移交吗？');
    await button(page, 'remark.send').click();
    await page.getByText('照片随文书一并移交吗？').waitFor();
    await head.page.goto('/console/');
    await head.page.getByText(w('work.kind.remark')).first().waitFor();
    await look(head, 'j2-43-work');
    await receiving.page.goto('/console/due');
    await receiving.page.getByText(w('due.kind.question')).first().waitFor();
    await look(receiving, 'j2-44-due');
    await receiving.page.getByRole('tab', { name: w('due.agencies') }).click();
    await receiving.page.getByRole('link', { name: AGENCY.name }).first().waitFor();
    await look(receiving, 'j2-45-due-agencies');
  });

  it('3. what is to be done stands on the agency’s own page, on a telephone too', async () => {
    const { page } = clerk;
    await page.goto('/console/due');
    await page.getByText(w('due.kind.scheduleNone')).first().waitFor();
    await look(clerk, 'j2-46-due-agency');
    await page.setViewportSize({ width: 390, height: 844 });
    await look(clerk, 'j2-47-due-narrow');
    await page.goto('/console/notices');
    await page.getByRole('link', { name: NOTICE }).waitFor();
    await look(clerk, 'j2-48-notices-narrow');
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('4. early copies are deposited and sealed; the receipt is genuine, and nobody reads them', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.deposits') }).click();
    await button(page, 'deposit.send').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('deposit.name')).fill('2023年公文登记备份');
    await drawer.getByLabel(w('deposit.system')).fill('办公系统');
    await drawer
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('正文.txt'), file('留存.txt')]);
    await look(clerk, 'j2-49-deposit-new');
    await drawer.getByRole('button', { name: w('deposit.send'), exact: true }).click();
    await page.waitForURL(/\/deposits\/[0-9a-f-]{36}$/);
    deposit = new URL(page.url()).pathname;
    await state(page, 'deposit.state.kept');
    await look(clerk, 'j2-50-sealed');
    const id = deposit.split('/').at(-1);
    const api = await apiOf(world.house.url, FIRST);
    const trust = await (await api.get(`/api/v1/archives/${ARCHIVE.code}/trust.pem`)).text();
    const receipt = await (await api.get(`/api/v1/deposits/${id}/receipt.json`)).text();
    expect(await verifyFile(Buffer.from(receipt), { trust: [trust], now: new Date() })).toMatchObject({
      verdict: 'genuine',
      type: 'lantai/deposit',
    });
    expect((await api.get(`/api/v1/deposits/${id}/files/0/content`)).status).toBe(422);
  });

  it('5. the agency asks for its copy back, the archive agrees, and the file is taken out', async () => {
    const { page } = clerk;
    await button(page, 'deposit.ask.recovery').click();
    await page.getByLabel(w('deposit.askReason')).fill('硬盘损坏，请求取回副本');
    await button(page, 'deposit.ask.recovery').click();
    await state(page, 'deposit.unsealing.asked');
    await head.page.goto(deposit);
    await look(head, 'j2-51-unsealing');
    await button(head.page, 'deposit.approve').click();
    await head.page.getByText(w('deposit.kind.recovery')).waitFor();
    await button(head.page, 'deposit.approve').waitFor({ state: 'detached' });
    await page.reload();
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: w('deposit.take') })
      .first()
      .click();
    expect((await download).suggestedFilename()).toBe('正文.txt');
    await look(clerk, 'j2-52-unsealed');
  });

  it('6. the batch that arrives is compared with the deposit, before the reviewers', async () => {
    const { page } = clerk;
    await page.goto(batch);
    await givePackage(clerk, file('移交.zip'), '移交.zip');
    await state(page, 'transfer.state.checked');
    await sendAndRegister(batch, officer, receiving);
    await expect
      .poll(
        async () => {
          await receiving.page.reload();
          const compared = receiving.page.getByRole('region', { name: w('deposit.compared') });
          return compared.waitFor({ timeout: 4_000 }).then(
            () => true,
            () => false,
          );
        },
        { interval: 500 },
      )
      .toBe(true);
    await receiving.page.getByText('留存.txt').waitFor();
    await look(receiving, 'j2-53-compared');
    const say = receiving.page;
    await button(say, 'remark.reply').click();
    await say.getByLabel(w('remark.answer'), { exact: true }).fill('照片单独组批移交。');
    await button(say, 'remark.send').first().click();
    await say.getByText('照片单独组批移交。').waitFor();
    await page.goto(batch);
    await page.getByText('照片单独组批移交。').waitFor();
    await look(clerk, 'j2-54-answered');
  });

  it('7. what bears a classification is turned away at the door, and waits for the security administrator', async () => {
    const { page } = clerk;
    await page.goto('/console/deposits');
    await button(page, 'deposit.send').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('deposit.name')).fill('另一份备份');
    await drawer
      .locator('input[type=file]')
      .first()
      .setInputFiles([file('附件（机密）.txt')]);
    await drawer.getByRole('button', { name: w('deposit.send'), exact: true }).click();
    await state(page, 'deposit.state.blocked');
    expect(await page.getByText('附件（机密）.txt').count()).toBe(0);
    await look(clerk, 'j2-55-deposit-blocked');
    const security = await world.visitor();
    await signIn(security.page, SECURITY);
    await security.page.getByText(w('work.kind.blocked')).first().waitFor();
    await security.page.getByRole('link', { name: w('rail.blocked') }).click();
    await button(security.page, 'classified.look').click();
    await security.page.getByText('附件（机密）.txt').first().waitFor();
    await look(security, 'j2-56-turned-away');
    await security.page.getByRole('button', { name: w('transfer.blockedRemove') }).click();
    await security.page.getByLabel(w('transfer.reason')).fill('已交保密部门处理');
    await security.page.getByRole('button', { name: w('transfer.blockedRemove') }).click();
    await security.page.getByText(w('classified.atDoorsNone')).waitFor();
    await security.close();
  });

  it('8. in Taiwan’s Chinese and in English, wide and on a telephone, the pages say the same and fit', async () => {
    for (const [locale, width] of [
      ['zh-TW', 1366],
      ['en', 1366],
      ['en', 390],
      ['zh-TW', 390],
    ] as const) {
      const reader = await world.visitor({ viewport: { width, height: 844 } });
      await signIn(reader.page, FIRST);
      await reader.page.evaluate((chosen) => localStorage.setItem('lantai.language', chosen), locale);
      for (const place of ['/console/due', '/console/notices', '/console/deposits', deposit, batch]) {
        await reader.page.goto(place);
        await reader.page.locator('h1').first().waitFor();
        await look(
          reader,
          `j2-57-${locale}-${width}-${place.split('/')[2]}${place.split('/').length > 3 ? '-one' : ''}`,
        );
        const wide = await reader.page.evaluate<number>('document.documentElement.scrollWidth');
        expect(wide, `${place} ${locale} at ${width}`).toBeLessThanOrEqual(width);
      }
      await reader.close();
    }
  });
});
