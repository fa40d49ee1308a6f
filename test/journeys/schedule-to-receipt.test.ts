import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { button, state } from './harness/acts.ts';
import { CLERK, foundWithAgency, OFFICER, RECEIVING, SUPERVISOR } from './harness/agency.ts';
import { apiOf } from './harness/api.ts';
import { answerAll, beginBatch, returnBatch, sendAndRegister } from './harness/batch.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { ARCHIVE, FIRST, signedIn } from './harness/people.ts';
import { w } from './harness/words.ts';

const YEAR = new Date().getFullYear() - 1;
const TITLE = `石桥县民政局${YEAR}年度档案移交`;
const MINUTES = '石桥县民政局党组会议纪要';
const MENDED = '石桥县民政局党组会议纪要（第一次）';

journey('J2 from the schedule to the receipt: filed, handed over, returned, mended, accepted', (world) => {
  let clerk: Visitor;
  let officer: Visitor;
  let supervisor: Visitor;
  let receiving: Visitor;
  let head: Visitor;
  let schedule = '';
  let record = '';
  let address = '';
  let code = '';
  const at = (name: string) => join(world.house.folder, name);

  beforeAll(async () => {
    const { house } = world;
    await foundWithAgency(house, [SUPERVISOR, RECEIVING]);
    [clerk, officer, supervisor, receiving, head] = await Promise.all([
      signedIn(world, CLERK),
      signedIn(world, OFFICER),
      signedIn(world, SUPERVISOR),
      signedIn(world, RECEIVING),
      signedIn(world, FIRST),
    ]);
    await writeFile(at('纪要 正文.txt'), '一、学习文件。二、研究低保工作。');
    await writeFile(at('通知.txt'), '关于做好低保工作的通知');
  });

  const open = (who: Visitor, where = address) => who.page.goto(where);
  const records = `/console/filing/records?year=${YEAR}`;

  async function register(title: string, docNo: string, day: string, file: string): Promise<void> {
    const { page } = clerk;
    await page.goto(records);
    await button(page, 'filingRecord.new').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('field.title')).fill(title);
    await drawer.getByLabel(w('field.docNo')).fill(docNo);
    await drawer.getByLabel(w('field.date')).fill(day);
    await drawer.getByLabel(w('field.pages')).fill('2');
    await drawer.getByRole('button', { name: w('filingRecord.new') }).click();
    await page.waitForURL(/\/filing\/records\/[0-9a-f-]{36}$/);
    await button(page, 'filingRecord.take').first().click();
    await page.getByText(w('filingRecord.taken')).waitFor();
    await page.locator('label.attach input[type=file]').setInputFiles(at(file));
    await page.getByRole('link', { name: file }).waitFor();
  }
  async function precheck(): Promise<void> {
    await open(clerk);
    await button(clerk.page, 'transfer.act.precheck').click();
    await state(clerk.page, 'transfer.state.checked');
  }
  it('1. a retention schedule is drafted from the template, submitted, and approved by the archive', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.schedules') }).click();
    await button(page, 'schedule.new').click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(w('schedule.template.civil-affairs')).click();
    await drawer.getByRole('button', { name: w('schedule.new') }).click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    schedule = new URL(page.url()).pathname;
    await open(officer, schedule);
    await button(officer.page, 'schedule.submit').click();
    await officer.page.getByText(w('schedule.takeBackNext')).waitFor();
    await open(supervisor, schedule);
    await button(supervisor.page, 'schedule.approve').click();
    await supervisor.page.getByText(w('schedule.approvedNext')).waitFor();
  });

  it('2. records are registered by its lines, and their files attached', async () => {
    await register(MINUTES, `石民党〔${YEAR}〕1号`, `${YEAR}0305`, '纪要 正文.txt');
    record = new URL(clerk.page.url()).pathname;
    await register('关于民政局党组会议决定的通知', `石民〔${YEAR}〕2号`, `${YEAR}0410`, '通知.txt');
  });

  it('3. they are numbered; the year is filed by one person and confirmed by another', async () => {
    const { page } = clerk;
    await open(clerk, records);
    await button(page, 'filingRecord.number').click();
    await page.getByText('-0001').first().waitFor();
    await button(page, 'yearFiling.look').click();
    const note = page.getByLabel(w('yearFiling.note'));
    if (
      await note.waitFor({ timeout: 5_000 }).then(
        () => true,
        () => false,
      )
    )
      await note.fill('本年没有其他应归档文件');
    await button(page, 'yearFiling.prepare').click();
    await page.getByText(w('yearFiling.state.prepared')).first().waitFor();
    await open(officer, records);
    await button(officer.page, 'yearFiling.confirm').click();
    await officer.page.getByText(w('yearFiling.state.filed')).first().waitFor();
    await open(clerk, record);
    code = (await clerk.page.locator('dl.facts .code').first().textContent()) ?? '';
    expect(code).toContain(String(YEAR));
  });

  it('4. a batch is made of what was filed: by default what archives take in', async () => {
    address = await beginBatch(clerk, TITLE);
    const { page } = clerk;
    await page.getByRole('region', { name: w('transfer.fromRecords') }).waitFor();
    await look(clerk, 'j2-31-choice');
    await button(page, 'transfer.draw').click();
    await page.getByRole('link', { name: w('transfer.madeOfRecords', { year: String(YEAR) }) }).waitFor();
    await look(clerk, 'j2-32-drawn');
    await open(clerk, record);
    await state(clerk.page, 'filingRecord.state.inBatch');
    await look(clerk, 'j2-33-record');
  });

  it('5. it is checked, signed and sent; the archive registers it, and returns it with a reason', async () => {
    await precheck();
    await look(clerk, 'j2-34-checked');
    await sendAndRegister(address, officer, receiving);
    const why = {
      proposed: '会议纪要的题名没有说明是第几次会议',
      decided: '题名请写明是第几次会议',
    };
    await returnBatch(address, { receiving, head }, why);
  });

  it('6. the agency mends the record itself, for a reason, and sends the batch again', async () => {
    await open(officer, record);
    const { page } = officer;
    await page.getByLabel(w('field.title')).fill(MENDED);
    await page.getByLabel(w('filingRecord.correctReason')).fill('按档案馆意见改正题名');
    await button(page, 'act.save').click();
    await page.getByText(w('filingRecord.saved')).waitFor();
    await precheck();
    await sendAndRegister(address, officer, receiving);
    await open(clerk, record);
    await state(clerk.page, 'filingRecord.state.handingOver');
    expect(await button(clerk.page, 'act.save').count()).toBe(0);
  });

  it('7. it is weighed by one person of the archive and accepted by another', async () => {
    await answerAll(address, receiving);
    await answerAll(address, head);
    await open(receiving);
    await button(receiving.page, 'transfer.act.propose').click();
    await state(receiving.page, 'transfer.state.proposed');
    await open(head);
    await button(head.page, 'transfer.act.accept').click();
    await state(head.page, 'transfer.state.accepted');
    await look(head, 'j2-37-accepted');
  });

  it('8. the receipt, with the list of files, is proved on the command line', async () => {
    await open(clerk, record);
    await state(clerk.page, 'filingRecord.state.handedOver');
    await look(clerk, 'j2-38-handed-over');
    const saved = async (link: string, name: string) => {
      const download = clerk.page.waitForEvent('download');
      await clerk.page.getByRole('link', { name: link }).click();
      await (await download).saveAs(at(name));
    };
    await saved(w('transfer.paper.receipt'), 'receipt.json');
    await open(clerk);
    await saved(w('transfer.fileList'), 'files.jsonl');
    const trust = await (await apiOf(world.house.url, FIRST)).get(
      `/api/v1/archives/${ARCHIVE.code}/trust.pem`,
    );
    await writeFile(at('trust.pem'), await trust.text());
    const run = (...more: string[]) =>
      promisify(execFile)(process.execPath, [
        'src/main/cli.ts',
        ...['verify', at('receipt.json'), '--trust', at('trust.pem'), ...more],
      ]);
    const { stdout } = await run('--list', at('files.jsonl'));
    expect(stdout).toContain('GENUINE');
    expect(stdout).toContain('List of files: what was signed');
    await expect(run('--list', at('trust.pem'))).rejects.toMatchObject({ code: 1 });
    const pdf = await (await apiOf(world.house.url, CLERK)).get(
      `/api/v1/transfers/${address.split('/').at(-1)}/register.pdf`,
    );
    expect((await pdf.arrayBuffer()).byteLength).toBeGreaterThan(5_000);
  });

  it('9. the record is found in the archive’s holdings by its code, as it was mended', async () => {
    const { page } = head;
    await page.locator('#search-everywhere').fill(code);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/units\/[0-9a-f-]{36}$/);
    await page.getByRole('heading', { name: MENDED }).waitFor();
    await look(head, 'j2-39-held');
    await clerk.page.setViewportSize({ width: 390, height: 844 });
    await open(clerk);
    await state(clerk.page, 'transfer.state.accepted');
    await look(clerk, 'j2-40-narrow');
  });
});
