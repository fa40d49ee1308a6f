import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser, type Visitor, visitor } from './browser.ts';
import { type House, startHouse } from './house.ts';
import { PICTURES } from './look.ts';

/** Where a journey happens: a Lantai of its own, and the people who come to it. */
export interface World {
  readonly house: House;
  /** A new person at a machine of their own, in Chinese on a desk unless said otherwise. */
  visitor(options?: BrowserContextOptions): Promise<Visitor>;
}

/**
 * A scenario in numbered steps (`it`), each standing on the one before: after a step that failed the rest is skipped, so
 * that the report names the step and not its echoes. After each step nobody's page may have gone wrong; at the end no page
 * looked at may bar people with assistive technology.
 */
export function journey(
  title: string,
  steps: (world: World) => void,
  /** Settings of the house, asked for before it starts: what stands beside it starts there too. */
  settings: () => Promise<Readonly<Record<string, string>>> = async () => ({}),
): void {
  describe.skipIf(!CHROMIUM)(title, () => {
    let house: House | undefined;
    let browser: Browser | undefined;
    let broken = false;
    const people: Visitor[] = [];
    const world: World = {
      get house() {
        if (!house) throw new Error('The house stands once beforeAll has run.');
        return house;
      },
      async visitor(options) {
        if (!browser) throw new Error('The browser is open once beforeAll has run.');
        const who = await visitor(browser, world.house.url, options);
        people.push(who);
        return who;
      },
    };
    beforeAll(async () => {
      [house, browser] = await Promise.all([settings().then(startHouse), openBrowser()]);
    });
    afterAll(async () => {
      await browser?.close();
      await house?.stop();
    });
    beforeEach((context) => {
      if (broken) context.skip('an earlier step of this journey failed');
    });
    afterEach(async (context) => {
      const troubles = people.flatMap((who) => who.guard.troubles());
      broken ||= context.task.result?.state === 'fail' || troubles.length > 0;
      if (context.task.result?.state === 'fail' || troubles.length > 0) {
        for (const who of people) process.stderr.write(await scene(who));
        process.stderr.write(`The server said:\n${house?.said()}\n`);
      }
      if (broken && PICTURES) await Promise.all(people.flatMap((who) => who.pages()).map(pictureOfTrouble));
      expect(troubles).toEqual([]);
    });
    steps(world);
    it('and none of the pages looked at bars people who use a keyboard or a screen reader', () => {
      expect(people.flatMap((who) => who.guard.barriers())).toEqual([]);
    });
  });
}

const SHOWN = 1_500;

/** In words: where a person was when a step failed, what stood there and what the server had been asked. */
async function scene(who: Visitor): Promise<string> {
  const pages = await Promise.all(
    who.pages().map(async (page) => {
      const text = await page.locator('body').textContent({ timeout: 5_000 }).catch(String);
      return `${page.url()}\n${text?.slice(0, SHOWN)}\n`;
    }),
  );
  return `${pages.join('\n')}\n${who.guard.asked().join('\n')}\n`;
}

/** The page as it was when a step failed. */
async function pictureOfTrouble(page: Page, n: number): Promise<void> {
  await page.screenshot({ path: join(PICTURES ?? '', `trouble-${n}.png`) }).catch(() => undefined);
}
