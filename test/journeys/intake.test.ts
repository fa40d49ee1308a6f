import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { CLERK, foundWithAgency, OFFICER } from './harness/agency.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { FIRST, signedIn } from './harness/people.ts';
import { w } from './harness/words.ts';

const NAME = '办公自动化系统';
const CURL = fileURLToPath(new URL('../../examples/intake/send.sh', import.meta.url));
const run = promisify(execFile);

journey('an office system is registered, agreed to, and sends a record the clerk finds', (world) => {
  let clerk: Visitor;
  let officer: Visitor;
  let head: Visitor;
  let token = '';

  beforeAll(async () => {
    const { house } = world;
    await foundWithAgency(house);
    [clerk, officer, head] = await Promise.all([
      signedIn(world, CLERK),
      signedIn(world, OFFICER),
      signedIn(world, FIRST),
    ]);
  });

  it('1. the records officer registers it', async () => {
    const { page } = officer;
    await page.getByRole('link', { name: w('rail.senders'), exact: true }).click();
    await page.getByRole('heading', { name: w('intake.title') }).waitFor();
    await look(officer, 'intake-none');
    await page.getByRole('button', { name: w('intake.new') }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(w('intake.name')).fill(NAME);
    await form.getByLabel(w('intake.vendor')).fill('示例软件 3.2');
    await form.getByLabel(w('intake.addresses')).fill('127.0.0.0/8');
    await form.getByText(w('intake.dropWatch')).click();
    await look(officer, 'intake-form');
    await form.getByRole('button', { name: w('intake.new') }).click();
    await page
      .locator('.status', { hasText: w('intake.state.proposed') })
      .first()
      .waitFor();
    await look(officer, 'intake-proposed');
  });

  it('2. the head of the archive agrees', async () => {
    const { page } = head;
    await page.goto('/console/intake');
    await page.getByRole('link', { name: NAME }).click();
    await page.getByRole('button', { name: w('act.approve'), exact: true }).click();
    await page
      .locator('.status', { hasText: w('intake.state.admitted') })
      .first()
      .waitFor();
    await look(head, 'intake-agreed');
  });

  it('3. the officer makes a token, which is shown once', async () => {
    const { page } = officer;
    await page.reload();
    await page.getByRole('button', { name: w('account.tokenAdd') }).click();
    await page.getByLabel(w('account.tokenName')).fill('正式');
    await page.getByRole('button', { name: w('account.tokenCreate') }).click();
    const shown = page.locator('.notice .code').filter({ hasText: 'lantai_' });
    token = ((await shown.textContent()) ?? '').trim();
    expect(token).toMatch(/^lantai_/);
    await look(officer, 'intake-token');
    await page.getByRole('button', { name: w('account.codesKept') }).click();
    await shown.waitFor({ state: 'detached' });
  });

  it('4. the example with curl sends a record with its file', async () => {
    const file = join(world.house.folder, '正文.txt');
    await writeFile(file, '正文');
    const env = { ...process.env, LANTAI_URL: world.house.url, LANTAI_TOKEN: token };
    const sent = await run(CURL, ['oa-2025-001', '关于做好社会救助工作的通知', '2025-03-01', file], { env });
    expect(JSON.parse(sent.stdout)).toMatchObject({ outcome: 'taken' });
    await expect(run(CURL, ['oa-2025-002', '', '2025-03-01', file], { env })).rejects.toMatchObject({
      code: 1,
    });
  });

  it('5. the clerk finds it among the records to file, and in what came in', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.filingRecords'), exact: true }).click();
    await page.getByText('关于做好社会救助工作的通知').first().waitFor();
    await look(clerk, 'intake-in-filing');
    await page.goto('/console/intake');
    await page.getByRole('link', { name: '关于做好社会救助工作的通知' }).waitFor();
    await page
      .locator('.status', { hasText: w('intake.outcome.refused') })
      .first()
      .waitFor();
    await look(clerk, 'intake-came-in');
    await page.getByRole('link', { name: NAME }).first().click();
    await page.getByRole('heading', { name: w('intake.log') }).waitFor();
    await look(clerk, 'intake-system');
    for (const language of ['zh-TW', 'en'] as const) {
      await page.evaluate((l) => localStorage.setItem('lantai.language', l), language);
      await page.reload();
      await page.locator('h1').waitFor();
      await look(clerk, `intake-system-${language}`);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    await look(clerk, 'intake-system-narrow');
    await page.goto('/console/intake');
    await page.locator('h1').waitFor();
    await look(clerk, 'intake-narrow');
  });

  it('6. the officer ends it, and its token opens nothing more', async () => {
    const { page } = officer;
    await page.reload();
    await page.getByRole('button', { name: w('intake.end') }).click();
    await page.getByLabel(w('intake.reason')).fill('系统更换');
    await page.getByRole('button', { name: w('intake.end') }).click();
    await page
      .locator('.status', { hasText: w('intake.state.ended') })
      .first()
      .waitFor();
    await look(officer, 'intake-ended');
    const answer = await fetch(`${world.house.url}/api/v1/intake/system`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(401);
  });
});
