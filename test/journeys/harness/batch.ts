import { button, state } from './acts.ts';
import type { Visitor } from './browser.ts';
import { look } from './look.ts';
import { w } from './words.ts';

/** Begins a batch to hand over. @returns where it stands */
export async function beginBatch({ page }: Visitor, title: string): Promise<string> {
  await page.goto('/console/transfers');
  await button(page, 'transfer.new').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByLabel(w('transfer.name')).fill(title);
  await drawer.getByRole('button', { name: w('transfer.new') }).click();
  await page.waitForURL(/\/transfers\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

/** Gives the open batch a package and has it checked at the sender. */
export async function givePackage({ page }: Visitor, path: string, name: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(path);
  await page.getByText(name).first().waitFor();
  await button(page, 'transfer.act.precheck').click();
}

/** Signed by the officer, registered by the archive, checked there. */
export async function sendAndRegister(batch: string, officer: Visitor, receiving: Visitor): Promise<void> {
  await officer.page.goto(batch);
  await button(officer.page, 'transfer.act.send').click();
  await state(officer.page, 'transfer.state.received');
  await receiving.page.goto(batch);
  await button(receiving.page, 'transfer.act.register').click();
  await state(receiving.page, 'transfer.state.reviewing');
}

/** Answers what no machine can tell. @param picture what to call a look at the questions */
export async function answerAll(batch: string, by: Visitor, picture?: string): Promise<void> {
  const { page } = by;
  await page.goto(batch);
  await page
    .getByRole('link', { name: w('check.reportTitle') })
    .first()
    .click();
  const waiting = page.getByRole('region', { name: w('check.awaited') });
  await waiting.getByRole('checkbox', { name: w('check.tickAll') }).check();
  await waiting.getByLabel(w('check.answerReason')).fill('已核对');
  if (picture) await look(by, picture);
  await waiting.getByRole('button', { name: w('check.answerAllYes') }).click();
  await waiting.waitFor({ state: 'detached' });
}

/** The archive would return it whole; another person of the archive does, and says why. */
export async function returnBatch(
  batch: string,
  { receiving, head }: Record<'receiving' | 'head', Visitor>,
  why: { proposed: string; decided: string },
): Promise<void> {
  const { page } = receiving;
  await page.getByRole('radio', { name: w('transfer.accepts.none') }).check();
  await page.getByLabel(w('transfer.reason')).fill(why.proposed);
  await button(page, 'transfer.act.propose').click();
  await state(page, 'transfer.state.proposed');
  await head.page.goto(batch);
  await button(head.page, 'transfer.act.return').click();
  await head.page.getByLabel(w('transfer.reason')).fill(why.decided);
  await button(head.page, 'transfer.act.return').click();
  await state(head.page, 'transfer.state.returned');
}
