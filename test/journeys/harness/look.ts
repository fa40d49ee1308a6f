import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';

/** A folder for pictures of every page the journeys look at; none are kept where it is not named. */
export const PICTURES = process.env.LANTAI_JOURNEY_PICTURES;

/**
 * Looks at a page as it stands and notes on the guard what on it bars people with assistive technology. The journey's last
 * step asks for it: one wrong colour does not keep the rest of the journey from being tried.
 */
export async function look(who: Visitor, name: string, page: Page = who.page): Promise<void> {
  // Grey lines stand where something is still on its way.
  await page.locator('.ghost').first().waitFor({ state: 'detached' });
  if (PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    await page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }
  await who.guard.examine(page);
}
