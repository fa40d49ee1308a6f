import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page, Request } from 'playwright-core';

const REMEMBERED = 20;
/** Levels of WCAG 2.2 the pages are held to. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Notes what goes wrong on a person's pages: errors on the console, requests that fail, answers from 400 up. */
export interface Guard {
  /** An answer that belongs to the scenario, such as the 409 of a conflict; by method and part of the address. */
  expect(status: number, address: string): void;
  /** What went wrong since last asked. */
  troubles(): string[];
  /** What was asked of the server last, oldest first, and what came of it: for the report of a step that failed. */
  asked(): string[];
  /** Lets axe look at the page as it stands. */
  examine(page: Page): Promise<void>;
  /** What bars people with assistive technology from the pages examined: serious and critical findings. */
  barriers(): string[];
}

export function guardOf(context: BrowserContext): Guard {
  const noted: string[] = [];
  const barriers = new Set<string>();
  // Asking who is signed in is how the console finds out that nobody is.
  const expected = [{ status: 401, address: '/api/v1/session' }];
  context.on('console', (message) => {
    // The browser's own line about an answer it did not like; the answer itself is judged below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      noted.push(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => noted.push(`error: ${error.error().stack ?? error.error().message}`));
  context.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // What a page no longer waits for once it is left.
    if (why !== 'net::ERR_ABORTED') noted.push(`${request.method()} ${request.url()}: ${why}`);
  });
  context.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    const { pathname } = new URL(response.url());
    if (expected.some((one) => one.status === status && pathname.includes(one.address))) return;
    noted.push(`${response.request().method()} ${response.url()}: ${status}`);
  });
  const asked = new Map<Request, { at: number; answer: string }>();
  context.on('request', (request) => {
    asked.set(request, { at: Date.now(), answer: 'waiting' });
    for (const old of asked.keys()) if (asked.size > REMEMBERED) asked.delete(old);
  });
  const answered = (request: Request, answer: string) => {
    const one = asked.get(request);
    if (one) one.answer = `${answer} after ${Date.now() - one.at} ms`;
  };
  context.on('requestfinished', async (request) =>
    answered(request, String((await request.response().catch(() => null))?.status())),
  );
  context.on('requestfailed', (request) => answered(request, request.failure()?.errorText ?? 'failed'));
  return {
    asked: () =>
      [...asked].map(
        ([request, { at, answer }]) =>
          `${new Date(at).toISOString()} ${request.method()} ${request.url()}: ${answer}`,
      ),
    expect: (status, address) => expected.push({ status, address }),
    troubles: () => noted.splice(0),
    barriers: () => [...barriers],
    examine: async (page) => {
      await atRest(page);
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      for (const { id, impact, nodes } of violations) {
        if (impact !== 'serious' && impact !== 'critical') continue;
        for (const { html, any, all } of nodes) {
          const why = any[0]?.message ?? all[0]?.message ?? '';
          barriers.add(`${new URL(page.url()).pathname}: ${id}: ${html.slice(0, 200)} ${why}`);
        }
      }
    },
  };
}

/** In the page: waits until what moves or changes colour, short of what turns for ever, has come to its end. */
const AT_REST = `Promise.allSettled(document.getAnimations()
  .filter((a) => Number(a.effect?.getComputedTiming().endTime) < 5000).map((a) => a.finished)).then(() => undefined)`;

/** Half-way between two colours nothing has the contrast of either. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(AT_REST);
}
