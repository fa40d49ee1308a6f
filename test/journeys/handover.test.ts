import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { verifyFile } from '#formats/certificate';
import { button, state } from './harness/acts.ts';
import { AGENCY, CLERK, foundWithAgency, OFFICER, RECEIVING, SECURITY } from './harness/agency.ts';
import { apiOf } from './harness/api.ts';
import { answerAll, beginBatch, givePackage, sendAndRegister } from './harness/batch.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, FIRST, signedIn, signIn } from './harness/people.ts';
import { w } from './harness/words.ts';
import { codeOf, writeHandover } from './material/handover.ts';

const TITLE = '石桥县民政局2023年度文书档案移交';

journey('J2 a batch is handed over: wrong, mended, sent, returned, sent again, accepted', (world) => {
  let clerk: Visitor;
  let officer: Visitor;
  let receiving: Visitor;
  let head: Visitor;
  let address = '';
  const file = (name: string) => join(world.house.folder, name);

  beforeAll(async () => {
    const { house } = world;
    await foundWithAgency(house, [RECEIVING]);
    await writeHandover(file('坏的.zip'), AGENCY.code, { spoil: true });
    await writeHandover(file('移交.zip'), AGENCY.code);
    await writeHandover(file('涉密.zip'), AGENCY.code, { secret: true });
    await writeHandover(file('离线.zip'), AGENCY.code, { first: 11 });
    [clerk, officer, receiving, head] = await Promise.all([
      signedIn(world, CLERK),
      signedIn(world, OFFICER),
      signedIn(world, RECEIVING),
      signedIn(world, FIRST),
    ]);
  });

  const open = (visitor: Visitor) => visitor.page.goto(address);
  const give = (name: string) => givePackage(clerk, file(name), name);

  it('1. the archive plans what is due; the agency sees it and begins a batch', async () => {
    const { page } = receiving;
    // The list of agencies comes late, as over a slow line: the form is there before it.
    await page.route('**/api/v1/filing/agencies', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue();
    });
    await page.getByRole('link', { name: w('rail.transfer') }).click();
    await button(page, 'transfer.planNew').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('transfer.planContent')).fill('2023年度文书档案');
    await drawer.getByLabel(w('transfer.planDue')).fill('2099-06-30');
    await button(drawer.page(), 'transfer.planNew').last().click();
    await page.getByText('2023年度文书档案').waitFor();
    await look(receiving, 'j2-11-planned');
    await clerk.page.getByRole('link', { name: w('rail.transfer') }).click();
    await button(clerk.page, 'transfer.planBegin').click();
    const form = clerk.page.getByRole('dialog');
    await form.getByLabel(w('transfer.name')).fill(TITLE);
    await form.getByRole('button', { name: w('transfer.new') }).click();
    await clerk.page.waitForURL(/\/transfers\/[0-9a-f-]{36}$/);
    address = new URL(clerk.page.url()).pathname;
    await look(clerk, 'j2-12-batch');
  });

  it('2. a package with an altered record is found out before it is sent', async () => {
    await give('坏的.zip');
    await clerk.page.getByText(w('transfer.notQualifiedShort'), { exact: true }).waitFor();
    await clerk.page.getByText(w('rule.handover.digest')).first().waitFor();
    await look(clerk, 'j2-13-wrong');
  });

  it('3. the right one passes; who prepared it can not send it', async () => {
    await give('移交.zip');
    await state(clerk.page, 'transfer.state.checked');
    expect(await button(clerk.page, 'transfer.act.send').count()).toBe(0);
    await look(clerk, 'j2-14-checked');
  });

  it('4. the officer signs the register and sends; it is received with the same digests, and registered', async () => {
    await sendAndRegister(address, officer, receiving);
    await look(receiving, 'j2-15-to-be-weighed');
  });

  it('5. it is returned with a reason, decided by another person, and the agency reads why', async () => {
    const { page } = receiving;
    await page.getByRole('radio', { name: w('transfer.accepts.none') }).check();
    await page.getByLabel(w('transfer.reason')).fill('请补充内容描述');
    await button(page, 'transfer.act.propose').click();
    await state(page, 'transfer.state.proposed');
    expect(await button(page, 'transfer.act.return').count()).toBe(0);
    await open(head);
    await button(head.page, 'transfer.act.return').click();
    await head.page.getByLabel(w('transfer.reason')).fill('请补充内容描述后重新移交');
    await button(head.page, 'transfer.act.return').click();
    await state(head.page, 'transfer.state.returned');
    await open(clerk);
    await clerk.page.getByText('请补充内容描述后重新移交').first().waitFor();
    await look(clerk, 'j2-16-returned');
  });

  it('6. sent again it is accepted, and its records are found in the holdings', async () => {
    await give('移交.zip');
    await state(clerk.page, 'transfer.state.checked');
    await sendAndRegister(address, officer, receiving);
    // What no machine can tell is answered first; what only warns, by who answers for the archive.
    await answerAll(address, receiving, 'j2-16a-answers');
    await answerAll(address, head, 'j2-16b-answered');
    await open(receiving);
    await button(receiving.page, 'transfer.act.propose').click();
    await state(receiving.page, 'transfer.state.proposed');
    await open(head);
    await state(head.page, 'transfer.state.proposed');
    await look(head, 'j2-17-to-be-decided');
    await button(head.page, 'transfer.act.accept').click();
    await state(head.page, 'transfer.state.accepted');
    await look(head, 'j2-18-accepted');
    await head.page.locator('#search-everywhere').fill(codeOf(AGENCY.code, 1));
    await head.page.keyboard.press('Enter');
    await head.page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
  });

  it('7. the agency’s receipt proves it without the network, and one changed byte does not', async () => {
    await open(clerk);
    const download = clerk.page.waitForEvent('download');
    await clerk.page.getByRole('link', { name: w('transfer.paper.receipt') }).click();
    const bytes = await readFile(await (await download).path());
    const answer = await (await apiOf(world.house.url, FIRST)).get(
      `/api/v1/archives/${ARCHIVE.code}/trust.pem`,
    );
    const options = { trust: [await answer.text()], now: new Date() };
    expect(await verifyFile(bytes, options)).toMatchObject({ verdict: 'genuine', type: 'lantai/receipt' });
    bytes[bytes.indexOf('"entries":') + 10] = 0x39;
    expect(await verifyFile(bytes, options)).toMatchObject({ verdict: 'altered' });
    await look(clerk, 'j2-19-receipt');
  });

  it('8. what bears a classification is blocked, and only the security administrator sees where', async () => {
    address = await beginBatch(clerk, '另一批档案');
    await give('涉密.zip');
    await state(clerk.page, 'transfer.state.blocked');
    await look(clerk, 'j2-20-blocked');
    const security = await world.visitor();
    await signIn(security.page, SECURITY);
    await security.page.getByRole('link', { name: w('rail.blocked') }).click();
    await button(security.page, 'transfer.blockedPlaces').click();
    await security.page.getByText(w('transfer.blockedWhat.classification')).first().waitFor();
    await look(security, 'j2-21-security');
    await security.close();
  });

  it('9. another batch goes by media: signed, downloaded, read in at the archive, and received', async () => {
    address = await beginBatch(clerk, '离线移交的一批');
    await give('离线.zip');
    await state(clerk.page, 'transfer.state.checked');
    await open(officer);
    await button(officer.page, 'transfer.act.dispatch').click();
    await state(officer.page, 'transfer.state.dispatched');
    await open(clerk);
    const download = clerk.page.waitForEvent('download');
    await clerk.page.getByRole('link', { name: w('transfer.mediumContent') }).click();
    await (await download).saveAs(file('载体.zip'));
    await look(clerk, 'j2-24-media');
    await open(receiving);
    const choose = () => receiving.page.locator('input[type=file]').first();
    await choose().setInputFiles(file('移交.zip'));
    await receiving.page.getByText(w('rule.transfer.media.nothing')).waitFor();
    await look(receiving, 'j2-25-other-medium');
    await choose().setInputFiles(file('载体.zip'));
    await state(receiving.page, 'transfer.state.received');
    await look(receiving, 'j2-26-read-in');
  });

  it('10. who may take which step stands in one table; and the list fits a telephone', async () => {
    await head.page.goto('/console/transfers/states');
    await head.page.getByRole('table', { name: w('transfer.states') }).waitFor();
    await look(head, 'j2-27-states');
    await head.page.setViewportSize({ width: 390, height: 844 });
    await head.page.goto('/console/transfers');
    await head.page.getByText(TITLE).waitFor();
    await look(head, 'j2-28-narrow');
  });
});
