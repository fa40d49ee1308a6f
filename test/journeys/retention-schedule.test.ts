import { beforeAll, expect, it } from 'vitest';
import { CLERK, foundWithAgency, OFFICER, SUPERVISOR } from './harness/agency.ts';
import type { Visitor } from './harness/browser.ts';
import { journey } from './harness/journey.ts';
import { look } from './harness/look.ts';
import { signedIn } from './harness/people.ts';
import { w } from './harness/words.ts';

const MATTER = '党组（党委）会议记录、纪要、决定';
const COMMENT = '会议记录应当永久保管';

journey('J2 a retention schedule: from the draft of an agency to its force', (world) => {
  let clerk: Visitor;
  let officer: Visitor;
  let supervisor: Visitor;
  let address = '';

  beforeAll(async () => {
    const { house } = world;
    await foundWithAgency(house, [SUPERVISOR]);
    [clerk, officer, supervisor] = await Promise.all([
      signedIn(world, CLERK),
      signedIn(world, OFFICER),
      signedIn(world, SUPERVISOR),
    ]);
  });
  const setRetention = async (value: string) => {
    const { page } = clerk;
    await page.getByRole('button', { name: w('schedule.edit') }).click();
    await page.getByRole('button', { name: MATTER }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('schedule.retention')).fill(value);
    await drawer.getByRole('button', { name: w('schedule.lineDone') }).click();
    await page.getByRole('button', { name: w('act.save') }).click();
    await page.getByText(w('schedule.saved')).waitFor();
  };

  it('1. the clerk begins with the template of her kind of agency, and changes a line', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.schedules') }).click();
    await page.getByText(w('schedule.noneText')).waitFor();
    await page.getByRole('button', { name: w('schedule.new') }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(w('schedule.template.civil-affairs')).click();
    await drawer.getByRole('button', { name: w('schedule.new') }).click();
    await page.getByText(MATTER).waitFor();
    address = new URL(page.url()).pathname;
    await setRetention('30年');
    await look(clerk, 'j2-01-draft');
  });

  it('2. her officer compares it with the template and submits it; before that the archive sees nothing', async () => {
    await supervisor.page.getByRole('link', { name: w('rail.schedules') }).click();
    await supervisor.page.getByText(w('schedule.noneText')).waitFor();
    const { page } = officer;
    await page.goto(address);
    await page.getByText(w('schedule.compare.template'), { exact: true }).click();
    await page.getByText(w('schedule.differenceCount', { added: 0, removed: 0, changed: 1 })).waitFor();
    await page.getByText(w('schedule.shorter')).waitFor();
    await look(officer, 'j2-02-compared');
    await page.getByRole('button', { name: w('schedule.submit') }).click();
    await page.getByText(w('schedule.takeBackNext')).waitFor();
  });

  it('3. the supervisor comments on the line, and returns it', async () => {
    const { page } = supervisor;
    await page.goto(address);
    await page.getByRole('button', { name: MATTER }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('remark.text')).fill(COMMENT);
    await drawer.getByRole('button', { name: w('remark.send') }).click();
    await drawer.getByText(COMMENT).waitFor();
    await look(supervisor, 'j2-03-comment');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: w('schedule.return'), exact: true }).click();
    await page.getByText(w('schedule.returnedNext')).waitFor();
  });

  it('4. the clerk mends the line; the officer submits again', async () => {
    await clerk.page.goto(address);
    await clerk.page.getByText(w('remark.count', { n: 1 })).waitFor();
    await setRetention('永久');
    await officer.page.goto(address);
    await officer.page.getByRole('button', { name: w('schedule.submit') }).click();
    await officer.page.getByText(w('schedule.takeBackNext')).waitFor();
  });

  it('5. the supervisor settles the comment and approves; nobody can change it any more', async () => {
    const { page } = supervisor;
    await page.goto(address);
    await page.getByRole('button', { name: MATTER }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: w('remark.settle') }).click();
    await drawer.getByText(w('remark.settled', { by: SUPERVISOR.name })).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: w('schedule.approve'), exact: true }).click();
    await page.getByText(w('schedule.approvedNext')).waitFor();
    await look(supervisor, 'j2-05-in-force');
    await clerk.page.goto(address);
    await clerk.page.getByText(w('schedule.standing.inForce')).waitFor();
    expect(await clerk.page.getByRole('button', { name: w('schedule.edit') }).count()).toBe(0);
  });

  it('6. a record that is registered is told its line, and why', async () => {
    const { page } = clerk;
    await page.getByRole('link', { name: w('rail.filingRecords') }).click();
    await page.getByRole('button', { name: w('filingRecord.new') }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel(w('field.title')).fill('石桥县民政局党组会议纪要');
    await look(clerk, 'j2-06-register');
    await drawer.getByRole('button', { name: w('filingRecord.new') }).click();
    await page
      .getByText(
        w('filingRecord.reason.keywords', { words: ['党组会议', '会议纪要'].join(w('list.comma')) }),
        { exact: false },
      )
      .waitFor();
    await page
      .getByRole('button', { name: w('filingRecord.take') })
      .first()
      .click();
    await page.getByText(w('filingRecord.taken')).waitFor();
    await look(clerk, 'j2-06-record');
  });
});
